"""Within which time contacts of each priority are to be answered and solved, where their file does not say it itself."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from cs_planning.errors import InvalidOpeningHours
from cs_planning.language import Duration, Text, listed_texts, text

_OTHERS = frozenset({"*", "other", "others", "all", "any", "その他", "ほか", "他", "すべて"})
_MOST_HOURS = 87_600
_ONE = re.compile(r"(?P<priority>.+?)\s*[:=：]?\s+(?P<first>[\d.]+|-)\s*h?\s*/\s*(?P<solved>[\d.]+|-)\s*h?")

_Hours = Annotated[float, Field(gt=0, le=_MOST_HOURS)]


class SlaTarget(BaseModel):
    """The agreed times of one priority.

    Attributes:
        priority: as the files write it, whatever its case; empty for every priority without a target of its own.
        first_response_hours: until the first answer; None where nothing was agreed.
        resolution_hours: until the solution; None where nothing was agreed.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    priority: str
    first_response_hours: _Hours | None = None
    resolution_hours: _Hours | None = None

    @property
    def key(self) -> str:
        """The priority in the form in which priorities are compared."""
        return self.priority.strip().lower()

    @property
    def words(self) -> Text:
        """The priority and its times, for a sentence."""
        return text(
            "{priority}: {first} / {solved}",
            priority=self.priority or text("other"),
            first=_hours_said(self.first_response_hours),
            solved=_hours_said(self.resolution_hours),
        )


class SlaTargets(BaseModel):
    """The targets of a service; a priority counts by the first one that names it, else by the one for all others.

    Attributes:
        targets: of each priority.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    targets: tuple[SlaTarget, ...]

    @property
    def written(self) -> str:
        """The targets in the form that `read_targets` reads."""
        return "; ".join(
            f"{one.priority or '*'} {_hours_written(one.first_response_hours)}/{_hours_written(one.resolution_hours)}"
            for one in self.targets
        )

    @property
    def words(self) -> Text:
        """All of them, for a sentence."""
        return listed_texts([one.words for one in self.targets])


def read_targets(written: str) -> SlaTargets | None:
    """Targets out of `urgent 1/8; high 4/24; * 8/72`: hours to the first response / to the solution, `-` where none is agreed.

    Args:
        written: one target behind the other, with semicolons or line breaks between them.

    Returns:
        None where nothing is written.

    Raises:
        InvalidOpeningHours: a part is no target, or a priority is there twice.
    """
    found: list[SlaTarget] = []
    for part in re.split(r"[;；\n]+", written):
        if not part.strip():
            continue
        match = _ONE.fullmatch(part.strip())
        hours = [] if match is None else [_hours_of(match[name]) for name in ("first", "solved")]
        if match is None or not hours or any(one is not None and not 0 < one <= _MOST_HOURS for one in hours):
            raise InvalidOpeningHours(
                text("“{part}” is no target.", part=part.strip()[:60]),
                text("Write a priority and hours, first response / solution, such as “urgent 1/8; high 4/24; * 8/72”."),
            )
        name = match["priority"].strip()
        target = SlaTarget(
            priority="" if name.lower() in _OTHERS else name, first_response_hours=hours[0], resolution_hours=hours[1]
        )
        if any(target.key == other.key for other in found):
            raise InvalidOpeningHours(
                text("The priority {priority} has two targets.", priority=name), text("Keep one target for each priority.")
            )
        found.append(target)
    return SlaTargets(targets=tuple(found)) if found else None


def _hours_of(written: str) -> float | None:
    try:
        return None if written == "-" else float(written)
    except ValueError:
        return -1.0


def _hours_written(hours: float | None) -> str:
    return "-" if hours is None else str(hours).removesuffix(".0")


def _hours_said(hours: float | None) -> Text | Duration:
    return text("none") if hours is None else Duration(seconds=3600 * hours)
