"""What is not known for certain: a range with a likeliest value (PERT), or a plain number where somebody moves a slider."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import lru_cache
from typing import Annotated, Any

import numpy as np
from pydantic import AfterValidator, BaseModel, ConfigDict, field_validator
from pydantic_core import PydanticCustomError
from pydantic_core.core_schema import ValidationInfo
from scipy import special

from cs_planning.automation.special_functions import Floats
from cs_planning.language import Percent, Text, text


class Range(BaseModel):
    """A PERT distribution: smallest, likeliest and largest value.

    Source: Malcolm et al. (1959): a beta distribution with mean (min + 4 mode + max) / 6.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    min: float
    mode: float
    max: float

    @field_validator("mode", "max")
    @classmethod
    def _ordered(cls, value: float, info: ValidationInfo) -> float:
        lower = "min" if info.field_name == "mode" else "mode"
        if lower in info.data and value < info.data[lower]:
            raise refusal(
                text(
                    "The range is out of order: {upper_name} {upper} is below {lower_name} {lower}.",
                    upper_name=info.field_name,
                    upper=str(value),
                    lower_name=lower,
                    lower=str(info.data[lower]),
                ),
                text("Write smallest, likeliest and largest value in this order."),
            )
        return value

    @property
    def mean(self) -> float:
        """The mean of the distribution."""
        return (self.min + 4 * self.mode + self.max) / 6

    def quantile(self, shares: Floats) -> Floats:
        """The values that the `shares` (0…1, any shape) of the distribution lie below."""
        width = self.max - self.min
        if width == 0:
            return np.full(np.shape(shares), self.mode)
        position = (self.mode - self.min) / width
        return self.min + width * np.asarray(special.betaincinv(1 + 4 * position, 5 - 4 * position, shares))


Spread = float | Range
"""A number, or a range where it is not known better."""


def range_of(value: Spread) -> Range:
    """`value` as a range; a plain number has no width."""
    return value if isinstance(value, Range) else Range(min=value, mode=value, max=value)


def central(value: Spread) -> float:
    """The likeliest value."""
    return value.mode if isinstance(value, Range) else float(value)


def refusal(message: Text, remedy: Text, at: str = "") -> PydanticCustomError:
    """An error at a field that keeps its translatable message and remedy until `reading` hands them to the user.

    Args:
        message: what is wrong.
        remedy: what to do.
        at: the dotted name of a part of the field, where the error lies there.
    """
    return PydanticCustomError("planning", "{plain}", {"plain": message.source, "message": message, "remedy": remedy, "at": at})


def _ends(value: Spread) -> tuple[float, float]:
    return (value.min, value.max) if isinstance(value, Range) else (value, value)


def percent_typed(value: float) -> bool:
    """Whether a share looks like a percentage typed without dividing: 30 for 0.3."""
    return 1 < abs(value) <= 100


def percent_words(value: float) -> tuple[Text, Text]:
    """Says that a percentage was typed where a share is expected, and what to write."""
    return (
        text("{value} looks like a percentage.", value=f"{value:g}"),
        text(
            "Shares go from 0 to 1: write {share} for {percent}.",
            share=f"{value / 100:g}",
            percent=Percent(share=value / 100, digits=2),
        ),
    )


def _checked(low: float, high: float, *, share: bool) -> Callable[[Spread], Spread]:
    def check(value: Spread) -> Spread:
        least, most = _ends(value)
        if not (math.isfinite(least) and math.isfinite(most)):
            raise refusal(text("The value is not a finite number."), text("Write a number."))
        if low <= least and most <= high:
            return value
        wrong = least if least < low else most
        if share and percent_typed(wrong):
            raise refusal(*percent_words(wrong))
        raise refusal(
            text("{value} is outside {low} to {high}.", value=f"{wrong:g}", low=f"{low:g}", high=_written(high)),
            text("Write a value from {low} to {high}.", low=f"{low:g}", high=_written(high)),
        )

    return check


def _written(bound: float) -> str:
    return f"{bound:g}" if math.isfinite(bound) else "∞"


def _spread(low: float, high: float, *, share: bool) -> Any:
    return AfterValidator(_checked(low, high, share=share))


Share = Annotated[Spread, _spread(0, 1, share=True)]
"""Between 0 and 1."""
Change = Annotated[Spread, _spread(-0.9, 1, share=True)]
"""A relative change: −0.1 is a tenth less; at most doubled, at most nine tenths less."""
Deflected = Annotated[Spread, _spread(-0.9, 0.95, share=True)]
"""The part of something that stays away: a twentieth is always left, since of nothing nothing can be told."""
NotNegative = Annotated[Spread, _spread(0, math.inf, share=False)]
"""0 or more."""
Plain = Annotated[Spread, _spread(-math.inf, math.inf, share=False)]
"""Any finite number or range."""


@lru_cache(maxsize=256)
def _noted_quantiles(low: float, mode: float, high: float, shares: bytes) -> Floats:
    values = Range(min=low, mode=mode, max=high).quantile(np.frombuffer(shares))
    values.setflags(write=False)
    return values


def drawn(value: Spread, shares: Floats) -> Floats:
    """Draws of `value` at the quantiles `shares`, shape (n,), read-only; remembered, since a slider asks for the same again."""
    if isinstance(value, Range) and value.max > value.min:
        return _noted_quantiles(value.min, value.mode, value.max, np.ascontiguousarray(shares).tobytes())
    return np.broadcast_to(np.float64(central(value)), shares.shape)
