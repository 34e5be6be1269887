"""A bar chart as SVG: told apart by pattern, not by colour, and legible on light and dark pages."""

from __future__ import annotations

from html import escape

_LEFT, _WIDTH, _BAR, _GAP = 190, 400, 18, 16
_STYLE = (
    "text{font:14px system-ui,sans-serif;fill:#24292f}.bar{stroke:#24292f}.a{fill:#24292f}.b{fill:none}"
    "@media(prefers-color-scheme:dark){text{fill:#e6edf3}.bar{stroke:#e6edf3}.a{fill:#e6edf3}}"
)


def bars(title: str, labels: list[str], shares: dict[str, list[float]]) -> str:
    """Shares from 0 to 1 of two series (filled and outlined), a group of bars for each label."""
    lines, at = [], 64
    for place, label in enumerate(labels):
        lines.append(f'<text x="{_LEFT - 10}" y="{at + _BAR}" text-anchor="end">{escape(label)}</text>')
        for name, look in zip(shares, "ab", strict=True):
            share = shares[name][place]
            width = max(1, round(share * _WIDTH))
            lines.append(f'<rect class="bar {look}" x="{_LEFT}" y="{at}" width="{width}" height="{_BAR - 4}"/>')
            lines.append(f'<text x="{_LEFT + width + 8}" y="{at + _BAR - 6}">{share:.0%}</text>')
            at += _BAR
        at += _GAP
    legend = [
        f'<rect class="bar {look}" x="{_LEFT + 160 * place}" y="34" width="14" height="14"/>'
        f'<text x="{_LEFT + 160 * place + 22}" y="46">{escape(name)}</text>'
        for place, (name, look) in enumerate(zip(shares, "ab", strict=True))
    ]
    heading = f'<text x="{_LEFT}" y="20" font-weight="bold">{escape(title)}</text>'
    size = f'width="{_LEFT + _WIDTH + 70}" height="{at}" viewBox="0 0 {_LEFT + _WIDTH + 70} {at}"'
    head = f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img"><title>{escape(title)}</title>'
    return "\n".join([head, f"<style>{_STYLE}</style>", heading, *legend, *lines, "</svg>", ""])
