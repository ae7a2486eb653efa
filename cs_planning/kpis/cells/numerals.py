"""Written numerals → digits: 1億2,000万, 1万2千, 千二百, 三十五."""

from __future__ import annotations

import re

_DIGITS = {sign: value for value, sign in enumerate("〇一二三四五六七八九")} | {"零": 0, "壱": 1, "弐": 2, "参": 3}
_SMALL = {"十": 10, "百": 100, "千": 1000}
_LARGE = {"万": 10**4, "億": 10**8, "兆": 10**12}
_SIGNS = "".join((*_DIGITS, *_SMALL, *_LARGE))
_RUN = re.compile(rf"[\d.,{_SIGNS}]*[{_SIGNS}][\d.,{_SIGNS}]*")
_DIGIT_RUN = re.compile(rf"[{''.join(_DIGITS)}]+")


def with_digits(written: str) -> str:
    """A narrow cell with its Japanese numerals in digits: `1億2,000万円` becomes `120000000円`; other cells as they are."""
    if written.isascii():
        return written
    return _RUN.sub(lambda match: _digits_of(match[0]) or match[0], written)


def _digits_of(run: str) -> str | None:
    if _DIGIT_RUN.fullmatch(run):
        return "".join(str(_DIGITS[sign]) for sign in run)
    total, section, number = 0.0, 0.0, ""
    largest = float("inf")
    for sign in run:
        if sign in _LARGE:
            if _LARGE[sign] >= largest:
                return None
            largest = _LARGE[sign]
            amount = section + _amount(number) if number or section else 1.0
            total, section, number = total + amount * _LARGE[sign], 0.0, ""
        elif sign in _SMALL:
            section += (_amount(number) if number else 1.0) * _SMALL[sign]
            number = ""
        else:
            number += str(_DIGITS[sign]) if sign in _DIGITS else sign
    if number.count(".") > 1:
        return None
    value = total + section + (_amount(number) if number else 0.0)
    return f"{value:.15g}" if value < 1e15 else str(int(value))


def _amount(number: str) -> float:
    """The value of digits with thousands marks; the point alone is a decimal mark beside 万 and 億."""
    bare = number.replace(",", "")
    return float(bare) if bare.strip(".") and bare.count(".") <= 1 else 0.0
