"""Broken declarations: one line that names file, line and what was expected, and exit code 2."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import orjson
import pytest
from portals import LICENCES, ROOT, TODAY, licence, run
from portals import SITE as SITE_OF_TESTS

from generator.index.layout import Layout
from generator.model.declaration import ConfigError
from generator.model.portal import load_portal
from generator.store.manifest import manifest

KIND = "data/kinds/licence/kind.yml"
SITE = "data/site.yml"
VOCAB = "data/vocab/licence_category.yml"
DISPLAY = "data/rules/display.yml"
OPEN_DATA = "data/rules/open-data.yml"


def replaced(root: Path, path: str, old: str, new: str) -> int:
    """Replace the first `old` in a file and give the line on which it stood."""
    text = (root / path).read_text(encoding="utf-8")
    assert old in text
    (root / path).write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


def refusal(root: Path) -> str:
    """The one line a portal that cannot be loaded gives, with paths below its root."""
    with pytest.raises(ConfigError) as error:
        load_portal(root)
    said = str(error.value).replace(f"{root}/", "")
    assert "\n" not in said
    assert re.search(r"[\u4e00-\u9fff]", said)
    return said


def test_the_projects_own_declarations_are_right() -> None:
    portal = load_portal(ROOT)
    assert list(portal.kinds)[:2] == ["licence", "penalty"]
    assert len([unit for unit in portal.site.units if unit.group == "department"]) == 27
    assert len([unit for unit in portal.site.units if unit.group == "county"]) == 12


Make = Callable[..., Path]

CASES = {
    "feed of no days": (OPEN_DATA, "days: 30", "days: 0", "feed.days：应大于 0"),
    "text for downloads": (KIND, "downloads: true", "downloads: 全部", "downloads：应为 true 或 false"),
    "unknown key": (KIND, "    required: true\n", "    requird: true\n", "fields.XK_XDR_MC.requird：未知的键"),
    "unknown key at the top": (KIND, "order: 1", "odrer: 1", "odrer：未知的键"),
    "number for text": (KIND, "title: 行政许可", "title: 1", "title：应为文字（纯数字请加引号）"),
    "text for a number": (KIND, "order: 1", "order: 第一", "order：应为整数"),
    "text for yes or no": (KIND, "private: true", "private: 不公示", "fields.XK_FR_ZJLX.private：应为 true 或 false"),
    "text for a list": (VOCAB, '["02"]', '"02"', "values.特许：应为列表"),
    "number in a list of text": (VOCAB, '["02"]', "[02]", "values.特许.0：应为文字（纯数字请加引号）"),
    "negative length": (KIND, "max_length: 200", "max_length: -1", "fields.XK_XDR_MC.max_length：应大于 0"),
    "unknown role": (KIND, "  number: XK_WSH", "  numero: XK_WSH", "roles.numero：未知的键"),
    "role without such a field": (
        KIND,
        "subject: XK_XDR_MC",
        "subject: XK_NIX",
        "roles.subject：没有名为 XK_NIX 的字段",
    ),
    "role of a private field": (
        KIND,
        "subject: XK_XDR_MC",
        "subject: XK_XDR_ZJHM",
        "roles.subject：XK_XDR_ZJHM 是不公示的字段",
    ),
    "day that is no day": (KIND, "decided: XK_JDRQ", "decided: XK_WSH", "roles.decided：XK_WSH 的类型应为 day"),
    "key without such a field": (KIND, "key: [XK_WSH,", "key: [XK_NIX,", "key.0：没有名为 XK_NIX 的字段"),
    "list without such a field": (KIND, "list: [XK_XDR_MC,", "list: [XK_NIX,", "list.0：没有名为 XK_NIX 的字段"),
    "private field in the list": (
        KIND,
        "list: [XK_XDR_MC,",
        "list: [XK_XDR_ZJHM,",
        "list：XK_XDR_ZJHM 是不公示的字段，不能列入表格",
    ),
    "condition on no field": (
        KIND,
        "empty: {when: {field: XK_XDR_LB, in: [自然人]}}",
        "empty: {when: {field: XK_NIX, in: [自然人]}}",
        "fields.XK_XDR_SHXYM.empty：没有名为 XK_NIX 的字段",
    ),
    "condition with two tests": (
        KIND,
        "empty: {when: {field: XK_XDR_LB, in: [自然人]}}",
        "empty: {when: {field: XK_XDR_LB, in: [自然人], filled: true}}",
        "fields.XK_XDR_SHXYM.empty.when："
        "条件须且只须写 in、any_of、none_of、only、filled、placeholder、younger_than 之一",
    ),
    "beginning of codes that says nothing": (
        KIND,
        'with: ["92"]',
        "with: []",
        "fields.XK_XDR_SHXYM.begins.0：开头须且只须写 with、without 之一",
    ),
    "amount told in no field": (
        "data/kinds/penalty/kind.yml",
        "told_in: CF_NR",
        "told_in: CF_NIX",
        "fields.CF_NR_FK.told_in：没有名为 CF_NIX 的字段",
    ),
    "order of days with no field": (
        KIND,
        "not_before: XK_YXQZ",
        "not_before: XK_NIX",
        "fields.XK_YXQZI.not_before：没有名为 XK_NIX 的字段",
    ),
    "unknown vocabulary": (
        KIND,
        "vocab: licence_category",
        "vocab: licence_categories",
        "XK_XKLB：没有代码表 data/vocab/licence_categories.yml",
    ),
    "id key too short": (SITE, "id_key: key-of-the-tests", "id_key: short", "id_key：至少应有 16 个字符"),
    "id key of digits": (
        SITE,
        "id_key: key-of-the-tests",
        "id_key: 1234567890123456",
        "id_key：应为文字（纯数字请加引号）",
    ),
    "region that is not listed": (
        SITE,
        "region: '410400'\nregions",
        "region: '999999'\nregions",
        "region：999999 未在 regions 中列出",
    ),
    "day of another form": (SITE, "today: '2024-01-05'", "today: 五号", "today：应为日期，如 2024-01-05"),
    "kind that does not exist": (
        DISPLAY,
        "  penalty:\n    field: SXCD",
        "  penality:\n    field: SXCD",
        "没有名为 penality 的记录类别（data/kinds/penality/kind.yml）",
    ),
}


@pytest.mark.parametrize(("path", "old", "new", "said"), CASES.values(), ids=CASES)
def test_a_wrong_declaration_is_one_line_with_its_place(root: Make, path: str, old: str, new: str, said: str) -> None:
    portal = root()
    line = replaced(portal, path, old, new)
    assert refusal(portal) == f"{path}:{line}: {said}"


def test_an_unknown_type_is_told_with_those_there_are(root: Make) -> None:
    portal = root()
    line = replaced(portal, KIND, "type: credit_code", "type: creditcode")
    said = refusal(portal)
    assert said.startswith(f"{KIND}:{line}: fields.XK_XDR_SHXYM.type：应为 text、")
    assert "credit_code" in said
    assert said.endswith("之一，现为 'creditcode'")


@pytest.mark.parametrize(
    ("old", "new"),
    [("group: county", "group: counties"), ("region: '410423'\n", "region: '410499'\n"), ("id: zjj", "id: scjgj")],
)
def test_a_unit_that_refers_to_nothing_is_told_with_its_own_line(root: Make, old: str, new: str) -> None:
    portal = root()
    text = (portal / SITE).read_text(encoding="utf-8")
    units = text.index("units:")
    place = text.index(old, units)
    (portal / SITE).write_text(text[:place] + new + text[place + len(old) :], encoding="utf-8")
    line = text[:place].count("\n") + 1
    assert refusal(portal).startswith(f"{SITE}:{line}: ")


@pytest.mark.parametrize("address", ["https://xy.example.cn/portal", "xy.example.cn/", "ftp"])
def test_an_address_that_pages_cannot_be_put_behind_is_refused(root: Make, address: str) -> None:
    said = refusal(root(address=address))
    assert said.startswith(f"{SITE}:1: address：")


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        (KIND, "roles:", "roles: ["),
        (KIND, "  subject: XK_XDR_MC", "\tsubject: XK_XDR_MC"),
        (KIND, "title: 行政许可", 'title: "行政许可'),
        (SITE, "name: 信用示例", "name: 信用: 示例"),
    ],
)
def test_text_that_is_no_yaml_is_told_in_chinese_with_its_line(root: Make, path: str, old: str, new: str) -> None:
    portal = root()
    replaced(portal, path, old, new)
    said = refusal(portal)
    assert re.match(rf"{re.escape(path)}:\d+: YAML 格式有误", said)
    assert not re.search(r"expected|found|mapping|token", said)


def test_a_key_that_stands_twice_is_refused(root: Make) -> None:
    portal = root()
    text = (portal / SITE).read_text(encoding="utf-8")
    (portal / SITE).write_text(f"{text}name: 另一个名称\n", encoding="utf-8")
    assert refusal(portal) == f"{SITE}:{text.count(chr(10)) + 1}: 键 name 重复"


def test_a_day_that_never_was_is_told_with_its_line(root: Make) -> None:
    portal = root()
    line = replaced(portal, DISPLAY, "until: 2023-04-30", "until: 2023-02-30")
    assert refusal(portal) == f"{DISPLAY}:{line}: 2023-02-30 不是有效日期"


def test_a_control_character_is_told_with_its_line(root: Make) -> None:
    portal = root()
    line = replaced(portal, KIND, "order: 1", "order: 1 # \x01")
    assert refusal(portal).startswith(f"{KIND}:{line}: YAML 格式有误")


@pytest.mark.parametrize("text", ["", "- 信用示例\n", "信用示例\n"])
def test_a_file_that_is_no_table_of_keys_is_refused(root: Make, text: str) -> None:
    portal = root()
    (portal / SITE).write_text(text, encoding="utf-8")
    assert refusal(portal) == f"{SITE}:1: 应为键值表（每行“键: 值”）"


def test_a_missing_key_is_told_with_the_place_where_it_belongs(root: Make) -> None:
    assert refusal(root(organizer=None)) == f"{SITE}:1: organizer：缺少必需的键"


def test_a_declaration_in_another_encoding_is_refused(root: Make) -> None:
    portal = root()
    path = portal / SITE
    path.write_bytes(path.read_text(encoding="utf-8").encode("gb18030"))
    assert refusal(portal) == f"{SITE}: 不是 UTF-8 编码，请另存为 UTF-8"


def test_a_byte_order_mark_at_the_head_of_a_declaration_is_no_fault(root: Make) -> None:
    portal = root()
    path = portal / SITE
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert load_portal(portal).site.name == "信用示例"


def test_a_missing_file_is_named(root: Make) -> None:
    portal = root()
    (portal / SITE).unlink()
    assert refusal(portal) == f"{SITE}: 文件不存在"


def test_a_folder_that_is_no_portal_is_told_what_it_lacks(tmp_path: Path) -> None:
    result = run(tmp_path, "check")
    assert result.exit_code == 2
    assert "没有 data/ 文件夹（用 --root 指明）" in result.stderr


@pytest.mark.parametrize("command", [["check"], ["build"], ["bulletin", "2023-12"], ["assertions"]])
def test_every_command_stops_with_exit_code_2_and_one_line(root: Make, command: list[str]) -> None:
    portal = root({LICENCES: [licence()]})
    line = replaced(portal, KIND, "subject: XK_XDR_MC", "subject: XK_NIX")
    result = run(portal, *command)
    assert result.exit_code == 2
    assert result.stderr == f"配置有误：{KIND}:{line}: roles.subject：没有名为 XK_NIX 的字段\n"
    assert result.stdout == ""


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [("kinds: [licence, penalty]", "kinds: [licence, penality]", "没有名为 penality 的记录类别"),
     ("group: county\n    head", "group: counties\n    head", "没有名为 counties 的单位分组"),
     ("share: [late, records]", "share: [late, recrods]", "figures.reported.columns.late_rate.share：应为本表的计数列"),
     ("equals: sampled/all/concealed", "equals: sampled/all/some", "reconciliations.4：没有 sampled/all/some 这一项")],
)  # fmt: skip
def test_a_bulletin_of_nothing_is_refused(root: Make, old: str, new: str, said: str) -> None:
    portal = root({LICENCES: [licence()]})
    line = replaced(portal, "data/rules/bulletins/double/kind.yml", old, new)
    result = run(portal, "bulletin", "2023-12")
    assert (result.exit_code, result.stderr.splitlines()[-1]) == (
        2, f"配置有误：data/rules/bulletins/double/kind.yml:{line}: {said}")  # fmt: skip


def test_a_share_of_more_than_all_is_refused(root: Make) -> None:
    portal = root({LICENCES: [licence()]})
    (portal / "data/assertions.yml").write_text("max_fall_percent: 200\n", encoding="utf-8")
    result = run(portal, "build")
    assert result.exit_code == 2
    assert "data/assertions.yml:1: max_fall_percent：应不大于 100" in result.stderr


def test_a_portal_without_kinds_is_refused(root: Make) -> None:
    portal = root()
    shutil.rmtree(portal / "data/kinds")
    assert refusal(portal) == "data/kinds: 没有记录类别的声明目录"


def test_a_new_kind_is_a_folder_with_yaml_and_nothing_else(root: Make) -> None:
    portal = root()
    text = (portal / KIND).read_text(encoding="utf-8").replace("title: 行政许可\n", "title: 登记\n", 1)
    (portal / "data/kinds/registration").mkdir()
    (portal / "data/kinds/registration/kind.yml").write_text(text.replace("order: 1", "order: 3"), encoding="utf-8")
    path = portal / "data/records/registration/2023-12/scjgj.csv"
    path.parent.mkdir(parents=True)
    path.write_text(",".join(licence()) + "\n" + ",".join(licence().values()) + "\n", encoding="utf-8")
    assert "registration" in load_portal(portal).kinds
    assert "可公示 1 行" in run(portal, "check").stdout


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "www.example.cn",
        "//example.cn/",
        "https://",
        "https://exa mple.cn/",
        "http://[",
        "ftp://x.cn/",
    ],
)
def test_the_site_of_a_unit_has_to_be_a_full_web_address(root: Make, address: str) -> None:
    portal = root(units=[{**SITE_OF_TESTS["units"][0], "url": address}])
    text = (portal / SITE).read_text(encoding="utf-8")
    line = text[: text.index("url:")].count("\n") + 1
    said = f"{SITE}:{line}: units.0.url：应为完整的网址，如 https://www.example.gov.cn/，现为 {address!r}"
    assert refusal(portal) == said


def test_pages_know_the_site_of_a_unit_that_declares_one(root: Make) -> None:
    first, *others = SITE_OF_TESTS["units"]
    declared = load_portal(root(units=[{**first, "url": "https://scjg.example.cn/"}, *others]))
    units = orjson.loads(manifest(declared, {kind: {} for kind in declared.kinds}, 1, Layout.of(1), TODAY))["units"]
    assert [unit.get("url") for unit in units] == ["https://scjg.example.cn/", None, None, None]
