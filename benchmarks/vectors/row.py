"""A row of a vector file: parameters in, a value out."""

from __future__ import annotations

import re
from typing import Any

Params = dict[str, Any]
Value = float | bool | None
PERCENTILE = re.compile(r"p(\d+(?:\.\d+)?)(?:_.*)?")


class UnknownOutput(Exception):
    """The row asks for something that is not computed."""


def of(output: str, **known: Any) -> Value:
    """The value of `output` among lazily computed ones."""
    if output in known:
        value = known[output]
        found: Value = value() if callable(value) else value
        return found
    raise UnknownOutput(output)


def rate_of(p: Params) -> float:
    return float(p["lam"]) if "lam" in p else float(p["a"]) / float(p["aht"])
