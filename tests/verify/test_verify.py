"""`portal verify`: a clean site passes, and whatever is planted is found and named, but never repeated."""

from __future__ import annotations

import gzip
import io
import json
import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from portals import (
    CHIEF,
    LICENCES,
    OTHER_PERSON,
    PERSON,
    TODAY,
    Admitted,
    admitted,
    licence,
    make_portal,
    person,
    run,
)
from printed import document

from generator.opendata.spreadsheet import spreadsheet
from generator.progress import Progress
from generator.verify.open_data import ids_and_last_days
from generator.verify.verify import Verdict, verify_site
from generator.workers import InProcess

ARCHIVE = "notices/licence/archive/2023-12/1/index.html"
SHARD = "store/licence/2023-12-1.json.gz"
SECRETS = (PERSON, PERSON.lower(), OTHER_PERSON, CHIEF)


@pytest.fixture
def copy(site: Path, tmp_path: Path) -> Path:
    """The clean site, to plant something in."""
    return Path(shutil.copytree(site, tmp_path / "site"))


@pytest.fixture(scope="module")
def published(crowded: Path) -> Iterator[Admitted]:
    """What may be seen of the data the site was built from."""
    with admitted(crowded) as found:
        yield found


@pytest.fixture
def verdict(published: Admitted, copy: Path) -> Callable[[], Verdict]:
    return lambda: verify_site(copy, published.portal, published.published, TODAY, InProcess(), Progress())


def texts(verdict: Verdict) -> list[str]:
    """What is said of each fault."""
    return [fault.text for fault in verdict.faults]


def leaks(verdict: Verdict) -> list[str]:
    """Files in which a forbidden value was found; what only looks like personal information is told besides."""
    said = texts(verdict)
    found = [text.removesuffix(" 含有不得公开的值") for text in said if text.endswith(" 含有不得公开的值")]
    others = [text for text in said if not text.endswith(" 含有不得公开的值")]
    assert {text.split(" 疑有个人信息（身份证号码）")[0] for text in others} <= set(found)
    return found


def packed(path: Path, value: object) -> None:
    path.write_bytes(gzip.compress(json.dumps(value, ensure_ascii=False).encode(), mtime=0))


def assert_silent(verdict: Verdict) -> None:
    for secret in SECRETS:
        assert secret not in verdict.text()


def test_a_clean_site_passes(verdict: Callable[[], Verdict]) -> None:
    found = verdict()
    assert texts(found) == []
    assert found.records == 157
    assert found.text().startswith("验证通过。查验 ")
    assert "：157 条公示信息，" in found.text()
    assert found.forbidden >= 3  # the three identity numbers; besides what only hidden rows say


def test_a_private_value_in_any_text_is_found_in_its_file(verdict: Callable[[], Verdict], copy: Path) -> None:
    planted = {
        ARCHIVE: PERSON,
        "index.html": OTHER_PERSON,
        "assets/portal/store.js": CHIEF,
        "build.json": PERSON,
        "sitemap.xml": CHIEF,
    }
    for path, secret in planted.items():
        with (copy / path).open("a", encoding="utf-8") as file:
            file.write(f"<!-- {secret} -->")
    found = verdict()
    assert leaks(found) == sorted(planted)
    assert found.text().startswith("验证未通过，请勿发布。")
    assert_silent(found)


def test_a_private_value_in_a_packed_file_is_found(verdict: Callable[[], Verdict], copy: Path) -> None:
    shard = document(copy, SHARD)
    shard["XK_XDR_MC"][3] += PERSON
    packed(copy / SHARD, shard)
    assert leaks(verdict()) == [SHARD]
    assert_silent(verdict())


def test_a_private_value_in_a_file_nobody_expects_is_found(verdict: Callable[[], Verdict], copy: Path) -> None:
    names = ["data.csv", "extra.html", "notices/licence/archive/2023-12/3.txt", "x.bin"]
    for name in names:
        (copy / name).write_bytes(b"\xff\xfe\x00" + OTHER_PERSON.encode() + b"\x00")
    assert leaks(verdict()) == names


