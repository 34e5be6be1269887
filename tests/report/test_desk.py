"""One file by name, where the clerk sits: no repository, any folder, any console."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from openpyxl import Workbook, load_workbook
from portals import KNOWN_KINDS, LICENCES, csv_of, declared, licence, penalty, person, run, workbook_of

from generator.cli import portal as command
from generator.forms.rules_package import rules_package
from generator.model.portal import load_portal

Make = Callable[..., Path]
SUM = "1 行 = 可公示 1 行 + 未公示 0 行 + 不是数据 0 行"


@pytest.fixture
def desk(root: Make, tmp_path: Path) -> Path:
    """A folder with a package of rules and nothing else."""
    folder = tmp_path / "报送 材料"
    folder.mkdir()
    (folder / "rules.zip").write_bytes(rules_package(declared(root())))
    return folder


def check(desk: Path, *words: str) -> Result:
    """Run `portal check` in the clerk's folder."""
    before = Path.cwd()
    os.chdir(desk)
    try:
        result = CliRunner().invoke(command, ["check", *words])
    finally:
        os.chdir(before)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def test_kind_unit_and_month_are_found_in_the_file(desk: Path) -> None:
    (desk / "十二月许可（第二批）.xlsx").write_bytes(workbook_of([licence(1), licence(2, XK_XKLB="甲类")]))
    assert check(desk, "十二月许可（第二批）.xlsx").stdout == (
        "[错误] 1 处，所在行不公示：“许可类别”的值“甲类”不在规定的选项内（choice-unknown）\n"
        "  改正：请填写：普通、特许、认可、核准、登记、其他-（写明类别）\n"
        "  说明：/staff/faults/#choice-unknown\n"
        "    十二月许可（第二批）.xlsx，工作表“Sheet1”，第 3 行，K 列：甲类\n"
        "\n"
        "自动改正（意思明确，不算问题，请核对读得对不对）：\n"
        "  十二月许可（第二批）.xlsx，工作表“Sheet1”“当前状态”：其他写法改为规定的选项，2 处"
        "（如第 2 行“1”读作“有效”）\n"
        "\n"
        "各文件的行数：\n"
        "  十二月许可（第二批）.xlsx：2 行 = 可公示 1 行 + 未公示 1 行（因错误 1） + 不是数据 0 行\n"
        "\n"
        "共核查 1 个文件 2 行：可公示 1 行，期满 0 行，撤下 0 行，依法不公示 0 行，"
        "被后来报送替代 0 行，因错误不公示 1 行。错误 1 处，提示 0 处。\n"
    )


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_csv_of_any_line_end_and_encoding_is_checked(desk: Path, newline: str, encoding: str) -> None:
    (desk / "处罚.csv").write_bytes(csv_of([penalty(1)], newline=newline).encode(encoding))
    assert f"  处罚.csv：{SUM}\n" in check(desk, "处罚.csv").stdout


def test_a_file_of_a_portal_and_one_elsewhere_are_checked_in_one_go(root: Make, tmp_path: Path) -> None:
    other = tmp_path / "另一个.csv"
    other.write_text(csv_of([licence(2)]), encoding="utf-8")
    portal = root({LICENCES: [licence(1)]})
    said = run(portal, "check", str(portal / LICENCES), str(other)).stdout
    assert f"  {LICENCES}：{SUM}\n" in said
    assert f"  {other.as_posix()}：{SUM}\n" in said
    assert "共核查 2 个文件 2 行：可公示 2 行" in said


def test_rows_of_one_file_that_repeat_each_other_name_it_as_the_clerk_does(desk: Path) -> None:
    (desk / "许可.csv").write_text(csv_of([licence(1), licence(1)]), encoding="utf-8")
    assert "与 许可.csv 第 3 行 是同一条记录" in check(desk, "许可.csv", "--format", "lines").stdout


EIGHT = {
    "XDR_MC": "示例公司",
    "XDR_LB": "法人及非法人组织",
    "LB": "检查",
    "MC": "日常检查",
    "NR": "检查情况",
    "JDRQ": "2023/12/01",
    "LYDW": "市市场监管局",
    "BSRQ": "2023/12/05",
}


def test_where_several_kinds_have_the_same_columns_the_clerk_is_asked(desk: Path) -> None:
    (desk / "检查.csv").write_text(csv_of([EIGHT]), encoding="utf-8")
    refused = check(desk, "检查.csv")
    assert "从列名看不出是哪一类信息，未读取（file-kind-unclear）\n  改正：请用 --kind 指明：" in refused.stdout
    assert "监督检查 inspection" in refused.stdout
    assert "检查.csv：1 行 =" in check(desk, "检查.csv", "--kind", "inspection").stdout


def test_the_name_of_the_sheet_tells_such_kinds_apart(desk: Path) -> None:
    (desk / "一.xlsx").write_bytes(workbook_of([EIGHT], sheet="监督检查"))
    [entry] = json.loads(check(desk, "一.xlsx", "--format", "json").stdout)["sums"]
    assert (entry["kind"], entry["unit"], entry["month"]) == ("inspection", "scjgj", "2023-12")


