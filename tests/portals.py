"""Small real portals on disk, and rows to put into their files.

A portal made here has the project's own kinds, vocabularies and rules, a small data/site.yml, and
only the record files a test gives it. The default rows have no fault at all.
"""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, timezone
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import patch

import pandas as pd
import yaml
from click.testing import CliRunner, Result
from codes import credit_code, identity_number
from openpyxl import Workbook

from generator.cli import portal as command
from generator.forms.form import forms
from generator.intake.sources import find_sources
from generator.model.portal import Portal, load_portal
from generator.pipeline import admitted_records, build
from generator.progress import Progress
from generator.publish.outcomes import Outcomes
from generator.publish.publish import Published
from generator.report import report
from generator.review import Review
from generator.workers import InProcess

ROOT = Path(__file__).parents[1]
TODAY = date(2024, 1, 5)
NOW = datetime(2024, 1, 5, 2, 30, tzinfo=timezone(timedelta(hours=8)))

LICENCES = "data/records/licence/2023-12/scjgj.csv"
PENALTIES = "data/records/penalty/2023-12/scjgj.csv"

SITE: dict[str, Any] = {
    "name": "信用示例",
    "description": "测试用门户",
    "today": "2024-01-05",
    "region": "410400",
    "id_key": "key-of-the-tests",
    "organizer": "示例市信用办",
    "groups": {"department": "市直部门", "county": "县（市、区）"},
    "regions": [
        {"code": "410400", "name": "平顶山市"},
        {"code": "410423", "name": "鲁山县"},
        {"code": "410425", "name": "郏县", "aliases": ["郟县"]},
    ],
    "units": [
        {
            "id": "scjgj",
            "name": "市市场监管局",
            "group": "department",
            "region": "410400",
            "code": "11410400DEMX00014A",
            "aliases": ["平顶山市市场监督管理局"],
        },
        {"id": "zjj", "name": "市住建局", "group": "department", "region": "410400", "code": "11410400DEMX00065J"},
        {
            "id": "lushan",
            "name": "鲁山县",
            "group": "county",
            "region": "410423",
            "code": "11410423DEMX010175",
            "covers": ["鲁山县"],
        },
        {"id": "jiaxian", "name": "郏县", "group": "county", "region": "410425", "aliases": ["郟县"]},
    ],
}

ADDRESS = "https://xy.example.cn/portal/"

OFFICES = [
    {"id": f"office-{number:02}", "name": f"第{number}局", "group": "department", "region": "410400", "covers": ["市"]}
    for number in range(30)
]
"""Further units, `units=[*SITE["units"], *OFFICES]`: files of one month are checked together, which is quick."""


def office(number: int, kind: str = "licence", suffix: str = "csv") -> str:
    """Path of a file of one of the OFFICES."""
    return f"data/records/{kind}/2023-12/office-{number:02}.{suffix}"


KNOWN_KINDS = (
    "licence、penalty、coercion、levy、benefit、adjudication、"
    "confirmation、award、inspection、other-action、incentive、serious-discredit、commitment、performance"
)
"""Folders of data/records/ as messages name them, in menu order, what is added to records last."""

Rows = Sequence[Mapping[str, str]]
Content = str | bytes | Rows


def make_portal(root: Path, files: Mapping[str, Content] | None = None, *, pages: bool = False, **site: Any) -> Path:
    """Lay out a portal under `root`.

    `files`: path below the root → text, bytes, or rows that become CSV (or a workbook, by the
    path's ending). `pages`: with the project's own pages and theme, so that it can be built.
    `site`: changed settings of data/site.yml; None takes one out.
    """
    for name in ("kinds", "vocab", "rules"):
        shutil.copytree(ROOT / "data" / name, root / "data" / name)
    (root / "data" / "records").mkdir()
    settings = {key: value for key, value in {**SITE, **site}.items() if value is not None}
    (root / "data" / "site.yml").write_text(yaml.safe_dump(settings, allow_unicode=True), encoding="utf-8")
    if pages:
        shutil.copyfile(ROOT / "mkdocs.yml", root / "mkdocs.yml")
        for name in ("content", "theme_overrides"):
            shutil.copytree(ROOT / name, root / name, ignore=_articles)
    for path, content in (files or {}).items():
        write(root / path, content)
    return root


def _articles(folder: str, names: list[str]) -> list[str]:
    """The demo's articles, which lie in folders of years, stay behind: they are of its own places."""
    return [name for name in names if name.isdigit()] if Path(folder).is_relative_to(ROOT / "content") else []


