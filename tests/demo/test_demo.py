"""The made-up city: its counts are the circular's, its codes are right, and nobody real is in it."""

import csv
import re
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import chinese_calendar
import pandas as pd
import pytest
import yaml
from portals import ROOT, make_portal
from stdnum.cn import ric, uscc
from stdnum.iso7064 import mod_11_10

from generator.bulletin.frozen import FROZEN
from generator.demo import write_demo
from generator.demo.files import write_workbook
from generator.intake.read import read_source
from generator.intake.sources import find_sources
from generator.intake.table import Batch
from generator.model.declaration import ConfigError
from generator.model.portal import Portal, load_portal
from generator.review import review

# Annexes 1 and 2 of the circular on December 2023, typed in from the document: name, records, late ones.
DEPARTMENTS = """
市市场监管局 866 7
市公安局 69 0
市交通局 47 0
市应急管理局 46 0
市卫健委 24 0
市住建局 18 2
市房管中心 8 0
市城管局 6 0
市生态环境局 5 0
市文广旅局 5 0
市商务局 4 0
市农业农村局 4 0
市水利局 3 0
市民政局 2 0
市自然资源和规划局 1 1
市国动办 1 0
市发改委 0 0
市金融局 0 0
市教体局 0 0
市财政局 0 0
市人社局 0 0
市司法局 0 0
市审计局 0 0
市统计局 0 0
市粮食局 0 0
市林业局 0 0
市气象局 0 0
"""
COUNTIES = """
鲁山县 2810 0
宝丰县 1990 0
郏县 1219 0
叶县 1101 0
新华区 932 0
卫东区 623 0
湛河区 584 0
汝州市 458 0
舞钢市 456 0
石龙区 96 0
城乡一体化示范区 62 0
高新技术产业开发区 15 0
"""
PLACEHOLDER = "0" * 17 + "X"

# What the columns of both kinds are called here, so that a test can read them side by side.
COLUMNS = {
    "licence": {
        "name": "XK_XDR_MC",
        "class": "XK_XDR_LB",
        "code": "XK_XDR_SHXYM",
        "registration": "XK_XDR_GSZC",
        "person": "XK_FRDB",
        "card": "XK_XDR_ZJHM",
        "other_card": "XK_FR_ZJHM",
        "number": "XK_WSH",
        "authority": "XK_XKJGDM",
        "text": "XK_NR",
        "decided": "XK_JDRQ",
        "reported": "BSRQ",
    },
    "penalty": {
        "name": "CF_XDR_MC",
        "class": "CF_XDR_LB",
        "code": "CF_XDR_SHXYM",
        "registration": "CF_XDR_GSZC",
        "person": "CF_FRDB",
        "card": "CF_XDR_ZJHM",
        "other_card": "CF_FR_ZJHM",
        "number": "CF_WSH",
        "authority": "CF_CFJGDM",
        "text": "CF_SY",
        "decided": "CF_JDRQ",
        "reported": "BSRQ",
    },
}


def annex(text: str) -> dict[str, tuple[int, int]]:
    rows = [line.split() for line in text.strip().splitlines()]
    return {name: (int(count), int(late)) for name, count, late in rows}


def records_of(portal: Portal) -> pd.DataFrame:
    """Every record of a city, as written, under common names, with its kind, month and unit."""
    frames = []
    names = {unit.id: unit.name for unit in portal.site.units}
    for source in find_sources(portal)[0]:
        if source.kind not in COLUMNS:
            continue
        tables, _ = read_source(source, portal)
        batch = Batch(portal.kinds[source.kind], source.month, tables)
        columns = {name: batch.column(code) for name, code in COLUMNS[source.kind].items()}
        frames.append(pd.DataFrame(columns).assign(kind=source.kind, month=source.month, unit=names[source.unit]))
    records = pd.concat(frames, ignore_index=True)
    for name in ("decided", "reported"):
        records[name] = [date.fromisoformat(day.replace("/", "-")) for day in records[name]]
    return records


def working_days(first: date, last: date) -> int:
    """Working days after the first day, up to and including the last."""
    days = (first + timedelta(days=n) for n in range(1, (last - first).days + 1))
    return sum(chinese_calendar.is_workday(day) for day in days)


