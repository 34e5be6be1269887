"""Where a count of a bulletin leads: to the table of the records that it counts, as far as they are still shown."""

from __future__ import annotations

from urllib.parse import urlencode

from generator.bulletin.archive import Bulletin
from generator.bulletin.figures import Figures, Values
from generator.model.portal import Portal


def address_of_rows(
    portal: Portal, bulletin: Bulletin, figures: Figures, values: Values, column: str, unit: str = ""
) -> str:
    """Below the site's root; "" where no single table has the rows. `unit`: id, "" for a sum of all units.

    An imported bulletin counted records that never were here.
    """
    declared = figures.rules.columns[column]
    kinds = declared.kinds or figures.rules.kinds
    if declared.count != "records" or len(kinds) != 1 or bulletin.imported or not values.get(column):
        return ""
    kind = portal.kinds[kinds[0]]
    asked = {**({"unit": unit} if unit else {}), "reported": bulletin.month}
    return f"notices/{kind.id}/?{urlencode(asked)}" if kind.has_rows else ""
