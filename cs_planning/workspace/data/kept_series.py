"""Series that are kept → what is suspicious in them, which an earlier version read, and the contacts behind a value."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

import pandas as pd

from cs_planning.errors import NotFound
from cs_planning.kpis.calendar.service_calendar import ServiceCalendar
from cs_planning.kpis.columns.mapping import RULES
from cs_planning.kpis.findings.imported import QualityFinding
from cs_planning.kpis.findings.quality import series_findings
from cs_planning.kpis.frequency import Frequency
from cs_planning.language import text
from cs_planning.storage import ImportSource, SeriesInfo, Store
from cs_planning.workspace.data.old_data import old_data
from cs_planning.workspace.layers.records import by_weight
from cs_planning.workspace.points.contacts import mapping_of
from cs_planning.workspace.points.derived import shortest
from cs_planning.workspace.points.logs import ContactLogs


def files_by_earlier_rules(sources: Iterable[ImportSource]) -> tuple[str, ...]:
    """The files whose columns were last understood by the rules of an earlier version, in the order given.

    Args:
        sources: the files that were imported, the newest first.
    """
    newest: dict[tuple[str, ...], tuple[str, int]] = {}
    for one in sources:
        mapping = mapping_of(one.mapping)
        newest.setdefault(tuple(entry.column for entry in mapping.columns), (one.file_name, mapping.rules))
    return tuple(dict.fromkeys(name for name, rules in newest.values() if rules < RULES))


def stored_findings(
    store: Store, series: Sequence[SeriesInfo], today: date, calendar: ServiceCalendar
) -> tuple[QualityFinding, ...]:
    """What is suspicious in series, each in its shortest rhythm: how old they are, then the gravest first.

    Args:
        store: with their points.
        series: those that are kept.
        today: the day on which it is asked.
        calendar: of the workspace.
    """
    groups: dict[tuple[Frequency, str], list[SeriesInfo]] = {}
    for frequency, infos in shortest(series).items():
        for info in infos:
            groups.setdefault((frequency, info.source), []).append(info)
    findings: list[QualityFinding] = []
    for (frequency, _source), infos in groups.items():
        points = store.points.load_frame(frequency, [str(info.key) for info in infos])
        if len(points):
            kpis = {info.kpi.id: info.kpi for info in infos}
            findings += series_findings(points, infos[0].rhythm, kpis, today, calendar)
    return (*old_data((info for infos in groups.values() for info in infos), today), *by_weight(findings))


def contacts_behind(logs: ContactLogs, info: SeriesInfo, day: date) -> pd.DataFrame:
    """The contacts that a value of a series rests on, with the moment that counts and the part that each has in it.

    Args:
        logs: the contacts that are kept.
        info: the series, in the rhythm of the value.
        day: any day of the period.

    Raises:
        NotFound: it was not computed of contacts, or its period holds none.
    """
    found = logs.behind(info, info.rhythm.start_of(day))
    if found is None:
        raise NotFound(
            text("{series} was not computed of contacts, so that none stand behind it.", series=info.key.named(info.kpi)),
            text("It comes from {file}.", file=info.source),
        )
    if found.empty:
        raise NotFound(
            text("No contact counts for {series} in the period of {day}.", series=info.key.named(info.kpi), day=day),
            text("Choose a day between {first} and {last}.", first=info.first, last=info.rhythm.end_of(info.last)),
        )
    return found
