"""Every fault of an article, from its file to the place and the words that a contributor reads."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from portals import PERSON, TODAY, Content, article, declared, run, write

from generator.issues import catalogue
from generator.publish.edition import publish_articles
from generator.report import line

Make = Callable[..., Path]
HERE = "content/news/2023/a.md"


@dataclass(frozen=True)
class Case:
    """Files with one fault, and where it is told: [file, line]."""

    files: Mapping[str, Content]
    place: tuple[str, int]
    shown: int = 0
    """Articles that are published all the same."""


# Lines of article(): 1 ---, 2 title, 3 date, 4 source, 5 region, 6 type, 7 summary, 8 further keys or ---;
# without further keys the body begins on line 10.
CASES = {
    "article-misplaced": [
        Case({"content/news/a.md": article()}, ("content/news/a.md", 0)),
        Case({"content/news/2023/12/a.md": article()}, ("content/news/2023/12/a.md", 0)),
        Case({"content/news/2023/信用日.md": article()}, ("content/news/2023/信用日.md", 0)),
        Case({"content/news/2023/Day_1.md": article()}, ("content/news/2023/Day_1.md", 0)),
    ],
    "article-unreadable": [
        Case({HERE: "# 只有正文\n"}, (HERE, 1)),
        Case({HERE: article().encode("gb18030")}, (HERE, 0)),
        Case({HERE: article(summary="关于: 某事: 的说明")}, (HERE, 7)),
        Case({HERE: article().replace("type: promotion", "type: promotion\ntype: work")}, (HERE, 7)),
        Case({HERE: article(title=["甲", "乙"])}, (HERE, 2)),
        Case({HERE: article().replace("source: 鲁山县", "source: {单位: 鲁山县}")}, (HERE, 4)),
        Case({HERE: "---\n---\n正文\n"}, (HERE, 2)),
    ],
    "article-key-unknown": [Case({HERE: article(attachment="a.csv")}, (HERE, 8))],
    "article-value-missing": [
        Case({HERE: article(summary=None)}, (HERE, 1)),
        Case({HERE: article(source="")}, (HERE, 4)),
        Case({HERE: article(region='""')}, (HERE, 5)),
    ],
    "article-day": [
        Case({HERE: article(date="2023-02-30")}, (HERE, 3)),
        Case({HERE: article(date="2023/12/01")}, (HERE, 3)),
        Case({HERE: article(updated="昨天")}, (HERE, 8)),
    ],
    "article-year": [Case({HERE: article(date="2022-12-01")}, (HERE, 3))],
    "article-after-today": [
        Case({"content/news/2024/a.md": article(date="2024-01-06")}, ("content/news/2024/a.md", 3))
    ],
    "article-choice": [
        Case({HERE: article(type="诚信宣传")}, (HERE, 6)),
        Case({HERE: article(region="西平县", title="西平县开展诚信宣传")}, (HERE, 5)),
        Case(
            {
                "content/events/2023/a.md": article(
                    type="opinion", title="处置情况", handler="市信用办", outcome="处理完了"
                )
            },
            ("content/events/2023/a.md", 9),
        ),
    ],
    "article-text-too-long": [Case({HERE: article(title="鲁山县" + "长" * 58)}, (HERE, 2), shown=1)],
    "article-headline": [
        Case({HERE: article(title="开展诚信宣传")}, (HERE, 2)),
        Case({HERE: article(title="关于鲁山县的宣传")}, (HERE, 2)),
        Case({HERE: article(title="郏县开展诚信宣传")}, (HERE, 2)),
    ],
    "article-attachment": [
        Case({HERE: article(attachments=["名单.csv"])}, (HERE, 8)),
        Case({HERE: article(attachments=["../2022/b.csv"]), "content/news/2022/b.csv": "甲\n"}, (HERE, 8)),
        Case({HERE: article(attachments=["程序.exe"]), "content/news/2023/程序.exe": b"MZ"}, (HERE, 8)),
    ],
    "article-file-unused": [
        Case({HERE: article(), "content/news/2023/b.csv": "甲\n"}, ("content/news/2023/b.csv", 0), shown=1)
    ],
    "article-id-repeated": [
        Case(
            {HERE: article(), "content/cases/2023/a.md": article(type="practice", title="做法")},
            ("content/cases/2023/a.md", 0),
            shown=1,
        )
    ],
    "article-link": [
        Case({HERE: article("见[名单](b.md)。\n")}, (HERE, 10)),
        Case({HERE: article("甲\n\n见[名单](/b/)。\n")}, (HERE, 12)),
        Case({HERE: article("见[下文](#没有的标题)。\n")}, (HERE, 10)),
        Case({HERE: article("![图](https://example.cn/a.png)\n")}, (HERE, 10)),
        Case({HERE: article("![图](没有.png)\n")}, (HERE, 10)),
        Case({HERE: article("见[名单][1]。\n\n[1]: b.md\n")}, (HERE, 12)),
    ],
    "article-markup": [
        Case({HERE: article("<script>alert(1)</script>\n")}, (HERE, 10)),
        Case({HERE: article("甲\n<img src=a.png onerror=alert(1)>\n")}, (HERE, 11)),
        Case({HERE: article("[点这里](javascript:alert(1))\n")}, (HERE, 10)),
        Case({HERE: article('<img src="https://example.cn/a.png">\n')}, (HERE, 10)),
        Case({HERE: article('<p style="color:red">甲</p>\n')}, (HERE, 10)),
    ],
    "article-heading": [Case({HERE: article("甲\n\n# 又一个标题\n")}, (HERE, 12))],
    "article-privacy": [
        Case({HERE: article(f"甲\n身份证号{PERSON}。\n")}, (HERE, 11)),
        Case({HERE: article(summary=f"身份证号{PERSON[:6]} {PERSON[6:14]} {PERSON[14:]}。")}, (HERE, 7)),
    ],
}
EACH = [
    pytest.param(code, case, id=f"{code}-{place}") for code, cases in CASES.items() for place, case in enumerate(cases)
]


@pytest.mark.parametrize(("code", "case"), EACH)
def test_a_fault_is_told_with_file_and_line_and_the_article_is_left_out(root: Make, code: str, case: Case) -> None:
    edition = publish_articles(declared(root(case.files)), TODAY)
    assert [(issue.file, issue.row, issue.code) for issue in edition.issues if issue.code == code] == [
        (*case.place, code)
    ]
    assert {issue.code for issue in edition.issues} <= {code, "article-file-unused"}
    assert sum(map(len, edition.sections.values())) == case.shown


def test_every_fault_of_articles_is_tried_out_here() -> None:
    assert set(CASES) | {"article-names-removed"} == {code for code in catalogue() if code.startswith("article-")}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            article(title="信用日活动"),
            "[错误] content/news/2023/a.md，第 2 行：标题没有以地名开头，现为“信用日活动”。"
            "请在标题前加上“鲁山县”；不是这个地方的请改正区域（article-headline）",
        ),
        (
            article(sumary="甲"),
            "[错误] content/news/2023/a.md，第 8 行：不认识的填写项“sumary”。"
            "请改为规定的填写项；是否应为“summary”；确实不需要的请删去（article-key-unknown）",
        ),
        (
            article(summary=None),
            "[错误] content/news/2023/a.md，第 1 行：必填的“摘要”为空。"
            "请在文章开头补写“summary:”（article-value-missing）",
        ),
    ],
)
def test_a_contributor_reads_what_is_wrong_where_and_what_to_do(root: Make, text: str, said: str) -> None:
    edition = publish_articles(declared(root({HERE: text})), TODAY)
    assert [line(issue) for issue in edition.issues] == [said]


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"region": "410423"},
        {"region": "郟县", "title": "郏县开展诚信宣传"},
        {"region": "郏县", "title": "郟县开展诚信宣传"},
        {"type": "work", "title": "开展培训"},
        {"date": "2023-12-31", "updated": "2024-01-02"},
        {"summary": '"关于: 某事"'},
    ],
)
def test_what_may_be_written_is_no_fault(root: Make, changes: dict[str, str]) -> None:
    edition = publish_articles(declared(root({HERE: article(**changes)})), TODAY)
    assert edition.issues == []
    assert len(edition.sections["news"]) == 1


def test_links_to_pages_articles_headings_and_files_beside_are_no_fault(root: Make) -> None:
    portal = root(
        {
            HERE: article(
                "见[甲](b.md)、[栏目](../../cases/index.md)、[首页](../../index.md)、[下文](#小标题)、[乙](b.md#其一)、"
                "[网站](https://example.cn/a#b)、[电话](tel:12345)。\n\n![图片](图%201.png)\n\n`[代码](x.md)`\n\n"
                "```\n# 代码\n[代码](x.md)\n```\n\n## 小标题\n"
            ),
            "content/news/2023/b.md": article("## 第一节 {#其一}\n"),
            "content/news/2023/图 1.png": b"\x89PNG",
        }
    )
    assert publish_articles(declared(portal), TODAY).issues == []


def test_an_article_that_links_to_one_that_is_left_out_is_left_out_too(root: Make) -> None:
    portal = root(
        {
            "content/news/2023/a.md": article("见[乙](b.md)。\n"),
            "content/news/2023/b.md": article("见[丙](c.md)。\n"),
            "content/news/2023/c.md": article(region="西平县"),
            "content/news/2023/d.md": article("丁\n"),
        }
    )
    edition = publish_articles(declared(portal), TODAY)
    assert [article.name for article in edition.sections["news"]] == ["d"]


def test_an_article_does_not_link_to_one_that_is_not_out_yet(root: Make) -> None:
    portal = declared(
        root(
            {
                "content/news/2023/a.md": article("见[乙](../2024/b.md)。\n"),
                "content/news/2024/b.md": article("见[甲](../2023/a.md)。\n", date="2024-01-06"),
            }
        )
    )
    edition = publish_articles(portal, TODAY)
    assert [(issue.file, issue.code) for issue in edition.issues] == [
        ("content/news/2023/a.md", "article-link"),
        ("content/news/2024/b.md", "article-after-today"),
    ]
    edition = publish_articles(portal, date(2024, 1, 6))
    assert [article.name for article in edition.sections["news"]] == ["b", "a"]


def test_portal_check_tells_faults_of_articles_and_strict_fails_for_them(root: Make) -> None:
    portal = root({HERE: article(title="宣传"), "content/news/2023/b.md": article(region="西平县")})
    result = run(portal, "check", "--strict", "--format", "github")
    assert result.exit_code == 1
    assert "::error file=content/news/2023/a.md,line=2," in result.stdout
    assert "::error file=content/news/2023/b.md,line=5," in result.stdout
    # Only what was asked for, as with data files.
    result = run(portal, "check", str(portal / HERE))
    assert HERE in result.stdout
    assert "b.md" not in result.stdout


def test_leftovers_of_editors_are_no_articles(root: Make) -> None:
    portal = root({HERE: article(), "content/news/2023/.a.md.swp": b"\0", "content/news/README.md": "说明\n"})
    write(portal / "content/news/2023/Thumbs.db", b"\0")
    assert publish_articles(declared(portal), TODAY).issues == []