def test_a_file_of_nobody_asks_for_its_unit(desk: Path) -> None:
    (desk / "许可.csv").write_text(csv_of([licence(XK_LYDW="某局", XK_LYDWDM="")]), encoding="utf-8")
    (desk / "好.csv").write_text(csv_of([licence(2)]), encoding="utf-8")
    refused = check(desk, "许可.csv", "好.csv", "--format", "lines").stdout
    assert (
        "[错误] 许可.csv：看不出是哪个单位的文件，未读取。请用 --unit 指明：市市场监管局 scjgj、市住建局 zjj" in refused
    )
    assert "好.csv" in check(desk, "许可.csv", "好.csv").stdout
    assert (
        "“数据来源单位”为“某局”，与文件所属单位“市住建局”不符"
        in check(desk, "许可.csv", "--unit", "zjj", "--format", "lines").stdout
    )


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--kind", "permit"], f"没有类别 permit；现有：{KNOWN_KINDS}"),
        (["--unit", "nobody"], "没有单位 nobody；现有：scjgj、zjj、lushan、jiaxian"),
    ],
)
def test_what_the_clerk_says_has_to_be_known(desk: Path, words: list[str], said: str) -> None:
    (desk / "许可.csv").write_text(csv_of([licence()]), encoding="utf-8")
    refused = check(desk, "许可.csv", *words)
    assert refused.exit_code == 2
    assert said in refused.output


@pytest.mark.parametrize("name", ["处罚.xlsx", "处罚.csv"])
def test_a_file_that_says_there_is_nothing_this_month_passes_and_is_told_so(desk: Path, name: str) -> None:
    book = Workbook()
    book.worksheets[0]["A1"] = "本月无"
    content = io.BytesIO()
    book.save(content)
    (desk / name).write_bytes(content.getvalue() if name.endswith("xlsx") else "本月无\n".encode())
    said = check(desk, name, "--kind", "penalty", "--unit", "scjgj", "--month", "2023-12", "--strict")
    assert said.exit_code == 0
    assert f"  {name}：本月无，0 行 = 可公示 0 行 + 未公示 0 行 + 不是数据 0 行\n" in said.stdout
    assert said.stdout.endswith("错误 0 处，提示 0 处。\n")


def test_of_a_file_that_says_nothing_else_the_clerk_is_asked_for_kind_and_unit(desk: Path) -> None:
    (desk / "十二月.csv").write_text("本月无\n", encoding="utf-8")
    for words, asked in (
        ((), "从列名看不出是哪一类信息，未读取。请用 --kind 指明：行政许可 licence、"),
        (("--kind", "penalty"), "看不出是哪个单位的文件，未读取。请用 --unit 指明："),
    ):
        assert asked in check(desk, "十二月.csv", *words, "--format", "lines").stdout


def test_a_file_without_headings_and_one_that_is_no_table_are_told(desk: Path) -> None:
    (desk / "空.csv").write_text("甲,乙\n1,2\n", encoding="utf-8")
    (desk / "坏.xlsx").write_bytes(b"PK\x03\x04")
    (desk / "文.docx").write_bytes(b"PK")
    said = check(desk, "空.csv", "坏.xlsx", "文.docx", "--format", "lines").stdout
    assert (
        "[错误] 空.csv：没有认出任何规定的列名，可能缺少标题行。请在第一行按模板填写列名（headings-not-found）" in said
    )
    assert "[错误] 坏.xlsx：文件无法打开：" in said
    assert "[错误] 文.docx：不认识的文件格式“.docx”" in said


def test_the_marked_workbook_lies_beside_the_file(desk: Path) -> None:
    (desk / "许可.csv").write_text(csv_of([licence(XK_XKLB="甲类")]), encoding="utf-8")
    said = check(desk, "许可.csv", "--format", "xlsx").stdout
    assert said.startswith(f"已写入 {Path('许可-核查结果.xlsx')}\n共核查 1 个文件 1 行")
    assert load_workbook(desk / "许可-核查结果.xlsx").sheetnames == ["核查结果", "数据1"]


def test_without_portal_and_package_the_clerk_is_told_what_is_missing(tmp_path: Path) -> None:
    (tmp_path / "许可.csv").write_text(csv_of([licence()]), encoding="utf-8")
    refused = check(tmp_path, "许可.csv")
    assert refused.exit_code == 2
    assert "也没有规则包 rules.zip：请从网站“报送指南”下载，用 --rules 指明" in refused.output.replace("\n", "")


def test_a_package_that_is_none_is_refused_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "许可.csv").write_text(csv_of([licence()]), encoding="utf-8")
    (tmp_path / "my.zip").write_bytes(b"no zip")
    refused = check(tmp_path, "许可.csv", "--rules", "my.zip")
    assert refused.exit_code == 2
    assert "不是规则包，或者已损坏，请从网站“报送指南”重新下载" in refused.output


