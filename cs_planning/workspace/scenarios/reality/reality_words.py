"""What came of a scenario in plain words: a verdict a line, the figures with their units, the ranges that were seen."""

from __future__ import annotations

from collections.abc import Mapping

from cs_planning.automation.answers.reality import FigureSeen, PromiseVerdict, SeenFigure, SeenMonth, SeenRange
from cs_planning.automation.ranges import range_of
from cs_planning.automation.scenarios.outcome import Band
from cs_planning.automation.team.channel import ChannelKind
from cs_planning.kpis.catalogue import CATALOGUE, Kpi, Unit
from cs_planning.kpis.frequency import MONTHS
from cs_planning.kpis.period_names import period_words
from cs_planning.kpis.quantity import duration, quantity, unit_label
from cs_planning.language import Percent, Text, listed_texts, rounded_whole, text
from cs_planning.notebook.blocks.block import Chart, TableBlock, TableColumn, Words
from cs_planning.notebook.blocks.reality_chart import HeldMonth
from cs_planning.notebook.blocks.reality_chart import reality as reality_chart
from cs_planning.workspace.scenarios.reality.against_reality import Reality
from cs_planning.workspace.scenarios.told.figures import contact_cost_kpi, cost_kpi
from cs_planning.workspace.words.fields import label

_NAMES: Mapping[SeenFigure, Text] = {
    SeenFigure.WAIT: text("Mean wait"),
    SeenFigure.SERVICE_LEVEL: text("Service level"),
    SeenFigure.ABANDONMENT: text("Abandonment"),
    SeenFigure.CONTAINED: text("Contacts that the bot ends"),
    SeenFigure.COST_PER_CONTACT: text("Cost per contact"),
    SeenFigure.COST_PER_MONTH: text("Cost a month"),
    SeenFigure.CONTACTS: text("Contacts a month"),
    SeenFigure.HANDLE_TIME: text("Handle time of people"),
}
_IMPORTED: Mapping[SeenFigure, Text] = {
    SeenFigure.WAIT: CATALOGUE["asa_mean"].name,
    SeenFigure.SERVICE_LEVEL: CATALOGUE["service_level"].name,
    SeenFigure.ABANDONMENT: CATALOGUE["abandonment_rate"].name,
    SeenFigure.CONTAINED: CATALOGUE["containment_rate"].name,
    SeenFigure.COST_PER_CONTACT: CATALOGUE["cost_per_contact"].name,
}
_ORDER = (
    *(PromiseVerdict.WORSE, PromiseVerdict.BETTER, PromiseVerdict.AS_SIMULATED, PromiseVerdict.MORE, PromiseVerdict.FEWER),
    *(PromiseVerdict.TOO_EARLY, PromiseVerdict.NO_DATA),
)
_SHARES = CATALOGUE["service_level"]
_LONG_SECONDS = 600
_VERY_LONG_SECONDS = 3 * 3600


def name_of(reality: Reality, one: FigureSeen) -> Text:
    """A figure as a reader calls it, with its channel where there are several."""
    return _with_channel(reality, one, _NAMES[one.figure])


def _with_channel(reality: Reality, one: FigureSeen, name: Text) -> Text:
    channels = reality.operation.channels
    if one.channel is None or len(channels) < 2:
        return name
    return text("{channel}: {figure}", channel=channels[one.channel].label(), figure=name)


def verdicts_of(reality: Reality) -> tuple[tuple[PromiseVerdict, Text], ...]:
    """One plain sentence for each kind of verdict that there is, bad news first, what to import last."""
    by_verdict: dict[PromiseVerdict, list[Text]] = {}
    for one in reality.figures:
        if one.verdict is PromiseVerdict.NO_DATA:
            if one.figure is SeenFigure.COST_PER_CONTACT and reality.cost_of_more:
                continue
            mail = one.channel is not None and reality.operation.channels[one.channel].kind is ChannelKind.EMAIL
            first_response = one.figure is SeenFigure.WAIT and mail
            wanted = CATALOGUE["frt_mean"].name if first_response else _IMPORTED[one.figure]
            by_verdict.setdefault(one.verdict, []).append(_with_channel(reality, one, wanted))
        else:
            by_verdict.setdefault(one.verdict, []).append(name_of(reality, one))
    return tuple(
        (verdict, _sentence(verdict, listed_texts(by_verdict[verdict]))) for verdict in _ORDER if verdict in by_verdict
    )


def _sentence(verdict: PromiseVerdict, figures: Text) -> Text:
    return {
        PromiseVerdict.AS_SIMULATED: text("As simulated: {figures}.", figures=figures),
        PromiseVerdict.BETTER: text("Better than simulated: {figures}.", figures=figures),
        PromiseVerdict.WORSE: text("Worse than simulated: {figures}.", figures=figures),
        PromiseVerdict.MORE: text("More contacts came than simulated: the figures above are those of more work."),
        PromiseVerdict.FEWER: text("Fewer contacts came than simulated: the figures above are those of less work."),
        PromiseVerdict.TOO_EARLY: text("Too early to say, since no month is over yet: {figures}.", figures=figures),
        PromiseVerdict.NO_DATA: text("No data yet: import {figures}.", figures=figures),
    }[verdict]


