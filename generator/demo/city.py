"""Writes a made-up city: plans its months, and hands each to a process that puts it into files."""

from __future__ import annotations

import multiprocessing
import os
import re
from collections.abc import Callable, Mapping
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from generator.demo.bulletins import write_bulletins
from generator.demo.draws import Draws
from generator.demo.files import write_csv, write_workbook
from generator.demo.further import plan_further
from generator.demo.matters import lay_out_matters
from generator.demo.plan import MonthPlan, plan_city, plan_reference
from generator.demo.population import settle
from generator.demo.root import RECORDS, prepare_root
from generator.demo.skeleton import City, Issued, draw_skeleton, issue, running_numbers
from generator.demo.slots import Columns, put_into_words
from generator.demo.texts import fill
from generator.demo.wording import FileForm, FurtherKind, Reference, Wording, load_wording
from generator.model.declaration import ConfigError
from generator.model.kind import Kind
from generator.model.portal import Portal, load_portal


@dataclass(frozen=True)
class Order:
    """What a process needs to write any month."""

    root: Path
    city: City
    kinds: dict[str, Kind]
    forms: Mapping[FileForm, frozenset[str]]
    """Form of file → ids of the units that hand it in."""


def write_demo(
    root: Path,
    *,
    source: Path,
    records: int | None = None,
    seed: int | None = None,
    last_month: str | None = None,
    months: int | None = None,
    jobs: int | None = None,
    progress: Callable[[int, int], None] = lambda done, months: None,
) -> int:
    """Write a complete made-up city under `root` and say how many records it has.

    Without `records` it is the reference month of reference.yml; with it, a city of that many records over
    so many `months` that end with `last_month` (2026-10). Declarations and pages are copied from the portal under
    `source`; where `root` is that portal itself, only its records are replaced. Equal arguments give equal
    bytes, whatever the number of processes (`jobs`; by default one for each processor). `progress` is told
    after each month how many of how many are done.

    Raises ConfigError where `root` holds anything but a demonstration and for more records than the words
    make names for, and LookupError for months without a working calendar.
    """
    portal = load_portal(source)
    wording = load_wording(portal.site.region)
    _check_declarations(wording, portal)
    reference = wording.reference
    draws = Draws(reference.seed if seed is None else seed)
    matters = lay_out_matters(portal.site, wording)
    if records is None:
        plans = plan_reference(reference, portal.site)
    else:
        said = {"last_month": last_month, "months": months}
        any_city = reference.city.model_copy(update={name: value for name, value in said.items() if value})
        plans = plan_city(records, any_city, reference, portal.site, matters, draws)
    of_unit = np.sum([plan.counts for plan in plans], axis=0)
    population = settle(matters.pools, matters.expected(of_unit), wording)
    city = City(portal.site, wording, matters, population, draws, portal.working_days)
    prepare_root(root, portal, plans[-1].month)
    if records is None:
        write_bulletins(root, reference, draws)
        _write_nothing(root, reference, portal)
    # Only the reference month has every form of file; a city of any size is for measuring, and all alike.
    forms = reference.files if records is None else {}
    _write_months(Order(root, city, portal.forms, forms), plans, jobs or os.cpu_count() or 1, progress)
    further = plan_further(city) if records is None else []
    for of_kind, of_months in further:
        # A few records each: not worth a process.
        _write_months(Order(root, of_kind, portal.forms, forms), of_months, 1, lambda done, months: None)
    return sum(int(plan.counts.sum()) for plan in [*plans, *chain.from_iterable(months for _, months in further)])


def _check_declarations(wording: Wording, portal: Portal) -> None:
    """The demo names places, units, kinds and columns of one portal; `portal` has to be that one, or be like it."""
    settings = portal.root / "data" / "site.yml"
    if strange := sorted({unit.region for unit in portal.site.units} - wording.places.keys()):
        raise ConfigError(settings, None, f"演示数据没有这些地区的地名：{'、'.join(strange)}")
    named = {*wording.reference.counts, *(unit for units in wording.reference.nothing.values() for unit in units)}
    if missing := sorted(named - portal.site.unit_index().keys()):
        raise ConfigError(settings, None, f"演示数据需要的单位未列出：{'、'.join(missing)}")
    for kind, declared in {**wording.kinds, **wording.further}.items():
        path = portal.root / "data" / "kinds" / kind / "kind.yml"
        if kind not in portal.kinds:
            raise ConfigError(path, None, "演示数据需要这一记录类别的声明")
        if unknown := sorted(declared.columns.keys() - portal.kinds[kind].fields.keys()):
            raise ConfigError(path, None, f"演示数据需要的字段未声明：{'、'.join(unknown)}")


