"""A new kind of record: a declaration that loads at once, with comments that say what is left to fill in."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from generator.model.declaration import ConfigError
from generator.model.kinds import check_kind_id
from generator.model.portal import load_portal
from generator.scaffold.proposal import Proposal, propose
from generator.scaffold.templates import render

_OWN = (
    Proposal("XDR_MC", "行政相对人名称", "text", role="subject", required=True),
    Proposal("XDR_LB", "行政相对人类别", "choice", vocab="subject_class", role="subject_class", required=True),
    Proposal("XDR_SHXYM", "统一社会信用代码", "credit_code", role="subject_code"),
    Proposal("WSH", "决定文书号", "text", role="number", required=True),
    Proposal("JDRQ", "决定日期", "day", role="decided", required=True),
    Proposal("JG", "决定机关", "text", role="authority", required=True),
    Proposal("LYDW", "数据来源单位", "text", role="source", required=True),
    Proposal("BSRQ", "报送日期", "day", role="reported", required=True),
)
"""The fields of a kind of which nothing is known yet."""
_NEEDED = ("subject", "decided", "authority", "source", "reported")
"""Roles that every kind has."""
_ALWAYS = ("subject", "number", "decided", "reported")
"""Roles whose field every row has to fill in: without the number, two decisions could be taken for one record."""
_LISTED = ("subject", "number", "decided", "authority")
_PERSON = "自然人"


def new_kind(root: Path, kind: str, title: str, table: Path | None) -> Path:
    """Write data/kinds/<kind>/kind.yml and README.md; returns the declaration.

    `table`: a table whose columns the kind is to have. Raises ConfigError for a name that no kind may have, for a kind
    that is there already and for a table that cannot be read; then nothing is written.
    """
    portal = load_portal(root)
    folder = root / "data" / "kinds" / kind
    if folder.name != kind:
        raise ConfigError(folder, None, "类别代号不能是路径")
    check_kind_id(folder)
    if folder.exists():
        raise ConfigError(folder, None, "这一类别已经有了，请换一个代号")
    if not title.strip():
        raise ConfigError(folder, None, "类别名称（--title）不能为空")
    fields, ignored = propose(table, portal.vocabularies) if table else (list(_OWN), [])
    fields = list(_completed(fields))
    roles = {field.role: field.code for field in fields if field.role}
    # Without a number, what was decided on a day about somebody is one record.
    key = [roles.get("number", roles["decided"]), roles["subject"]]
    words = {
        "kind": kind,
        "title": title.strip(),
        "order": max((other.order for other in portal.kinds.values()), default=0) + 1,
        "roles": roles,
        "key": key,
        "list": [roles[role] for role in _LISTED if role in roles],
        "fields": fields,
        "ignored": ignored,
        "masked": "subject_class" in roles and _PERSON in portal.vocabularies["subject_class"].values,
        "person": _PERSON,
        "guessed": table is not None,
    }
    folder.mkdir(parents=True)
    try:
        (folder / "kind.yml").write_text(render("kind.yml.j2", **words), encoding="utf-8")
        (folder / "README.md").write_text(render("kind_README.md.j2", **words), encoding="utf-8")
        load_portal(root)
    except BaseException:
        shutil.rmtree(folder)
        raise
    return folder / "kind.yml"


def _completed(fields: list[Proposal]) -> Iterable[Proposal]:
    """The fields with those that play the roles no column was found for, and with what the roles demand."""
    played = {field.role for field in fields}
    codes = {field.code for field in fields}
    for field in fields:
        yield replace(field, required=True) if field.role in _ALWAYS else field
    for field in _OWN:
        if field.role in _NEEDED and field.role not in played:
            code = field.code if field.code not in codes else f"{field.code}_2"
            remark = "表中没有认出这一列，请在已有的列中指定，或者请报送单位增加此列"
            yield replace(field, code=code, required=field.role in _ALWAYS, remark=remark)
