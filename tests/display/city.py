"""A small city in which every record says a word that nothing else says, so that its traces can be looked for."""

from __future__ import annotations

import pandas as pd
from codes import credit_code, identity_number
from portals import licence, penalty, person

from generator.model.kind import Kind
from generator.model.record_id import as_text, record_ids

DECEMBER = "data/records/penalty/2023-12/scjgj.csv"
JANUARY = "data/records/penalty/2024-01/scjgj.csv"
LICENCES = "data/records/licence/2023-12/scjgj.csv"
ADULT = identity_number("41040219900101123")
MINOR = identity_number("41040220080615121")
ADDRESS = "https://credit.example.cn/portal/"

Row = dict[str, str]


def said(number: int, word: str, **changes: str) -> Row:
    """A penalty whose every text says `word`."""
    return penalty(
        number,
        **{
            "CF_XDR_MC": f"示例{word}有限公司",
            "CF_FRDB": f"孙{word}",
            "CF_WSH": f"平市监罚〔2023〕{word}{number}号",
            "CF_WFXW": f"违反{word}规定",
            "CF_SY": f"在经营场所存放{word}",
            "CF_YJ": f"《{word}管理条例》第一条",
            "CF_NR": f"没有{word}，罚款2000元",
            "CF_CFJG": f"平顶山市{word}管理局",
            "BZ": f"{word}已整改",
            **changes,
        },
    )


def licensed(number: int, word: str, **changes: str) -> Row:
    """A licence whose every text says `word`."""
    return licence(
        number,
        **{
            "XK_XDR_MC": f"示例{word}有限公司",
            "XK_FRDB": f"钱{word}",
            "XK_WSH": f"平市监许〔2023〕{word}{number}号",
            "XK_XKWS": f"{word}许可决定",
            "XK_XKZS": f"{word}许可证",
            "XK_NR": f"准予经营{word}",
            "XK_XKJG": f"平顶山市{word}管理局",
            "BZ": f"{word}无",
            **changes,
        },
    )


SHOP_CODE = credit_code("91410400MA9D77777")

WITHDRAWN = said(1, "犇骉")
WITHDRAWN_LICENCE = licensed(1, "麤毳")
KEPT = said(2, "淼焱")
EXPIRING = said(3, "鑫垚", CF_GSJZQ="2024-01-10")
EXPIRING_LICENCE = licensed(3, "赑屃", XK_YXQZ="2020-01-10", XK_YXQZI="2023-01-10", XK_JDRQ="2020-01-10")
BOTH_PENALTY = said(
    4, "猋飍", CF_XDR_MC="双面示例有限公司", CF_XDR_SHXYM=SHOP_CODE, CF_FRDB="周两处", CF_CFJG="平顶山市市场监督管理局"
)
BOTH_LICENCE = licensed(4, "朤品", XK_XDR_MC="双面示例有限公司", XK_XDR_SHXYM=SHOP_CODE, XK_FRDB="周两处")
CORRECTED_BEFORE = said(5, "叒叕", CF_WSH="平市监罚〔2023〕5号")
CORRECTED_AFTER = said(
    5,
    "芔茻",
    CF_WSH="平市监罚〔2023〕5号",
    CF_XDR_SHXYM=CORRECTED_BEFORE["CF_XDR_SHXYM"],
    BSRQ="2024/01/03",
)
OBJECTED = said(6, "皛晶")
PERSON_PENALTY = person(
    said(7, "劦协", CF_SY="欧阳骁骐无证经营", CF_NR="对欧阳骁骐罚款2000元"), name="欧阳骁骐", number=ADULT
)
PERSON_LICENCE = person(licensed(7, "孨子"), name="诸葛骅骝", number=ADULT)
SIMPLE = person({**said(8, "惢歮"), "CFCX": "简易程序"}, name="上官骢骥", number=ADULT)
MINOR_PENALTY = person({**said(9, "譶龖"), "CFCX": "普通程序"}, name="司徒骦骧", number=MINOR)
MINOR_LICENCE = person(licensed(9, "羴鱻"), name="东方骠骢", number=MINOR)
WITHHELD = said(10, "龘靐", CF_SY="在经营场所存放龘靐，电话13800138000")
ONE_MORE_LICENCE = licensed(11, "瞐目")


def words_of(*rows: Row) -> list[str]:
    """What only these rows say: the word, the number, and the code."""
    words: list[str] = []
    for row in rows:
        prefix = "XK" if "XK_WSH" in row else "CF"
        word = row[f"{prefix}_WSH"].partition("〕")[2].rstrip("0123456789号")
        words += [word, row[f"{prefix}_WSH"], row[f"{prefix}_XDR_SHXYM"]]
    return [word for word in dict.fromkeys(words) if word]


def files(*, corrected: bool = True) -> dict[str, object]:
    """The record files of the city, as of 2024-01-05."""
    found: dict[str, object] = {
        DECEMBER: [
            WITHDRAWN,
            KEPT,
            EXPIRING,
            BOTH_PENALTY,
            CORRECTED_BEFORE,
            OBJECTED,
            PERSON_PENALTY,
            SIMPLE,
            MINOR_PENALTY,
            WITHHELD,
        ],
        LICENCES: [
            WITHDRAWN_LICENCE,
            EXPIRING_LICENCE,
            BOTH_LICENCE,
            PERSON_LICENCE,
            MINOR_LICENCE,
            ONE_MORE_LICENCE,
        ],
    }
    return {**found, JANUARY: [CORRECTED_AFTER]} if corrected else found


def id_of(row: Row, kind: Kind, key: str) -> str:
    """Id of the record of a row, shown or not."""
    frame = pd.DataFrame([{code: row.get(code, "") for code in kind.fields}]).astype("str")
    return str(as_text(record_ids(frame, kind, key))[0])
