"""The one rule by which a number loses its last digits: a half goes away from zero, as people and spreadsheets round."""

from __future__ import annotations

import math
from decimal import ROUND_HALF_UP, Context, Decimal

_ROOM = Context(prec=400)
_RELIABLE_DIGITS = 12
"""Significant digits of a calculation; what differs behind them is left of adding and dividing, as in a spreadsheet."""


def rounded(value: float, digits: int = 0) -> float:
    """`value` with `digits` after the point, as every screen, chart and file shows it: 362.5 is 363.

    Args:
        value: what is neither a number nor finite stays as it is.
        digits: after the point.
    """
    return float(exactly_rounded(value, digits)) + 0.0 if math.isfinite(value) else value


def rounded_whole(value: float) -> int:
    """`value` as a whole number, by the same rule.

    Args:
        value: finite.
    """
    return int(exactly_rounded(value, 0))


def exactly_rounded(value: float, digits: int) -> Decimal:
    """The same with its digits as they are written, for those who write numbers.

    Args:
        value: finite.
        digits: after the point.
    """
    is_calculated = abs(value) < 10**_RELIABLE_DIGITS
    number = Decimal(f"{float(value):.{_RELIABLE_DIGITS}g}" if is_calculated else repr(float(value)))
    return number.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP, _ROOM)


def digits_shown(value: float) -> int:
    """How many digits after the point leave three significant ones: none from 100 on, one from 10 on, else two."""
    size = abs(value)
    return 0 if size >= 100 else 1 if size >= 10 else 2


def digits_needed(value: float, most: int) -> int:
    """How many digits after the point are left of `value` when closing zeros are not written.

    Args:
        value: finite.
        most: digits that are shown.
    """
    return next(digits for digits in range(most + 1) if exactly_rounded(value, digits) == exactly_rounded(value, most))
