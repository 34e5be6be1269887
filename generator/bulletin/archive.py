"""All bulletins of a portal: computed for every month that is over, and in place of these the frozen ones."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from generator.bulletin.changes import changes_since
from generator.bulletin.counted import CountedFigures
from generator.bulletin.declaration import FOLDER, TEXT, BulletinKind, BulletinRules, RankingRules
from generator.bulletin.delivered import days_of, delivered_figures
from generator.bulletin.discrepancies import Discrepancy
from generator.bulletin.figures import Figures
from generator.bulletin.frozen import Change, Frozen, digest_of, figures_of
from generator.bulletin.frozen_files import load_frozen
from generator.bulletin.letterhead import Letterhead, letterhead_of
from generator.bulletin.prose import ProseError, words_of, written
from generator.bulletin.rankings import Ranked, ranked
from generator.bulletin.reconcile import reconcile
from generator.bulletin.renaming import with_present_ids
from generator.bulletin.tracing import Named, misnamed, mistitled, untraced
from generator.model.declaration import ConfigError
from generator.model.portal import Portal
from generator.model.statistics import end_of
from generator.publish.tallies import Tallies
from generator.statistics.tables import Tables


@dataclass(frozen=True)
class Bulletin:
    """A bulletin: as it was issued, or as it would be issued today."""

    kind: BulletinKind
    period: str
    title: str
    letterhead: Letterhead
    figures: Mapping[str, Figures]
    present: Mapping[str, Figures]
    """The same as records and statistics give them today."""
    text: str
    """With marks, see `prose`."""
    quoted: tuple[str, ...]
    draft: str
    """The sentences that the present template makes of the figures."""
    frozen: Frozen | None
    """As it was issued, with the present ids of its units."""
    discrepancies: tuple[Discrepancy, ...]
    changes: tuple[Change, ...]
    """What is different by now and was not accounted for; nothing before it is frozen."""

    @property
    def month(self) -> str:
        """2023-12."""
        return self.period[:7]

    @property
    def address(self) -> str:
        """Below the site's root."""
        return f"bulletins/{self.kind.address.format(month=self.month)}"

    @property
    def issued(self) -> date:
        """Day of issue; of one that is not frozen the last day that it counts."""
        return self.frozen.issued if self.frozen else end_of(self.period)

    @property
    def imported(self) -> bool:
        """Whether it was issued elsewhere."""
        return self.frozen is not None and self.frozen.imported


def compile_bulletins(
    portal: Portal, rules: BulletinRules, tables: Tables, tallies: Tallies, today: date, asked: str | None = None
) -> list[Bulletin]:
    """Every bulletin, newest first; of one day in the order of the declarations. `asked`: a month to compute anyway.

    Raises ConfigError for sentences or frozen files that cannot be read.
    """
    frozen = load_frozen(portal, rules.kinds)
    found = []
    for kind in rules.kinds.values():
        counted = {name: CountedFigures(of, tallies, portal.site) for name, of in kind.figures.items() if of.kinds}
        periods = {period for name, period in frozen if name == kind.id}
        if kind.period == "month":
            months = {month for of in counted.values() for month in of.months() if month < f"{today:%Y-%m}"}
            periods |= months | ({asked} if asked else set())
        else:
            periods |= {day for of in kind.figures.values() for day in days_of(of, tables) if day <= today.isoformat()}
        of_kind: list[Bulletin] = []
        for period in sorted(periods):
            figures = {
                name: counted[name].of(period) if of.kinds else delivered_figures(of, tables, period, portal.site)
                for name, of in kind.figures.items()
            }
            of_kind.insert(0, bulletin_of(portal, rules, kind, period, figures, frozen.get((kind.id, period)), of_kind))
        found += of_kind
    order = list(rules.kinds)
    return sorted(found, key=lambda entry: (end_of(entry.period), -order.index(entry.kind.id)), reverse=True)


def bulletin_of(
    portal: Portal,
    rules: BulletinRules,
    kind: BulletinKind,
    period: str,
    now: dict[str, Figures],
    frozen: Frozen | None,
    former: list[Bulletin],
) -> Bulletin:
    """One bulletin by the figures of the present, or as it was frozen. `former`: those before it, newest first.

    Raises ConfigError for sentences that cannot be filled in.
    """
    digest = digest_of(frozen.figures) if frozen else ""
    if frozen:
        frozen = with_present_ids(frozen, portal.site.former_ids())
    figures = figures_of(frozen, kind) if frozen else now
    rankings = {**kind.rankings, **(frozen.rankings if frozen else {})}
    named = {
        name: ranked(rule, figures[rule.figures], [entry.figures[rule.figures] for entry in former])
        for name, rule in rankings.items()
    }
    try:
        draft = written(rules.texts[kind.id], period, figures, named)
    except ProseError as error:
        raise ConfigError(portal.root / FOLDER / kind.id / TEXT, None, f"{period} 的正文不能生成：{error}") from error
    text, quoted = (frozen.text, frozen.quoted) if frozen else (draft, kind.quoted)
    title = frozen.title if frozen else kind.title.format(**words_of(period))
    letterhead = (frozen and frozen.letterhead) or letterhead_of(kind.letterhead, portal.site.organizer)
    found = Bulletin(kind, period, title, letterhead, figures, now, text, quoted, draft, frozen, (), ())
    told = [
        *reconcile(kind, figures),
        *untraced(kind, period, figures, text, quoted),
        *misnamed(text, _provable(named, rankings, former, frozen), imported=found.imported),
        *mistitled(title, period),
    ]
    if frozen and frozen.issued <= end_of(period):
        told.append(Discrepancy("发布日期", frozen.issued.isoformat(), "", f"不在本期结束（{end_of(period)}）之后"))
    if frozen and not frozen.imported and frozen.digest != digest:
        told.append(Discrepancy("记录摘要", frozen.digest, digest, "各行的记录摘要合起来"))
    return replace(
        found, discrepancies=tuple(told), changes=tuple(changes_since(frozen, figures, now) if frozen else ())
    )


def _provable(
    named: Mapping[str, list[Ranked]],
    rankings: Mapping[str, RankingRules],
    former: list[Bulletin],
    frozen: Frozen | None,
) -> Named:
    """Whom rankings name, without those against former bulletins that were not issued by then: their figures may have
    been others when this one was."""
    return {
        name: None
        if frozen
        and (against := rankings[name].against)
        and not all(entry.frozen and entry.issued <= frozen.issued for entry in former[: against.periods])
        else entries
        for name, entries in named.items()
    }