def _write_nothing(root: Path, reference: Reference, portal: Portal) -> None:
    """The files of units that say that they have nothing to report."""
    for kind, units in reference.nothing.items():
        folder = root / RECORDS / kind / reference.month
        folder.mkdir(parents=True, exist_ok=True)
        for unit in units:
            (folder / f"{unit}.csv").write_text(f"{portal.reporting.nothing[0]}\n", encoding="utf-8", newline="\n")


def _write_months(order: Order, plans: list[MonthPlan], jobs: int, progress: Callable[[int, int], None]) -> None:
    """Months depend on each other only by the running numbers of documents, which are counted first."""
    issued: Issued = {}
    tasks: list[tuple[MonthPlan, Issued]] = []
    for plan in plans:
        tasks.append((plan, issued))
        if len(plans) > 1:
            issued = issue(draw_skeleton(order.city, plan), issued)
    if jobs == 1 or len(tasks) == 1:
        for done, (plan, before) in enumerate(tasks, start=1):
            _write_month(order, plan, before)
            progress(done, len(tasks))
        return
    # A forked process would inherit Arrow's threads in an unknown state.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(min(jobs, len(tasks)), context, _take_order, (order,)) as pool:
        started = [pool.submit(_write_taken_month, plan, before) for plan, before in tasks]
        for done, finished in enumerate(as_completed(started), start=1):
            finished.result()
            progress(done, len(tasks))


_taken: list[Order] = []
"""The order of a worker process: handed over once, as it is large."""


def _take_order(order: Order) -> None:
    _taken[:] = [order]


def _write_taken_month(plan: MonthPlan, issued: Issued) -> None:
    _write_month(_taken[0], plan, issued)


def _write_month(order: Order, plan: MonthPlan, issued: Issued) -> None:
    matters = order.city.matters
    skeleton = draw_skeleton(order.city, plan)
    slots = put_into_words(order.city, skeleton, running_numbers(skeleton, issued))
    kinds = np.array([kind for kind, _ in matters.topics])[matters.topic[skeleton.matter]]
    for name, wording in order.city.wording.kinds.items():
        rows = np.flatnonzero(kinds == name)
        if not len(rows):
            continue
        rows = rows[np.lexsort((rows, skeleton.reports.reported[rows], skeleton.reports.unit[rows]))]
        kind = order.kinds[name]
        table = _columns(kind, wording.columns, slots, rows)
        _write_units(order, kind, plan.month, table, skeleton.reports.unit[rows])
        for supplement, added in (wording.supplements if isinstance(wording, FurtherKind) else {}).items():
            form = order.kinds[supplement]
            some = rows[pc.not_equal(slots[added.where].take(pa.array(rows)), "").to_numpy(zero_copy_only=False)]
            table = _columns(form, added.columns, slots, some)
            _write_units(order, form, plan.month, table, skeleton.reports.unit[some])


def _columns(kind: Kind, templates: dict[str, str], slots: Columns, rows: np.ndarray) -> pa.Table:
    """The columns of a kind for some of the month's records; one without a template stays blank."""
    needed = {slot for template in templates.values() for slot in re.findall(r"\w+", template)}
    taken = pa.array(rows)
    own = {name: slots[name].take(taken) for name in needed}
    return pa.table({code: fill(templates.get(code, ""), own, len(rows)) for code in kind.fields})


def _write_units(order: Order, kind: Kind, month: str, table: pa.Table, unit: np.ndarray) -> None:
    """One file for each unit; the rows are in the order of the units."""
    folder = order.root / RECORDS / kind.id / month
    folder.mkdir(parents=True, exist_ok=True)
    bounds = np.searchsorted(unit, np.arange(len(order.city.site.units) + 1))
    for reporter, first, last in zip(order.city.site.units, bounds[:-1], bounds[1:], strict=True):
        if first == last:
            continue
        coded = reporter.id in order.city.wording.reference.habits.codes
        headings = [code if coded else field.title for code, field in kind.fields.items()]
        own = table.slice(first, last - first)
        forms = {form for form, units in order.forms.items() if reporter.id in units}
        if "xlsx" in forms:
            write_workbook(folder / f"{reporter.id}.xlsx", kind.title, headings, own)
        else:
            encoding = next((form for form in ("utf-8-sig", "gb18030") if form in forms), "utf-8")
            write_csv(folder / f"{reporter.id}.csv", headings, own, encoding, quoted="quoted" in forms)
