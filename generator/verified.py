"""A build that goes up only if it is proved clean; what taints it is left out, so that expired rows still leave."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from generator.assemble.printing import Engine
from generator.assemble.staging import check_place, take_place
from generator.model.portal import Portal, load_portal
from generator.pipeline import Built, admitted_records, build
from generator.profile import Profile
from generator.progress import Progress
from generator.verify.verify import Verdict, verify_site
from generator.workers import workers


@dataclass(frozen=True)
class Outcome:
    """What became of a verified build."""

    built: Built | None
    """The build that took the site's place; None if none was clean and the old site stays."""
    verdicts: list[Verdict]
    """Of each attempt, in order."""
    left_out: frozenset[str]
    """Kinds that are not on the site because of faults."""


def build_verified(
    root: Path,
    out: Path,
    *,
    today: date,
    now: datetime,
    jobs: int,
    engine: Engine,
    progress: Progress,
    fresh: bool = False,
    profile: Profile | None = None,
) -> Outcome:
    """Build aside, verify, and take the site's place if it is clean; else once more without the offending kinds."""
    check_place(out, root)
    candidate = out.with_name(f".{out.name}.candidate")
    left_out: frozenset[str] = frozenset()
    verdicts: list[Verdict] = []
    try:
        while True:
            built = build(
                root,
                candidate,
                today=today,
                now=now,
                jobs=jobs,
                engine=engine,
                without=left_out,
                # Whatever tainted the first attempt may have been kept.
                fresh=fresh or bool(verdicts),
                profile=profile,
                progress=progress,
            )
            verdict = verify(candidate, load_portal(root), today, jobs, progress, left_out)
            verdicts.append(verdict)
            if not verdict.faults:
                take_place(candidate, out)
                return Outcome(replace(built, out=out), verdicts, left_out)
            offending = verdict.offending() - left_out
            if not offending:
                return Outcome(None, verdicts, left_out)
            left_out |= offending
    finally:
        shutil.rmtree(candidate, ignore_errors=True)


def verify(
    site: Path,
    portal: Portal,
    today: date,
    jobs: int,
    progress: Progress,
    left_out: frozenset[str] = frozenset(),
) -> Verdict:
    """Verify a site against what the portal's data publish on a day."""
    with tempfile.TemporaryDirectory() as folder, workers(jobs) as executor:
        published = admitted_records(portal, today, Path(folder), executor, progress)
        published = replace(published, view=published.view.without(left_out))
        return verify_site(site, portal, published, today, executor, progress, jobs)
