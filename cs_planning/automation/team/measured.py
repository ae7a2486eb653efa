"""What reports say about a queue, and what the contacts say about the parts of its day."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field


class MeasuredPart(BaseModel):
    """The service level of a part of the day.

    Attributes:
        from_hour, to_hour: of the clock, the end not included.
        contacts: offered in it.
        service_level: of them, answered in time.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    from_hour: int = Field(ge=0, le=23)
    to_hour: int = Field(ge=1, le=24)
    contacts: float = Field(gt=0)
    service_level: float = Field(ge=0, le=1)


class Measured(BaseModel):
    """What a queue was measured to do.

    Attributes:
        service_level, abandonment_rate: of all contacts offered, 0…1.
        mean_wait_seconds: of everybody, those who gave up included.
        parts: of the day, where single contacts tell them.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    service_level: float = Field(ge=0, le=1)
    abandonment_rate: float = Field(ge=0, le=1)
    mean_wait_seconds: float = Field(ge=0)
    parts: tuple[MeasuredPart, ...] = ()
