"""Units under their present ids: a file of frozen bulletins keeps the id that a unit had when they were issued."""

from __future__ import annotations

from collections.abc import Mapping

from generator.bulletin.frozen import Change, Correction, Frozen, FrozenFigures
from generator.bulletin.prose import with_units


def with_present_ids(frozen: Frozen, former: Mapping[str, str]) -> Frozen:
    """A bulletin with the present ids of its units in figures, text and corrections. `former`: former id → present one.

    Units that were merged since and stand side by side in it keep the ids that they had.
    """
    lines = {key for of in frozen.figures.values() for key in of.lines}
    heirs = [former.get(key, key) for key in lines]
    ids = {key: former[key] for key in lines if key in former and heirs.count(former[key]) == 1}
    if not ids:
        return frozen
    return frozen.model_copy(
        update={
            "figures": {name: _figures(of, ids) for name, of in frozen.figures.items()},
            "text": with_units(frozen.text, ids),
            "corrections": tuple(_correction(entry, ids) for entry in frozen.corrections),
        }
    )


def _figures(of: FrozenFigures, ids: Mapping[str, str]) -> FrozenFigures:
    return of.model_copy(update={"lines": {ids.get(key, key): line for key, line in of.lines.items()}})


def _correction(correction: Correction, ids: Mapping[str, str]) -> Correction:
    return correction.model_copy(update={"changes": tuple(_change(change, ids) for change in correction.changes)})


def _change(change: Change, ids: Mapping[str, str]) -> Change:
    name, key, column = change.place.split("/")
    return change.model_copy(update={"place": f"{name}/{ids.get(key, key)}/{column}"})