def test_the_package_holds_no_secret_and_the_same_rules(root: Make, tmp_path: Path) -> None:
    portal = root(id_key="secret-of-tests!")
    (portal / "data/rules/codes.yml").write_text(
        "issued:\n  - {code: 91410400MA9DEMX01A, source: 对照执照}\n", encoding="utf-8"
    )
    package = rules_package(load_portal(portal))
    assert b"secret-of-tests!" not in package
    assert b"91410400MA9DEMX01A" not in package
    assert package == rules_package(load_portal(portal))
    with zipfile.ZipFile(io.BytesIO(package)) as parts:
        parts.extractall(tmp_path / "unpacked")
    there, here = load_portal(tmp_path / "unpacked"), load_portal(portal)
    assert (there.kinds, there.vocabularies, there.display, there.site.units) == (
        here.kinds,
        here.vocabularies,
        here.display,
        here.site.units,
    )
    assert there.privacy.detectors == here.privacy.detectors


def test_a_console_of_another_code_page_shows_what_it_can_and_nothing_fails(desk: Path) -> None:
    (desk / "许可.csv").write_text(csv_of([licence(XK_XKLB="甲\n𠮷€")]), encoding="utf-8")
    for name in ("cp936", "cp1252", "ascii"):
        run = subprocess.run(
            [sys.executable, "-m", "generator", "check", "许可.csv", "--jobs", "1"],
            cwd=desk,
            env={**os.environ, "PYTHONIOENCODING": name, "PYTHONPATH": str(Path(__file__).parents[2])},
            capture_output=True,
            check=False,
        )
        assert run.returncode == 0, run.stderr
    assert b"choice-unknown" in run.stdout


def test_a_system_without_the_modules_of_unix_checks_too(desk: Path) -> None:
    """Windows has none of these; what the program needs there is asked of it here."""
    (desk / "许可.xlsx").write_bytes(workbook_of([licence(1)]))
    unix = "resource fcntl grp pwd termios"
    begin = f"import sys; sys.modules.update(dict.fromkeys({unix.split()})); from generator.cli import main; main()"
    run = subprocess.run(
        [sys.executable, "-c", begin, "check", "许可.xlsx"],
        cwd=desk,
        env={**os.environ, "PYTHONIOENCODING": "utf-8", "PYTHONPATH": str(Path(__file__).parents[2])},
        capture_output=True,
        check=True,
    )
    assert f"  许可.xlsx：{SUM}\n" in run.stdout.decode()


def test_a_name_that_windows_packed_is_shown_as_its_clerk_wrote_it(desk: Path) -> None:
    strange = os.fsdecode("十二月".encode("gbk")) + ".xlsx"
    (desk / strange).write_bytes(workbook_of([licence(XK_XKLB="甲类")]))
    for form in ("text", "lines", "json", "markdown", "github"):
        assert "十二月" in check(desk, strange, "--format", form).stdout
    assert check(desk, strange, "--format", "xlsx", "--out", "answers").exit_code == 0
    [answer] = (desk / "answers").iterdir()
    assert load_workbook(answer)["核查结果"]["A1"].value is not None


def test_answers_about_files_of_one_name_do_not_take_each_others_place(desk: Path) -> None:
    for folder in ("a", "b"):
        (desk / folder).mkdir()
        (desk / folder / "12月.csv").write_text(csv_of([licence(XK_XKLB=folder)]), encoding="utf-8")
    check(desk, "a/12月.csv", "b/12月.csv", "--format", "xlsx", "--out", "answers")
    assert sorted(path.name for path in (desk / "answers").iterdir()) == [
        "12月-核查结果.xlsx",
        "12月-核查结果（2）.xlsx",
    ]


def test_of_a_file_that_cannot_be_read_the_sums_say_that_its_rows_were_not_counted(desk: Path) -> None:
    (desk / "别的表.csv").write_text("甲,乙\n1,2\n", encoding="utf-8")
    (desk / "好.csv").write_text(csv_of([licence()]), encoding="utf-8")
    words = ("别的表.csv", "好.csv")
    assert f"各文件的行数：\n  好.csv：{SUM}\n  别的表.csv：没有读取，行数未计\n" in check(desk, *words).stdout
    assert "</code> | 没有读取 | | | |" in check(desk, *words, "--format", "markdown").stdout


def test_for_programs_the_output_is_utf_8_whatever_the_console(desk: Path) -> None:
    (desk / "许可.csv").write_text(csv_of([licence(XK_XKLB="𠮷")]), encoding="utf-8")
    run = subprocess.run(
        [sys.executable, "-m", "generator", "check", "许可.csv", "--jobs", "1", "--format", "json"],
        cwd=desk,
        env={**os.environ, "PYTHONIOENCODING": "cp936", "PYTHONPATH": str(Path(__file__).parents[2])},
        capture_output=True,
        check=True,
    )
    assert json.loads(run.stdout.decode("utf-8"))["issues"][0]["value"] == "𠮷"


def test_private_values_stay_private_at_the_desk_too(desk: Path) -> None:
    number = "41040219900101123X"
    (desk / "许可.csv").write_text(csv_of([person(licence(), number=number)]), encoding="utf-8")
    for form in ("text", "lines", "json", "markdown", "github"):
        assert number not in check(desk, "许可.csv", "--format", form).stdout
