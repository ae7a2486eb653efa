"""What a KPI is: its unit, which way it improves, its valid range, how longer periods are made of shorter ones."""

from __future__ import annotations

from enum import StrEnum

from pydantic import BaseModel, ConfigDict

from cs_planning.language import Text, text


class Unit(StrEnum):
    """What the values of a KPI count."""

    COUNT = "count"
    PERCENT = "percent"
    SECONDS = "seconds"
    MINUTES = "minutes"
    HOURS = "hours"
    POINTS = "points"
    SCALE = "scale"
    MONEY = "money"
    NUMBER = "number"


class Better(StrEnum):
    """Which way a KPI improves. `BAND` is best inside a range, `CONTEXT` is neither good nor bad by itself."""

    HIGHER = "higher"
    LOWER = "lower"
    BAND = "band"
    CONTEXT = "context"


class Aggregation(StrEnum):
    """How values of short periods make the value of a long one.

    `SUM` adds; `WEIGHTED_MEAN` weighs by sample size, which is exact for a ratio whose sample size is its denominator and for a
    mean whose sample size is its number of answers; `LAST` takes the value at the end; `NONE` means that it must be computed
    again from the contacts (medians, percentiles) and can't be made from shorter periods at all.
    """

    SUM = "sum"
    WEIGHTED_MEAN = "weighted_mean"
    LAST = "last"
    NONE = "none"


class Kpi(BaseModel):
    """A measure of service.

    `lower` and `upper` bound its valid values in its unit, `plausible` what its usual value can be in any service; below
    `minimum_sample` observations a value is noise; `sample` says what the sample size of a value counts; `currency` (ISO 4217)
    is that of money.
    """

    model_config = ConfigDict(frozen=True)

    id: str
    name: Text
    unit: Unit
    better: Better
    aggregation: Aggregation
    formula: Text
    lower: float | None = None
    upper: float | None = None
    plausible: tuple[float, float] | None = None
    minimum_sample: int = 1
    sample: Text = text("contacts")
    currency: str = "USD"

    @property
    def is_share(self) -> bool:
        """Whether it is a percentage of counted things, whose sampling noise follows from the sample size."""
        return self.unit is Unit.PERCENT and self.aggregation is Aggregation.WEIGHTED_MEAN

    def in_currency(self, code: str) -> Kpi:
        """The same KPI with its amounts written in a currency (ISO 4217); one that is no money stays as it is."""
        return self.model_copy(update={"currency": code}) if self.unit is Unit.MONEY and self.currency != code else self


class Kgi(BaseModel):
    """A yearly outcome that KPIs serve."""

    model_config = ConfigDict(frozen=True)

    id: str
    name: Text