def test_a_number_that_was_written_small_is_found_when_it_shows_large(
    crowded: Path, copy: Path, tmp_path: Path
) -> None:
    """What leaks is the normal form, which need not be how the clerk wrote it."""

    rows = [
        person(licence(1), number=OTHER_PERSON.lower()),
        person(licence(2), number=" ".join([PERSON[:6], PERSON[6:]])),
    ]
    portal = make_portal(tmp_path / "portal", {LICENCES: rows}, pages=True)
    (copy / "one.txt").write_text(OTHER_PERSON, encoding="utf-8")
    (copy / "two.txt").write_text(PERSON, encoding="utf-8")
    with admitted(portal) as found:
        faults = texts(verify_site(copy, found.portal, found.published, TODAY, InProcess(), Progress()))
    assert "one.txt 含有不得公开的值" in faults
    assert "two.txt 含有不得公开的值" in faults


def test_what_only_rows_say_that_may_not_be_seen_is_found(verdict: Callable[[], Verdict], copy: Path) -> None:
    planted = {
        "expired.txt": "示例百货第2有限公司",
        "shortened.txt": "平市监罚〔2023〕3号",
        "withheld.txt": "示例粮油商贸第160有限公司",
        "withheld-person.txt": "郑示例乙",
    }
    for name, text in planted.items():
        (copy / name).write_text(f"另见{text}。", encoding="utf-8")
    assert leaks(verdict()) == sorted(planted)


def first_body(text: str) -> str:
    start = text.index('<tbody id="')
    return text[start : text.index("</tbody>", start) + len("</tbody>")]


def test_a_record_too_many_in_the_archive_is_found_and_named(verdict: Callable[[], Verdict], copy: Path) -> None:
    page = copy / ARCHIVE
    text = page.read_text(encoding="utf-8")
    body = first_body(text)
    known = body[len('<tbody id="') :][:13]
    page.write_text(text.replace(body, body + body.replace(known, "0000000000000")), encoding="utf-8")
    assert texts(verdict()) == ["归档页面（licence）多出 1 条不应公示的信息，如 0000000000000"]


def test_a_record_that_the_archive_lacks_is_found_and_named(verdict: Callable[[], Verdict], copy: Path) -> None:
    page = copy / ARCHIVE
    text = page.read_text(encoding="utf-8")
    body = first_body(text)
    page.write_text(text.replace(body, ""), encoding="utf-8")
    assert texts(verdict()) == [f"归档页面（licence）缺少 1 条应公示的信息，如 {body[len('<tbody id=') :][1:14]}"]


def test_a_record_that_stands_twice_is_found(verdict: Callable[[], Verdict], copy: Path) -> None:
    page = copy / ARCHIVE
    text = page.read_text(encoding="utf-8")
    page.write_text(text.replace(first_body(text), first_body(text) * 2), encoding="utf-8")
    assert texts(verdict()) == ["归档页面（licence）有 1 条信息重复出现"]


def test_a_record_that_a_shard_lacks_is_found_and_named(verdict: Callable[[], Verdict], copy: Path) -> None:
    shard = document(copy, SHARD)
    lost = shard["id"][7]
    packed(copy / SHARD, {name: [*values[:7], *values[8:]] for name, values in shard.items()})
    assert texts(verdict()) == [f"列表数据（licence）缺少 1 条应公示的信息，如 {lost}"]


def test_a_record_page_that_is_missing_is_found(verdict: Callable[[], Verdict], copy: Path) -> None:
    page = sorted((copy / "store/records").iterdir())[0]
    columns = document(copy, f"store/records/{page.name}")
    said = [
        f"公示详情（{kind}）缺少 {len(columns[kind]['id'])} 条应公示的信息"
        for kind in ("licence", "penalty")
        if kind in columns
    ]
    if "gone" in columns:
        said.append(f"停止公示的编号缺少 {len(columns['gone'])} 个")
    page.unlink()
    assert [fault.partition("，如")[0] for fault in texts(verdict())] == said


