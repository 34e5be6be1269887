"""The proof: ids on the site are those of the public view, and nothing hidden or private is in any of its bytes."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Executor
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from generator.model.portal import Portal
from generator.model.privacy import PrivacyRules
from generator.model.record_id import as_text
from generator.model.values import VALUE_TYPES
from generator.progress import Progress
from generator.publish.publish import Published
from generator.publish.view import PublicView
from generator.store.manifest import MANIFEST
from generator.verify.carriers import carriers, manifest_counts
from generator.verify.forbidden import Forbidden, forbidden_values, own_texts
from generator.verify.open_data import faults_of_open_data
from generator.verify.search import Found, search
from generator.verify.searcher import Searcher
from generator.workers import workers


@dataclass(frozen=True)
class Fault:
    """Something wrong on the site; it never repeats the value that leaked."""

    text: str
    kinds: frozenset[str] = frozenset()
    """Kinds to leave out for a site without the fault; none: leaving out does not help."""


@dataclass(frozen=True)
class Verdict:
    """What was looked at and what is wrong."""

    files: int
    records: int
    forbidden: int
    faults: list[Fault]

    def text(self) -> str:
        """The verdict in words."""
        looked = f"查验 {self.files:,} 个文件：{self.records:,} 条公示信息，{self.forbidden:,} 个不得公开的值"
        if not self.faults:
            return f"验证通过。{looked}。"
        return "\n".join([f"验证未通过，请勿发布。{looked}。", *(f"  {fault.text}" for fault in self.faults)])

    def offending(self) -> frozenset[str]:
        """Kinds that the faults belong to."""
        return frozenset().union(*(fault.kinds for fault in self.faults))


def verify_site(
    site: Path,
    portal: Portal,
    published: Published,
    today: date,
    executor: Executor,
    progress: Progress,
    jobs: int = 1,
) -> Verdict:
    """Verify a built site against what the same data publish on the same day.

    `jobs`: how many processes search it; each holds all that may not be said.
    """
    view = published.view
    promised = manifest_counts(site)
    if promised is None:
        return Verdict(0, 0, 0, [Fault(f"{site.name} 不是生成的网站：没有可读的 {MANIFEST}")])
    expected = {kind: as_text(view.ids(kind)).tolist() for kind in portal.kinds}
    faults = [
        Fault(f"目录文件所记 {kind} 为 {count:,} 条，应为 {len(expected.get(kind, [])):,} 条", frozenset([kind]))
        for kind, count in promised.items()
        if count != len(expected.get(kind, []))
    ]
    offered = {kind: as_text(view.ids(kind, downloadable=True)).tolist() for kind in portal.kinds}
    faults += _compare_carriers(site, portal, view, expected, offered, today, executor, progress)
    for text in faults_of_open_data(site, view, list(portal.kinds)):
        faults.append(Fault(text, _kinds_of(text.split(" ")[0], portal)))
    forbidden = forbidden_values(portal, view, published.hidden)
    files = sorted(path for path in site.rglob("*") if path.is_file())
    faults += _search_files(site, files, portal, forbidden, view, progress, jobs)
    return Verdict(len(files), sum(map(len, expected.values())), len(forbidden.kinds), faults)


_sought: dict[str, Any] = {}
"""What a searching process looks for: handed over once, not with every file."""


def _seek(kinds: dict[str, str], privacy: PrivacyRules, known: frozenset[str]) -> None:
    """Begin a searching process. Making a searcher for a million values takes long, so they all do it side by side."""
    _sought.update(searcher=Searcher(kinds), privacy=privacy, known=known)


_BYTES_A_TASK = 8_000_000


def _portions(files: list[Path]) -> Iterator[list[Path]]:
    """Files in their order, so many at once that their texts stay small beside the searcher."""
    portion: list[Path] = []
    size = 0
    for path in files:
        portion.append(path)
        size += path.stat().st_size
        if size >= _BYTES_A_TASK:
            yield portion
            portion, size = [], 0
    if portion:
        yield portion


def _search_some(site: Path, paths: list[Path]) -> list[Found | None]:
    return search(((path.relative_to(site).as_posix(), path.read_bytes()) for path in paths), **_sought)


def _search_files(
    site: Path,
    files: list[Path],
    portal: Portal,
    forbidden: Forbidden,
    view: PublicView,
    progress: Progress,
    jobs: int,
) -> list[Fault]:
    faults = []
    with workers(jobs, _seek, (forbidden.kinds, portal.privacy, _lookalikes(portal, view))) as executor:
        tasks = [executor.submit(_search_some, site, portion) for portion in _portions(files)]
        results = (result for task in tasks for result in task.result())
        for path, result in zip(files, progress.track("查找不得公开的内容", results, len(files)), strict=True):
            name = path.relative_to(site).as_posix()
            if result is None:
                faults.append(Fault(f"{name} 无法解开，不能确认其内容", _kinds_of(name, portal)))
                continue
            kinds, personal = result
            if kinds:
                # Leaving out the kind that says it helps; where a page is nobody's, that of the value.
                faults.append(Fault(f"{name} 含有不得公开的值", _kinds_of(name, portal) or frozenset(kinds)))
            if personal:
                faults.append(Fault(f"{name} 疑有个人信息（{'、'.join(sorted(personal))}）", _kinds_of(name, portal)))
    _sought.clear()
    return faults


def _kinds_of(name: str, portal: Portal) -> frozenset[str]:
    """Kinds whose records a file carries, by its address: those of all for the record pages."""
    parts = name.split("/")
    named = frozenset(kind for kind in portal.kinds if kind in parts[1:2])
    return named or frozenset(portal.kinds if name.startswith(("store/records/", "store/subjects/")) else ())


def _lookalikes(portal: Portal, view: PublicView) -> frozenset[str]:
    """Right public codes that have the form of an identity number; what the site's own pages say is public."""
    known = {portal.site.contact.phone or "", *(unit.code or "" for unit in portal.site.units)}
    public = {detector.name for detector in portal.privacy.detectors if detector.offices_publish}
    for text in own_texts(portal):
        known.update(found for name, found in portal.privacy.find(text) if name in public)
    for kind in portal.kinds.values():
        for code, field in kind.public_fields.items():
            if VALUE_TYPES[field.type].is_code:
                for values in view.distinct(kind, [code]):
                    digits = pd.Series([value for value in values if value[:17].isdigit()], dtype="str")
                    known.update(digits[VALUE_TYPES[field.type].is_right(digits)])
    return frozenset(known)


