"""A trend as small as a word: drawn as a picture, since a chart for each row of a list costs a hundred times as much."""

from __future__ import annotations

import math
from collections.abc import Sequence

_WIDTH, _HEIGHT, _EDGE = 132, 30, 4
_LINE, _TARGET = "#7d8b99", "#c05621"


def sparkline(values: Sequence[float], target: float | None = None) -> str:
    """An SVG picture of a line with its last value marked, and the target as a broken line.

    Args:
        values: in order, at least one; those that are not finite are left out.
        target: in the same unit; left out where there is none.
    """
    kept = [(place, value) for place, value in enumerate(values) if math.isfinite(value)]
    levels = [value for _place, value in kept] + ([target] if target is not None else [])
    low, high = min(levels, default=0.0), max(levels, default=0.0)
    room = (high - low) or 1.0
    step = (_WIDTH - 2 * _EDGE) / max(len(values) - 1, 1)

    def height(value: float) -> float:
        return _EDGE + (_HEIGHT - 2 * _EDGE) * (1 - (value - low) / room) if high > low else _HEIGHT / 2

    points = [(_EDGE + place * step, height(value)) for place, value in kept]
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    parts = [f'<polyline points="{path}" fill="none" stroke="{_LINE}" stroke-width="1.5" stroke-linejoin="round"/>']
    if target is not None:
        y = height(target)
        parts.append(
            f'<line x1="0" x2="{_WIDTH}" y1="{y:.1f}" y2="{y:.1f}" stroke="{_TARGET}" stroke-width="1" stroke-dasharray="3 3"/>'
        )
    if points:
        x, y = points[-1]
        parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="2.5" fill="{_LINE}"/>')
    size = f'width="{_WIDTH}" height="{_HEIGHT}" viewBox="0 0 {_WIDTH} {_HEIGHT}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{"".join(parts)}</svg>'