def test_a_manifest_that_promises_another_number_is_found(verdict: Callable[[], Verdict], copy: Path) -> None:
    manifest = document(copy, "store/manifest.json")
    manifest["kinds"][0]["count"] = 140
    (copy / "store/manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    assert texts(verdict()) == ["目录文件所记 licence 为 140 条，应为 139 条"]


def test_everything_that_is_wrong_is_told_at_once(verdict: Callable[[], Verdict], copy: Path) -> None:
    shutil.rmtree(copy / "store/penalty")
    (copy / "leak.txt").write_text(PERSON, encoding="utf-8")
    (copy / "store/records/0.json.gz").write_bytes(b"\x1f\x8b broken")
    faults = texts(verdict())
    assert any("列表数据（penalty）缺少 18 条" in fault for fault in faults)
    assert "leak.txt 含有不得公开的值" in faults
    assert any(fault.startswith("store/records/0.json.gz") for fault in faults)


def test_a_folder_that_is_no_site_is_told(verdict: Callable[[], Verdict], copy: Path) -> None:
    for content in (b"", b"{", b"[]", b'{"kinds": 1}'):
        (copy / "store/manifest.json").write_bytes(content)
        [fault] = texts(verdict())
        assert "不是生成的网站" in fault


def test_a_site_of_another_day_does_not_pass(crowded: Path, copy: Path) -> None:

    with admitted(crowded, date(2026, 12, 2)) as found:
        faults = texts(verify_site(copy, found.portal, found.published, TODAY, InProcess(), Progress()))
    assert any("归档页面（penalty）多出 " in fault for fault in faults)


def test_the_command_fails_on_a_leak_and_passes_a_clean_site(crowded: Path, copy: Path) -> None:

    clean = run(crowded, "verify", str(copy), "--jobs", "2")
    assert clean.exit_code == 0, clean.stdout
    (copy / "leak.txt").write_text(PERSON, encoding="utf-8")
    leaking = run(crowded, "verify", str(copy), "--jobs", "2")
    assert leaking.exit_code == 1
    assert "leak.txt 含有不得公开的值" in leaking.stdout
    assert PERSON not in leaking.output


# Downloads

TABLE = "data/licence/2023-12"


def without_a_row(content: bytes) -> bytes:
    lines = content.split(b"\r\n")
    return b"\r\n".join([*lines[:7], *lines[8:]])


def test_a_record_that_a_download_lacks_is_found_and_named(verdict: Callable[[], Verdict], copy: Path) -> None:
    path = copy / f"{TABLE}.csv"
    lost = path.read_bytes().split(b"\r\n")[7].split(b",")[0].strip(b'"').decode()
    path.write_bytes(without_a_row(path.read_bytes()))
    assert texts(verdict()) == [
        f"下载文件 csv（licence）缺少 1 条应公示的信息，如 {lost}",
        f"{TABLE}.csv 与 index.json 所记的校验和不符",
    ]


def test_a_record_that_may_not_be_downloaded_is_found_in_either_table(
    verdict: Callable[[], Verdict], copy: Path
) -> None:
    """A natural person stands in the archive and in no download."""
    shard = document(copy, SHARD)
    record = next(each for each, name in zip(shard["id"], shard["XK_XDR_MC"], strict=True) if name == "赵**")
    table = pq.read_table(copy / f"{TABLE}.parquet")
    row = table.slice(0, 1).set_column(0, table.schema.field(0), pa.array([record]))
    pq.write_table(pa.concat_tables([table, row]), copy / f"{TABLE}.parquet")
    with (copy / f"{TABLE}.csv").open("ab") as file:
        file.write(f'"{record}"{"," * (len(table.column_names) - 1)}\r\n'.encode())
    found = texts(verdict())
    for form in ("csv", "parquet"):
        assert f"下载文件 {form}（licence）多出 1 条不应公示的信息，如 {record}" in found
        assert f"{TABLE}.{form} 与 index.json 所记的校验和不符" in found


def test_a_download_of_a_kind_that_is_not_offered_is_found(verdict: Callable[[], Verdict], copy: Path) -> None:
    record = document(copy, "store/penalty/2023-12-1.json.gz")["id"][0]
    (copy / "data/penalty").mkdir()
    (copy / "data/penalty/2023-12.csv").write_text(f"id,last_day\n{record},\n", encoding="utf-8")
    assert texts(verdict()) == [
        f"下载文件 csv（penalty）多出 1 条不应公示的信息，如 {record}",
        "data/ 的下载文件与 index.json、datapackage.json、sha256sums.txt 所列不一致",
    ]


@pytest.mark.parametrize("name", ["index.json", "datapackage.json", "changes.atom", "changes.json"])
def test_a_description_that_cannot_be_read_is_a_fault(verdict: Callable[[], Verdict], copy: Path, name: str) -> None:
    (copy / "data" / name).write_bytes((copy / "data" / name).read_bytes()[:-30])
    assert [text for text in texts(verdict()) if "无法读取" in text] != []


def test_a_download_that_is_cut_off_is_a_fault(verdict: Callable[[], Verdict], copy: Path) -> None:
    for form in ("csv", "parquet"):
        path = copy / f"{TABLE}.{form}"
        path.write_bytes(path.read_bytes()[:-200])
    found = texts(verdict())
    assert f"{TABLE}.parquet 无法读取" in found
    assert f"{TABLE}.csv 与 index.json 所记的校验和不符" in found


def test_a_feed_that_tells_of_a_record_it_may_not_tell_of_is_found(verdict: Callable[[], Verdict], copy: Path) -> None:
    """Of a penalty, which is not offered, no beginning is told; of a record on show, no end."""
    penalty_id = document(copy, "store/penalty/2023-12-1.json.gz")["id"][0]
    licence_id = document(copy, SHARD)["id"][0]
    path = copy / "data/changes.json"
    feed = document(copy, "data/changes.json")
    for change, record in (("new", penalty_id), ("gone", licence_id)):
        entry = {"change": change, "id": record, "day": "2024-01-05"}
        feed["items"].append({"url": f"https://xy.example.cn/portal/notice/?id={record}", "_change": entry})
    path.write_text(json.dumps(feed), encoding="utf-8")
    assert texts(verdict()) == ["data/changes.json 有 1 条不应列出的变化"] * 2


def test_an_end_that_no_feed_tells_is_found(verdict: Callable[[], Verdict], copy: Path) -> None:
    names = sorted(path.name for path in (copy / "data/changes").iterdir())
    name = next(name for name in names if "gone" in document(copy, f"data/changes/{name}")["change"])
    columns = document(copy, f"data/changes/{name}")
    packed(copy / f"data/changes/{name}", {key: values[1:] for key, values in columns.items()})
    found = texts(verdict())
    assert f"data/changes/{name} 与 index.json 所记的校验和不符" in found
    assert [text for text in found if text.startswith("按月的变化文件与公示信息不符")] != []


def test_ids_and_last_days_are_read_from_both_forms_of_a_download() -> None:
    days = pa.array([date(2024, 1, 5), None], pa.date32())
    table = pa.table({"name": ["甲", "乙"], "id": ["0000000000001", "00000000000e5"], "last_day": days})
    parquet = io.BytesIO()
    pq.write_table(table, parquet)
    for content in (spreadsheet(table), parquet.getvalue()):
        ids, last_days = ids_and_last_days(content)
        assert ids == ["0000000000001", "00000000000e5"]
        assert [day or "" for day in last_days] == ["2024-01-05", ""]