def months_table(reality: Reality) -> TableBlock:
    """A row a month and a column a figure: what was measured, and the simulated 80 % range."""
    figures = [one for one in reality.figures if one.verdict is not PromiseVerdict.NO_DATA]
    shown = figures or list(reality.figures)
    months = [one.month for one in shown[0].months] if shown else []
    rows: list[tuple[Words, ...]] = []
    for number, month in enumerate(months):
        rows.append((period_words(month, MONTHS), *(_cell(reality, one, one.months[number]) for one in shown)))
    columns = [TableColumn(name=f"{one.figure}{place}", label=name_of(reality, one)) for place, one in enumerate(shown)]
    return TableBlock(columns=(TableColumn(name="month", label=text("Month")), *columns), rows=tuple(rows))


def _cell(reality: Reality, one: FigureSeen, month: SeenMonth) -> Text:
    low, high = value_words(reality, one.figure, month.band.low), value_words(reality, one.figure, month.band.high)
    if month.seen is None:
        return text("– (simulated {low} to {high})", low=low, high=high)
    value = value_words(reality, one.figure, month.seen.value)
    if not month.seen.whole:
        return text("so far {value} (simulated {low} to {high})", value=value, low=low, high=high)
    return text("{value} (simulated {low} to {high})", value=value, low=low, high=high)


def charts_of(reality: Reality) -> tuple[Chart, ...]:
    """The wait of each channel, the share that the bot ends, and the cost: simulated and measured, where something was."""
    measured = [one for one in reality.figures if one.verdict is not PromiseVerdict.NO_DATA]
    per_contact = any(one.figure is SeenFigure.COST_PER_CONTACT for one in measured)
    cost = SeenFigure.COST_PER_CONTACT if per_contact else SeenFigure.COST_PER_MONTH
    drawn = [one for one in measured if one.figure in {SeenFigure.WAIT, SeenFigure.CONTAINED, cost}]
    return tuple(_chart(reality, one) for one in drawn)


def _chart(reality: Reality, one: FigureSeen) -> Chart:
    kpi, factor = _kpi_for(reality, one)
    months = [HeldMonth(month, factor * seen.value, seen.whole) for month, seen in one.earlier]
    for month in one.months:
        band = Band(*(factor * value for value in (month.band.median, month.band.low, month.band.high)))
        seen = month.seen
        months.append(HeldMonth(month.month, None if seen is None else factor * seen.value, seen is None or seen.whole, band))
    last = next(month for month in reversed(one.months) if month.seen is not None)
    words = text("{month}: {figures}.", month=period_words(last.month, MONTHS), figures=_cell(reality, one, last))
    title = text("{figure} ({unit})", figure=name_of(reality, one), unit=unit_label(kpi))
    return reality_chart(title, months, kpi, start=reality.start, alt=words)


def _kpi_for(reality: Reality, one: FigureSeen) -> tuple[Kpi, float]:
    """As `kpi_of`, long times in minutes or hours."""
    kpi, factor = kpi_of(reality, one.figure)
    longest = max(month.band.high for month in one.months)
    if kpi.unit is not Unit.SECONDS or longest < _LONG_SECONDS:
        return kpi, factor
    if longest < _VERY_LONG_SECONDS:
        return kpi.model_copy(update={"unit": Unit.MINUTES}), factor / 60
    return kpi.model_copy(update={"unit": Unit.HOURS}), factor / 3600


def kpi_of(reality: Reality, figure: SeenFigure) -> tuple[Kpi, float]:
    """How a figure is written, and the factor to that unit."""
    if figure.is_share:
        return _SHARES, 100.0
    return {
        SeenFigure.COST_PER_CONTACT: contact_cost_kpi(reality.operation),
        SeenFigure.COST_PER_MONTH: cost_kpi(reality.operation),
        SeenFigure.CONTACTS: CATALOGUE["contact_volume"],
    }.get(figure, CATALOGUE["asa_mean"]), 1.0


def value_words(reality: Reality, figure: SeenFigure, value: float) -> Text:
    """A value with its unit."""
    if figure in {SeenFigure.WAIT, SeenFigure.HANDLE_TIME}:
        return duration(value)
    kpi, factor = kpi_of(reality, figure)
    return quantity(rounded_whole(value) if figure is SeenFigure.CONTACTS else factor * value, kpi)


def range_words(reality: Reality, found: SeenRange) -> Text:
    """What was simulated of a lever, and what was seen."""
    lever = reality.scenario.levers[found.place]
    old = range_of(found.before)
    shared = {
        "lever": lever.title,
        "field": label(f"lever.{found.field}", text("{name}", name=found.field)),
        **{name: Percent(share=getattr(old, name), digits=1) for name in ("min", "mode", "max")},
        **{f"seen_{name}": Percent(share=getattr(found.seen, name), digits=1) for name in ("min", "mode", "max")},
    }
    if found.growing:
        return text(
            "{lever}, {field}: simulated {mode} ({min} to {max}); seen so far, while it is still growing: "
            "{seen_mode} ({seen_min} to {seen_max}).",
            **shared,
        )
    return text(
        "{lever}, {field}: simulated {mode} ({min} to {max}); seen {seen_mode} ({seen_min} to {seen_max}).",
        **shared,
    )