def article(body: str = "正文。\n", **changes: str | list[str] | None) -> str:
    """An article of 信用动态 without a fault; None takes a key out."""
    head = {
        "title": "鲁山县开展诚信宣传",
        "date": "2023-12-01",
        "source": "鲁山县",
        "region": "鲁山县",
        "type": "promotion",
        "summary": "一次宣传活动。",
        **changes,
    }
    lines = []
    for key, value in head.items():
        if isinstance(value, list):
            lines += [f"{key}:", *(f"  - {item}" for item in value)]
        elif value is not None:
            lines.append(f"{key}: {value}")
    return "\n".join(["---", *lines, "---", "", body])


def offer(root: Path, kind: str) -> None:
    """Switch the downloads of a kind on."""
    path = root / "data" / "kinds" / kind / "kind.yml"
    text = path.read_text(encoding="utf-8")
    assert text.count("\ndownloads: false\n") == 1
    path.write_text(text.replace("\ndownloads: false\n", "\ndownloads: true\n"), encoding="utf-8")


def write(path: Path, content: Content) -> None:
    """Write one file; rows are laid out by the ending of its name."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if isinstance(content, bytes):
        path.write_bytes(content)
    elif isinstance(content, str):
        path.write_bytes(content.encode())
    elif path.suffix == ".xlsx":
        path.write_bytes(workbook_of(content))
    else:
        path.write_bytes(csv_of(content).encode())


def csv_of(rows: Rows, headings: Sequence[str] | None = None, newline: str = "\n") -> str:
    """Rows (field code → value) as CSV; `headings` stand in place of the codes, in their order."""
    codes = list(dict.fromkeys(code for row in rows for code in row))
    text = io.StringIO()
    writer = csv.writer(text, lineterminator=newline)
    writer.writerow(headings or codes)
    writer.writerows([row.get(code, "") for code in codes] for row in rows)
    return text.getvalue()


def workbook_of(rows: Iterable[Mapping[str, Any]], sheet: str = "Sheet1", above: int = 0) -> bytes:
    """Rows as a workbook; values keep their Python type. `above`: blank rows over the headings."""
    rows = list(rows)
    codes = list(dict.fromkeys(code for row in rows for code in row))
    workbook = Workbook()
    table = workbook.active
    assert table is not None
    table.title = sheet
    for column, code in enumerate(codes, 1):
        table.cell(above + 1, column, code)
        for line, row in enumerate(rows, above + 2):
            table.cell(line, column, row.get(code))
    content = io.BytesIO()
    workbook.save(content)
    return content.getvalue()


FIRM = credit_code("91410400MA9DEMX01")
PERSON = identity_number("41040219900101123")
CHIEF = identity_number("41040219751231002")


def licence(number: int = 1, **changes: str) -> dict[str, str]:
    """A licence without a fault, reported by 市市场监管局 on 2023-12-05."""
    return {
        "XK_XDR_MC": f"示例粮油商贸第{number}有限公司",
        "XK_XDR_LB": "法人及非法人组织",
        "XK_XDR_SHXYM": credit_code(f"91410400MA9D{number:05}"),
        "XK_FRDB": "钱示例",
        "XK_FR_ZJLX": "身份证",
        "XK_FR_ZJHM": CHIEF,
        "XK_XDR_ZJLX": "",
        "XK_XDR_ZJHM": "",
        "XK_XKWS": "食品经营许可决定书",
        "XK_WSH": f"平市监许〔2023〕{number}号",
        "XK_XKLB": "普通",
        "XK_NR": "准予食品经营",
        "XK_JDRQ": "2023/12/01",
        "XK_YXQZ": "2023/12/01",
        "XK_YXQZI": "2028/11/30",
        "XK_XKJG": "平顶山市市场监督管理局",
        "XK_XKJGDM": "11410400DEMX00014A",
        "XK_ZT": "1",
        "XK_LYDW": "市市场监管局",
        "XK_LYDWDM": "11410400DEMX00014A",
        "BZ": "",
        "BSRQ": "2023/12/05",
        **changes,
    }


def penalty(number: int = 1, **changes: str) -> dict[str, str]:
    """A fine of 2000 yuan without a fault, reported by 市市场监管局 on 2023-12-05."""
    return {
        "CF_XDR_MC": f"示例百货第{number}有限公司",
        "CF_XDR_LB": "法人及非法人组织",
        "CF_XDR_SHXYM": credit_code(f"91410400MA9E{number:05}"),
        "CF_XDR_GSZC": "",
        "CF_FRDB": "孙示例",
        "CF_FR_ZJLX": "",
        "CF_FR_ZJHM": "",
        "CF_XDR_ZJLX": "",
        "CF_XDR_ZJHM": "",
        "CF_WSH": f"平市监罚〔2023〕{number}号",
        "CF_WFXW": "经营超过保质期的食品",
        "CF_SY": "经营超过保质期的食品",
        "CF_YJ": "《中华人民共和国食品安全法》第一百二十四条",
        "CF_CFLB": "罚款",
        "CF_NR": "罚款2000元",
        "CF_NR_FK": "0.2",
        "CF_NR_WFFF": "",
        "CF_NR_ZKDX": "",
        "CF_JDRQ": "2023/12/01",
        "CF_YXQ": "2099/12/31",
        "CF_GSJZQ": "",
        "CF_CFJG": "平顶山市市场监督管理局",
        "CF_CFJGDM": "11410400DEMX00014A",
        "CF_SJLY": "市市场监管局",
        "CF_SJLYDM": "11410400DEMX00014A",
        "BZ": "",
        "BSRQ": "2023/12/05",
        **changes,
    }


def person(row: Mapping[str, str], name: str = "张示例", number: str = PERSON) -> dict[str, str]:
    """The same decision on a natural person."""
    prefix = "XK" if "XK_XDR_MC" in row else "CF"
    return {
        **row,
        f"{prefix}_XDR_MC": name,
        f"{prefix}_XDR_LB": "自然人",
        f"{prefix}_XDR_SHXYM": "",
        f"{prefix}_FRDB": "",
        f"{prefix}_FR_ZJLX": "",
        f"{prefix}_FR_ZJHM": "",
        f"{prefix}_XDR_ZJLX": "身份证",
        f"{prefix}_XDR_ZJHM": number,
    }


def run(root: Path, *words: str) -> Result:
    """Run `portal <words>` on a portal. Exit code, standard output and standard error as a shell sees them."""
    with ExitStack() as patched:
        patched.enter_context(building())
        for commands in ("options", "checking", "building", "bulletins", "staff"):
            patched.enter_context(patch(f"generator.cli.{commands}.load_portal", declared))
        # Small portals are worked on sooner than other processes start.
        alone = {name: {"jobs": 1} for name in command.commands}
        result = CliRunner().invoke(command, [words[0], "--root", str(root), *words[1:]], default_map=alone)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


@dataclass(frozen=True)
class Admitted:
    """What publish hands on, with the declarations it was made by."""

    portal: Portal
    files: int
    published: Published

    def records(self, kind: str) -> pd.DataFrame:
        """All rows of a kind that may be seen, newest month of decision first."""
        view, declared = self.published.view, self.portal.kinds[kind]
        parts = [view.read(partition, declared) for partition in view.partitions(kind)]
        parts = [part for part in parts if len(part)]
        return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame()

    def counts(self) -> dict[str, int]:
        """Rows read and what became of them."""
        tallies = self.published.tallies
        names = ("total", "published", "expired", "superseded", "withheld", "withdrawn", "not_public")
        names += ("exited", "restricted", "added", "only_counted")
        counted = {name: getattr(tallies, name)() for name in names}
        assert counted["total"] == sum(counted[name] for name in names[1:])
        return {name: counted[name] for name in names[:5]}

    def outcomes(self) -> Outcomes:
        """What became of the rows of each file."""
        return self.published.outcomes

    def told(self, form: str = "lines") -> str:
        """The report of `portal check`."""
        return report(Review(self.files, self.published.tallies, self.published.issues), form)

    def lines(self) -> list[str]:
        """The lines of the report about faults."""
        return [line.strip() for line in self.told().splitlines() if line.startswith("  [")]


EVIL = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "*示例* **公司** _甲_ `乙`",
    "{{ 7*7 }}{% raw %}示例",
    "</td></tr></tbody></table><b>示例",
    "[示例](javascript:alert(1))",
    "示例\n\n# 公司\n\n- 甲\n- 乙",
    "&lt;示例&gt; &amp; \"甲\" '乙' &#39;",
    "@@content@@ @@title@@ <!--@@head@@-->",
    "<!-- 示例 -->",
    "</script><style>*{display:none}</style>",
    "示例\u2028公司\u202e",
    "--- \n# 示例\n***",
    "$HOME %s {0} {column} \\1 \\g<0>",
    "<https://example.cn> https://example.cn",
)
"""Names as nobody has them: what is markup elsewhere is text here."""

EVIL_SEEN = tuple(text.replace("\u202e", "") for text in EVIL)
"""As they are published in records: without what nobody sees."""


def crowd() -> dict[str, Content]:
    """Files with something of everything.

    130 plain licences of one month (two archive pages) and 3 of an older one, persons, businesses,
    names that are markup, one correction, two expired penalties, faulty rows, a workbook, GB18030.
    """
    older = {"XK_JDRQ": "2023/11/29", "XK_YXQZ": "2023/11/29"}
    licences = [licence(number) for number in range(1, 131)]
    licences += [licence(number, **older) for number in range(131, 134)]
    licences += [person(licence(140 + number), name=f"{name}示例") for number, name in enumerate("赵钱孙李")]
    licences += [licence(150, XK_XDR_LB="个体工商户", XK_FRDB="吴示例甲")]
    licences += [licence(1, XK_NR="更正后的许可内容", BSRQ="2023/12/20")]
    licences += [
        licence(160, XK_XKLB="甲类"),
        person(licence(161, XK_JDRQ="昨天"), name="郑示例乙", number=OTHER_PERSON),
    ]
    evil = [
        penalty(200 + number, CF_XDR_MC=text, CF_WSH=f"{text}{number}号", CF_CFJG=text, CF_NR=text)
        for number, text in enumerate(EVIL)
    ]
    penalties = [penalty(1), penalty(2, CF_JDRQ="2020/12/01"), penalty(3, CF_GSJZQ="2024/01/04"), person(penalty(4))]
    county = {"CF_SJLY": "鲁山县公安局", "CF_SJLYDM": credit_code("11410423MB1234567")}
    return {
        LICENCES: licences,
        PENALTIES: [*penalties, *evil],
        "data/records/penalty/2023-12/lushan.xlsx": [penalty(300, **county)],
        "data/records/licence/2024-01/scjgj.csv": csv_of(
            [licence(400, XK_JDRQ="2024/01/02", BSRQ="2024/01/03")], newline="\r\n"
        ).encode("gb18030"),
    }


OTHER_PERSON = identity_number("11010519491231002")


def declared(root: Path) -> Portal:
    """The declarations of a portal. Equal ones are read once: most portals here differ in their records only."""
    others = {root / "data" / name for name in ("records", "bulletins", "rules/bulletins")}
    files = sorted(path for path in (root / "data").rglob("*") if path.is_file() and not others & set(path.parents))
    same = sha256(b"".join(str(path.relative_to(root)).encode() + path.read_bytes() for path in files)).hexdigest()
    if same not in _DECLARED:
        _DECLARED[same] = load_portal(root)
    return replace(_DECLARED[same], root=root)


_DECLARED: dict[str, Portal] = {}


@contextmanager
def admitted(root: Path, today: date = TODAY) -> Iterator[Admitted]:
    """Intake, check and publish of a portal; the rows can be read until the block ends."""
    portal = declared(root)
    with TemporaryDirectory() as folder:
        published = admitted_records(portal, today, Path(folder), InProcess(), Progress())
        yield Admitted(portal, len(find_sources(portal)[0]), published)


def told(root: Path, today: date = TODAY) -> list[str]:
    """What a clerk reads about the faults of a portal's files, line by line."""
    with admitted(root, today) as found:
        return found.lines()


def build_site(root: Path, out: Path | None = None, **words: Any) -> Path:
    """Build a portal as of TODAY and give the site's folder."""
    site = out or root / "site"
    with building():
        build(root, site, **{"today": TODAY, "now": NOW, "jobs": 1, **words})
    return site


@contextmanager
def building() -> Iterator[None]:
    """Builds within read and lay out once what equal declarations make: a tenth of a build each."""
    with patch("generator.pipeline.load_portal", declared), patch("generator.pipeline.forms", _forms):
        yield


def _forms(portal: Portal) -> Iterable[tuple[str, bytes]]:
    key = id(portal.kinds)
    if key not in _FORMS:
        _FORMS[key] = list(forms(portal))
    return _FORMS[key]


_FORMS: dict[int, list[tuple[str, bytes]]] = {}
"""By the kinds that `_DECLARED` holds: portals that share them share all declarations."""
