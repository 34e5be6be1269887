"""A new kind of record: declared by one command, it loads, checks and builds; guesses are called guesses."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from codes import credit_code, identity_number
from portals import build_site, csv_of, make_portal, told, write

from generator.cli import portal as command
from generator.model.declaration import ConfigError
from generator.model.portal import load_portal
from generator.scaffold.kind import new_kind

Make = Callable[..., Path]

FOREIGN = {
    "Row No": "1",
    "Company Name": "示例电力有限公司",
    "Company Type": "企业",
    "USCC": credit_code("91410400MA9D00001"),
    "Permit No.": "91410400X001P",
    "Issue Date": "2023/12/01",
    "Valid Until": "2028/11/30",
    "Pollutants": "二氧化硫",
    "Fee Amount": "0.5",
    "Contact Phone": "0375-0000000",
    "Holder": identity_number("41040219900101123"),
    "No": "甲",
    "Authority": "平顶山市市场监督管理局",
}


def new(root: Path, *words: str) -> Result:
    return CliRunner().invoke(command, ["new", "--root", str(root), *words])


def proposed(tmp_path: Path, row: dict[str, str], name: str = "table.csv") -> Path:
    root = make_portal(tmp_path / "portal", pages=True)
    write(tmp_path / name, [row])
    assert new(root, "discharge", "--title", "排污许可", "--from", str(tmp_path / name)).exit_code == 0
    return root


def test_a_new_kind_loads_and_its_records_get_pages(root: Make) -> None:
    place = root(pages=True)
    assert new(place, "filing", "--title", "行政备案").exit_code == 0
    kind = load_portal(place).kinds["filing"]
    assert (kind.title, kind.order, kind.indexed, kind.downloads) == ("行政备案", 14, False, False)
    row = {
        "行政相对人名称": "平顶山示例有限公司",
        "行政相对人类别": "法人及非法人组织",
        "决定文书号": "平奖〔2023〕1号",
        "决定日期": "2023/12/01",
        "决定机关": "市市场监管局",
        "数据来源单位": "市市场监管局",
        "报送日期": "2023/12/04",
    }
    write(place / "data/records/filing/2023-12/scjgj.csv", [row])
    assert told(place) == []
    site = build_site(place)
    assert "平顶山示例有限公司" in (site / "notices/filing/index.html").read_text(encoding="utf-8")
    assert (site / "staff/templates/filing.xlsx").is_file()


@pytest.mark.parametrize("name", ["table.csv", "table.xlsx"])
def test_a_table_with_foreign_headings_becomes_a_kind_that_reads_it(tmp_path: Path, name: str) -> None:
    root = proposed(tmp_path, FOREIGN, name)
    write(root / "data/records/discharge/2023-12/scjgj.csv", [{**FOREIGN, "报送日期": "2023/12/04"}])
    assert told(root) == []
    assert "示例电力有限公司" in (build_site(root) / "notices/discharge/index.html").read_text(encoding="utf-8")


def test_types_and_roles_are_guessed_from_headings_and_values(tmp_path: Path) -> None:
    kind = load_portal(proposed(tmp_path, FOREIGN)).kinds["discharge"]
    assert {code: field.type for code, field in kind.fields.items()} == {
        "COMPANY_NAME": "text",
        "COMPANY_TYPE": "choice",
        "USCC": "credit_code",
        "PERMIT_NO": "text",
        "ISSUE_DATE": "day",
        "VALID_UNTIL": "day",
        "POLLUTANTS": "text",
        "FEE_AMOUNT": "money",
        "CONTACT_PHONE": "text",
        "HOLDER": "identity_number",
        "F11": "text",  # NO would be false in YAML
        "AUTHORITY": "text",
        "LYDW": "text",
        "BSRQ": "day",
    }
    assert kind.roles.declared() == {
        "subject": "COMPANY_NAME",
        "subject_class": "COMPANY_TYPE",
        "subject_code": "USCC",
        "number": "PERMIT_NO",
        "decided": "ISSUE_DATE",
        "authority": "AUTHORITY",
        "source": "LYDW",
        "reported": "BSRQ",
    }
    assert kind.ignored == ("Row No",)


def test_what_looks_like_personal_information_is_not_published_unless_somebody_says_so(tmp_path: Path) -> None:
    root = proposed(tmp_path, FOREIGN)
    assert set(load_portal(root).kinds["discharge"].private_fields) == {"CONTACT_PHONE", "HOLDER"}
    text = (root / "data/kinds/discharge/kind.yml").read_text(encoding="utf-8")
    assert text.count("猜测为个人信息") == 2


def test_a_code_that_was_miscopied_is_still_taken_for_a_code(tmp_path: Path) -> None:
    code = credit_code("91410400MA9D00001")
    wrong = code[:-1] + ("0" if code[-1] != "0" else "1")
    kind = load_portal(proposed(tmp_path, {**FOREIGN, "USCC": wrong})).kinds["discharge"]
    assert kind.fields["USCC"].type == "credit_code"


@pytest.mark.parametrize(
    ("kind", "said"),
    [("licence", "已经有了"), ("Permit", "应为小写字母"), ("records", "不能是"), ("../filing", "不能是路径")],
)
def test_a_name_that_no_new_kind_may_have_is_refused_and_nothing_is_written(root: Make, kind: str, said: str) -> None:
    place = root()
    before = sorted(place.rglob("*"))
    with pytest.raises(ConfigError, match=said):
        new_kind(place, kind, "新类别", None)
    assert sorted(place.rglob("*")) == before


def test_a_table_that_cannot_be_read_is_told_of_and_nothing_is_written(root: Make, tmp_path: Path) -> None:
    place = root()
    (tmp_path / "empty.csv").write_text("\n", encoding="utf-8")
    with pytest.raises(ConfigError, match="文件是空的"):
        new_kind(place, "filing", "行政备案", tmp_path / "empty.csv")
    assert not (place / "data/kinds/filing").exists()


def test_a_table_of_headings_alone_gives_fields_of_text(root: Make, tmp_path: Path) -> None:
    place = root()
    headings = csv_of([dict.fromkeys(("企业名称", "发证日期", "备注"), "")])
    (tmp_path / "headings.csv").write_text(headings, encoding="utf-8")
    new_kind(place, "filing", "行政备案", tmp_path / "headings.csv")
    kind = load_portal(place).kinds["filing"]
    assert [field.title for field in kind.fields.values()][:3] == ["企业名称", "发证日期", "备注"]
    # What has no values is no day for sure, so the kind has a column of its own for the day of the decision.
    assert kind.fields[kind.roles.decided].title == "决定日期"
