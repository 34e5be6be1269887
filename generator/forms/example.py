"""The example row of a form: what a row looks like that has no fault, plainly of nobody."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from generator.model.condition import holds
from generator.model.guide import field_guides
from generator.model.kind import EXAMPLE_SUBJECT, Condition, Conditional, Kind
from generator.model.portal import Portal


def example_row(kind: Kind, portal: Portal) -> dict[str, str]:
    """Field code → text, "" where nothing is to be filled in. Its subject is EXAMPLE_SUBJECT, by which intake knows it.

    What is always asked for is filled in, and what follows from that; private fields are blank, as no number of an
    identity card belongs to nobody.
    """
    guides = field_guides(kind, portal.vocabularies)
    texts = {guide.code: guide.example or f"示例{kind.fields[guide.code].shown_as}" for guide in guides}
    row = {code: texts[code] if _always(field.required) else "" for code, field in kind.fields.items()}
    for code, field in kind.fields.items():
        if field.required and field.required.when and not field.private:
            row[code] = texts[code] if _meets(row, field.required.when, kind) else ""
        if field.empty and (field.empty.when is None or _meets(row, field.empty.when, kind)):
            row[code] = ""
    return {**row, kind.roles.subject: EXAMPLE_SUBJECT}


def _meets(row: Mapping[str, str], condition: Condition, kind: Kind) -> bool:
    asked = {condition.field, kind.roles.decided}
    return bool(holds(condition, pd.DataFrame({code: [row[code]] for code in asked}, dtype="str"), kind)[0])


def _always(demand: Conditional | None) -> bool:
    return demand is not None and demand.when is None