def _compare_carriers(
    site: Path,
    portal: Portal,
    view: PublicView,
    all_shown: dict[str, list[str]],
    offered: dict[str, list[str]],
    today: date,
    executor: Executor,
    progress: Progress,
) -> list[Fault]:
    faults: list[Fault] = []
    gone: list[str] = []
    for carrier in carriers(site, tuple(portal.kinds)):
        expected = offered if carrier.downloads else all_shown
        found: dict[str, list[str]] = {kind: [] for kind in carrier.kinds}
        read = executor.map(carrier.carried_by, carrier.files, chunksize=max(1, len(carrier.files) // 64))
        tracked = progress.track(f"核对{carrier.name}", read, len(carrier.files))
        for path, carried in zip(carrier.files, tracked, strict=True):
            name = path.relative_to(site).as_posix()
            if carried is None:
                faults.append(Fault(f"{name} 无法读取", frozenset(carrier.kinds)))
                continue
            # Asked of the site itself: ids alone would agree with a view that went wrong in the same way.
            if carried.first_last_day and carried.first_last_day < today.isoformat():
                faults.append(Fault(f"{name} 有最后公示日已过的信息", frozenset(carrier.kinds)))
            gone += carried.gone
            for kind, listed in carried.ids.items():
                found.setdefault(kind, []).extend(listed)
        for kind, listed in found.items():
            found_ids, expected_ids = np.array(listed, "U13"), np.array(expected.get(kind, []), "U13")
            faults += [
                Fault(text, frozenset([kind])) for text in _differences(carrier.name, kind, found_ids, expected_ids)
            ]
    return faults + _gone_faults(gone, view, all_shown)


def _gone_faults(named: list[str], view: PublicView, expected: dict[str, list[str]]) -> list[Fault]:
    """What is wrong with the ids that the site calls no longer shown: of others it may not even say that they were."""
    found, right = np.array(named, "U13"), as_text(view.gone).to_numpy(dtype="U13")
    faults = []
    if len(extra := np.setdiff1d(found, right)):
        faults.append(f"停止公示的编号多出 {len(extra):,} 个，如 {extra[0]}")
    if len(lacking := np.setdiff1d(right, found)):
        faults.append(f"停止公示的编号缺少 {len(lacking):,} 个，如 {lacking[0]}")
    shown = np.array([id_ for ids in expected.values() for id_ in ids], "U13")
    if len(both := np.intersect1d(found, shown)):
        faults.append(f"停止公示的编号中有 {len(both):,} 个正在公示，如 {both[0]}")
    return [Fault(text) for text in faults]


def _differences(name: str, kind: str, found: np.ndarray, expected: np.ndarray) -> list[str]:
    faults = []
    if len(extra := np.setdiff1d(found, expected)):
        faults.append(f"{name}（{kind}）多出 {len(extra):,} 条不应公示的信息，如 {extra[0]}")
    if len(lacking := np.setdiff1d(expected, found)):
        faults.append(f"{name}（{kind}）缺少 {len(lacking):,} 条应公示的信息，如 {lacking[0]}")
    if not faults and len(found) != len(expected):
        faults.append(f"{name}（{kind}）有 {len(found) - len(expected):,} 条信息重复出现")
    return faults
