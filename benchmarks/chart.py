"""A bar chart as SVG: told apart by pattern, not by colour, and legible on light and dark pages."""

from __future__ import annotations

from html import escape

_LEFT, _WIDTH, _BAR, _GAP, _KEY = 170, 400, 18, 18, 200
_LOOKS = ("full", "striped", "hollow")
_STYLE = (
    "text{font:14px system-ui,sans-serif;fill:#24292f}rect{stroke:#24292f}line{stroke:#24292f;stroke-width:3}"
    ".full{fill:#24292f}.striped{fill:url(#stripes)}.hollow{fill:none}.ground{fill:#fff;stroke:none}"
    "@media(prefers-color-scheme:dark){text,.full{fill:#e6edf3}rect,line{stroke:#e6edf3}.ground{fill:#0d1117;stroke:none}}"
)
_STRIPES = (
    '<defs><pattern id="stripes" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<line x1="0" y1="0" x2="0" y2="6"/></pattern></defs>'
)


def bars(title: str, labels: list[str], shares: dict[str, list[float]]) -> str:
    """Shares from 0 to 1 of at most three series, a group of bars for each label. Returns the file's text."""
    marks, at = [], 72
    series = list(zip(shares.items(), _LOOKS, strict=False))
    for place, label in enumerate(labels):
        middle = at + len(series) * _BAR / 2 + 4
        marks.append(f'<text x="{_LEFT - 12}" y="{middle:g}" text-anchor="end">{escape(label)}</text>')
        for (_, values), look in series:
            width = max(1, round(values[place] * _WIDTH))
            marks.append(f'<rect class="{look}" x="{_LEFT}" y="{at}" width="{width}" height="{_BAR - 4}"/>')
            marks.append(f'<text x="{_LEFT + width + 8}" y="{at + _BAR - 6}">{values[place]:.0%}</text>')
            at += _BAR
        at += _GAP
    for place, ((name, _), look) in enumerate(series):
        left = 10 + place * _KEY
        marks.append(f'<rect class="{look}" x="{left}" y="38" width="14" height="14"/>')
        marks.append(f'<text x="{left + 22}" y="50">{escape(name)}</text>')
    heading = f'<text x="10" y="20" font-weight="bold">{escape(title)}</text>'
    across = _LEFT + _WIDTH + 60
    size = f'width="{across}" height="{at}" viewBox="0 0 {across} {at}"'
    head = f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img"><title>{escape(title)}</title>'
    ground = '<rect class="ground" width="100%" height="100%"/>'
    return "\n".join([head, f"<style>{_STYLE}</style>", _STRIPES, ground, heading, *marks, "</svg>", ""])