def contents(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def reference(tmp_path_factory: pytest.TempPathFactory) -> Portal:
    root = tmp_path_factory.mktemp("reference")
    write_demo(root, source=ROOT)
    return load_portal(root)


@pytest.fixture(scope="module")
def month(reference: Portal) -> pd.DataFrame:
    return records_of(reference)


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Portal:
    root = tmp_path_factory.mktemp("city")
    assert write_demo(root, source=ROOT, records=20_000, jobs=1) == 20_000
    return load_portal(root)


@pytest.fixture(scope="module")
def years(city: Portal) -> pd.DataFrame:
    return records_of(city)


def test_each_unit_has_the_records_and_late_records_of_the_circular(month: pd.DataFrame) -> None:
    expected = annex(DEPARTMENTS) | annex(COUNTIES)
    late = [working_days(*days) > 7 for days in zip(month.decided, month.reported, strict=True)]
    counts, late_counts = Counter(month.unit), Counter(month.unit[late])
    assert {unit: (counts[unit], late_counts[unit]) for unit in expected} == expected
    assert len(month) == 11455
    assert sum(late) == 10


def test_the_committed_demo_is_what_the_writer_writes(reference: Portal) -> None:
    assert contents(reference.root / "data" / "records") == contents(ROOT / "data" / "records")


def test_the_committed_bulletins_of_former_months_are_what_the_writer_writes(reference: Portal) -> None:
    folder = reference.root / FROZEN
    files = sorted(path.name for path in folder.iterdir())
    assert (len(files), files[0], files[-1]) == (23, "2022-01.yml", "2023-11.yml")
    for name in files:
        written, committed = (yaml.safe_load((at / name).read_text("utf-8")) for at in (folder, ROOT / FROZEN))
        assert written["bulletins"] == {"double": committed["bulletins"]["double"]}
        assert written["bulletins"]["double"]["fictional"] is True


def test_the_reference_month_has_no_fault_at_all(reference: Portal) -> None:
    assert review(reference, [], date(2024, 1, 5), None, jobs=1).issues == []


def test_a_city_of_any_size_has_no_fault_at_all(tmp_path: Path) -> None:
    assert write_demo(tmp_path, source=ROOT, records=4_000, months=5, jobs=1) == 4_000
    city = load_portal(tmp_path)
    assert city.site.today == date(2026, 11, 5)
    assert len(list((tmp_path / "data/records/licence").iterdir())) == 5
    assert review(city, [], date(2026, 11, 5), None, jobs=1).issues == []


def test_the_reference_month_has_every_form_of_file(reference: Portal) -> None:
    files = contents(reference.root / "data" / "records")
    starts = Counter(
        "workbook"
        if name.endswith(".xlsx")
        else "mark"
        if content.startswith(b"\xef\xbb\xbf")
        else "codes"
        if content.startswith((b"XK_", b"CF_"))
        else "quoted"
        if content.startswith(b'"')
        else "titles"
        for name, content in files.items()
    )
    assert starts.keys() == {"workbook", "mark", "codes", "quoted", "titles"}
    with pytest.raises(UnicodeDecodeError):
        files["penalty/2023-12/yjglj.csv"].decode("utf-8")
    assert "示例" in files["penalty/2023-12/yjglj.csv"].decode("gb18030")


def test_units_write_days_in_their_own_way(reference: Portal) -> None:
    texts = {
        unit: (reference.root / "data/records/licence/2023-12" / f"{unit}.csv").read_text(encoding="utf-8-sig")
        for unit in ("lushan", "baofeng")
    }
    assert re.search(r"2023/12/\d\d\n", texts["lushan"])
    assert re.search(r"2023-12-\d\d\n", texts["baofeng"])


def test_every_name_says_that_it_is_an_example(month: pd.DataFrame, years: pd.DataFrame) -> None:
    for records in (month, years):
        assert records.name.str.contains("示例").all()
        assert records.person[records.person != ""].str.contains("示例").all()


def test_credit_codes_are_right(years: pd.DataFrame) -> None:
    codes = set(years.code) | set(years.authority)
    assert "N2" in {code[:2] for code in codes}
    checkable = [code for code in codes if code[:2].isdigit() and code != PLACEHOLDER]
    assert len(checkable) > 3000
    assert [code for code in checkable if not uscc.is_valid(code)] == []


def test_registration_numbers_stand_where_the_code_is_the_placeholder(years: pd.DataFrame) -> None:
    assert ((years.code == PLACEHOLDER) == (years.registration != "")).all()
    assert (years["class"][years.code == PLACEHOLDER] == "个体工商户").all()
    assert all(mod_11_10.is_valid(number) and len(number) == 15 for number in set(years.registration) - {""})


def test_cards_look_real_to_every_check(years: pd.DataFrame) -> None:
    cards = (set(years.card) | set(years.other_card)) - {""}
    assert len(cards) > 500
    assert [card for card in cards if not ric.is_valid(card)] == []
    assert {card[6:8] for card in cards} == {"19"}


def test_one_subject_per_four_records_and_few_with_many(years: pd.DataFrame) -> None:
    subjects = (years.name + years.code + years.card).value_counts()
    assert 3.2 < len(years) / len(subjects) < 4.8
    assert subjects.iloc[0] > 5 * subjects.mean()


def test_one_code_has_one_name_and_one_name_one_code(years: pd.DataFrame) -> None:
    coded = years[(years.code != "") & (years.code != PLACEHOLDER)]
    assert coded.groupby("code").name.nunique().max() == 1
    assert coded.groupby("name").code.nunique().max() == 1


def test_document_numbers_do_not_repeat(month: pd.DataFrame, years: pd.DataFrame) -> None:
    for records in (month, years):
        assert not records.duplicated(["kind", "number", "authority"]).any()


def test_names_of_natural_persons_stand_in_no_text_and_are_no_part_of_others(years: pd.DataFrame) -> None:
    persons = set(years.name[years["class"] == "自然人"])
    others = set(years.person) | set(years.name[years["class"] != "自然人"]) | set(years.text)
    assert not [other for other in others if any(person in other for person in persons)]


def test_classes_of_subjects_are_mixed_as_in_a_city(years: pd.DataFrame) -> None:
    shares = years["class"].value_counts(normalize=True)
    assert 0.60 < shares["法人及非法人组织"] < 0.72
    assert 0.24 < shares["个体工商户"] < 0.34
    assert 0.03 < shares["自然人"] < 0.08


def test_a_city_covers_three_years_up_to_the_last_month(years: pd.DataFrame) -> None:
    months = sorted(set(years.month))
    assert (months[0], months[-1], len(months)) == ("2023-11", "2026-10", 36)
    late = [working_days(*days) > 7 for days in zip(years.decided, years.reported, strict=True)]
    assert 0.001 < sum(late) / len(late) < 0.006


def test_equal_seeds_give_equal_bytes_whatever_the_number_of_processes(city: Portal, tmp_path: Path) -> None:
    again = tmp_path / "again"
    write_demo(again, source=ROOT, records=20_000, jobs=2)
    assert contents(again) == contents(city.root)


def test_another_seed_gives_another_city(reference: Portal, tmp_path: Path) -> None:
    write_demo(tmp_path, source=ROOT, seed=1)
    other = contents(tmp_path / "data" / "records")
    assert other.keys() != contents(reference.root / "data" / "records").keys() or all(
        content != other[name] for name, content in contents(reference.root / "data" / "records").items()
    )


def test_a_workbook_does_not_hold_the_time_it_was_written(tmp_path: Path) -> None:
    import pyarrow as pa

    table = pa.table({"a": ["1"], "b": [""]})
    write_workbook(tmp_path / "one.xlsx", "行政许可", ["甲", "乙"], table)
    written = (tmp_path / "one.xlsx").read_bytes()
    assert str(date.today().year).encode() not in written
    assert b"1980-01-01T00:00:00Z" in written


def test_records_of_a_real_portal_are_never_replaced(tmp_path: Path) -> None:
    root = make_portal(tmp_path / "real", {"data/records/licence/2023-12/scjgj.csv": "谁的记录\n"})
    before = contents(root)
    with pytest.raises(ConfigError, match="不是演示网站"):
        write_demo(root, source=ROOT)
    assert contents(root) == before


def test_a_portal_of_other_places_is_told_that_the_demo_does_not_fit(tmp_path: Path) -> None:
    elsewhere = make_portal(tmp_path / "elsewhere")
    with pytest.raises(ConfigError, match="演示数据"):
        write_demo(tmp_path / "city", source=elsewhere)


def test_a_csv_file_reads_back_as_a_clerk_would_see_it(reference: Portal) -> None:
    path = reference.root / "data/records/licence/2023-12/xinhua.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[0][0] == "行政相对人名称"
    assert {len(row) for row in rows} == {len(rows[0])}
