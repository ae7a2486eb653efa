"""A KPI that the catalogue does not hold, described by what was given and by what its name and values show."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from cs_planning.errors import InvalidSeries
from cs_planning.kpis.catalogue import CATALOGUE, Aggregation, Kpi, Unit, kpi_named
from cs_planning.kpis.currency import MONEY_WORDS
from cs_planning.language import Text, listed_texts, text

_FEWEST_VALUES = 3
_WRITTEN: Mapping[Unit, tuple[str, ...]] = {
    Unit.COUNT: ("count", "number of", "pieces", "件", "件数", "回", "人", "#"),
    Unit.PERCENT: ("percent", "percentage", "%", "pct", "share", "パーセント", "％"),
    Unit.SECONDS: ("seconds", "second", "secs", "sec", "s", "秒"),
    Unit.MINUTES: ("minutes", "minute", "mins", "min", "m", "分"),
    Unit.HOURS: ("hours", "hour", "hrs", "hr", "h", "時間"),
    Unit.POINTS: ("points", "point", "pts", "点", "ポイント"),
    Unit.SCALE: ("scale", "stars", "score"),
    Unit.MONEY: ("money", "yen", "dollars", "euros", *MONEY_WORDS),
    Unit.NUMBER: ("number", "value", "none", "plain"),
}
_MONEY = "|".join(re.escape(word) for word in MONEY_WORDS)
_NAMED = (
    (Unit.SECONDS, re.compile(r"(?:^|[_ (\[])s(?:ec(?:ond)?s?)?(?:$|[_ )\]])|秒")),
    (Unit.MINUTES, re.compile(r"(?:^|[_ (\[])min(?:ute)?s?(?:$|[_ )\]])|\(分\)|分数")),
    (Unit.HOURS, re.compile(r"(?:^|[_ (\[])h(?:(?:ou)?rs?)?(?:$|[_ )\]])|時間")),
    (Unit.PERCENT, re.compile(r"%|(?:^|[_ (\[])(?:rate|share|percent(?:age)?|pct|ratio)(?:$|[_ )\]])|率")),
    (Unit.MONEY, re.compile(rf"(?:^|[_ (\[])(?:costs?|spend|budget|yen|revenue|{_MONEY})(?:$|[_ )\]])|費|円|コスト")),
)
_NEVER_NEGATIVE = frozenset({Unit.COUNT, Unit.SECONDS, Unit.MINUTES, Unit.HOURS, Unit.MONEY})


@dataclass(frozen=True)
class Described:
    """A KPI and how it came by its description.

    Attributes:
        kpi: its unit, bounds and the way of adding it up.
        words: what was taken from its name or values instead of being told; `None` for a KPI of the catalogue.
    """

    kpi: Kpi
    words: Text | None = None


def described_by(id: str, values: np.ndarray, *, unit: str | None = None) -> Described:
    """The KPI of a name: the catalogue's, else one with the given unit, else with what its name and values show.

    Args:
        id: as imported.
        values: of its periods, shape (n,); those that are no number say nothing.
        unit: as somebody wrote it, such as `count`, `%`, `minutes`, `円`.

    Raises:
        InvalidSeries: the unit is not known.

    Assumptions: whole numbers without a negative one are counts, and counts, times and costs are never below 0; a name with
        "rate", "%" or 率 and values from 0 to 100 is a percentage; where nothing shows a bound, there is none.
    """
    if id in CATALOGUE:
        return Described(CATALOGUE[id])
    given = None if unit is None else _unit_written(id, unit)
    kpi = as_shown(kpi_named(id).model_copy(update={"unit": given} if given else {}), values, is_told=given is not None)
    return Described(kpi, None if given is not None else _words(kpi))


def as_shown(kpi: Kpi, values: np.ndarray, *, is_told: bool = False) -> Kpi:
    """A KPI with the unit and the valid range that its name and values show, where they were not told.

    Args:
        kpi: one of the catalogue stays as it is.
        values: of its periods, shape (n,).
        is_told: whether the unit was told; a plain number is otherwise one of which nobody said what it counts.
    """
    if kpi.id in CATALOGUE:
        return kpi
    finite = values[np.isfinite(values)]
    unit = kpi.unit if is_told or kpi.unit is not Unit.NUMBER else _unit_shown(kpi.id, finite)
    fields: dict[str, object] = {"unit": unit}
    is_nonnegative = len(finite) == 0 or float(finite.min()) >= 0
    if kpi.lower is None and is_nonnegative and unit in _NEVER_NEGATIVE:
        fields["lower"] = 0.0
    if unit is Unit.PERCENT and kpi.upper is None and is_nonnegative and (len(finite) == 0 or float(finite.max()) <= 100):
        fields |= {"lower": 0.0, "upper": 100.0}
    if unit is Unit.COUNT:
        fields["aggregation"] = Aggregation.SUM
    return kpi.model_copy(update=fields)


def _unit_written(id: str, written: str) -> Unit:
    wanted = written.strip().lower()
    for unit, names in _WRITTEN.items():
        if wanted in names:
            return unit
    raise InvalidSeries(
        text("The unit '{unit}' of {series} is not known.", unit=written, series=id),
        text("Write one of {units}.", units=listed_texts([unit.value for unit in Unit])),
    )


def _unit_shown(id: str, finite: np.ndarray) -> Unit:
    name = id.strip().lower()
    nonnegative = len(finite) >= _FEWEST_VALUES and bool((finite >= 0).all())
    for unit, pattern in _NAMED:
        if nonnegative and pattern.search(name):
            if unit is not Unit.PERCENT:
                return unit
            if (finite <= 100).all():
                return unit
    if nonnegative and bool((finite == np.round(finite)).all()):
        return Unit.COUNT
    return Unit.NUMBER


def _words(kpi: Kpi) -> Text:
    how = text("columns unit, lower and upper say it otherwise")
    if kpi.lower is None:
        return text(
            "{kpi} is not a known KPI: it is taken for a plain number without a lowest and highest value; {how}.",
            kpi=kpi.name,
            how=how,
        )
    if kpi.upper is None:
        return text(
            "{kpi} is not a known KPI: by its name and values it is taken for {unit}, never below 0; {how}.",
            kpi=kpi.name,
            unit=_unit_words(kpi.unit),
            how=how,
        )
    return text(
        "{kpi} is not a known KPI: by its name and values it is taken for a percentage from 0 to 100; {how}.",
        kpi=kpi.name,
        how=how,
    )


def _unit_words(unit: Unit) -> Text:
    return {
        Unit.COUNT: text("a count"),
        Unit.SECONDS: text("a time in seconds"),
        Unit.MINUTES: text("a time in minutes"),
        Unit.HOURS: text("a time in hours"),
        Unit.MONEY: text("an amount of money"),
    }.get(unit, text("a plain number"))
