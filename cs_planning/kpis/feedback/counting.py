"""How often each topic comes up, and how often in complaints: counted by the engine on the whole log."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import ibis
import ibis.expr.types as ir
import numpy as np
import pandas as pd

from cs_planning.kpis.contacts.points.cuts import period_of
from cs_planning.kpis.contacts.points.engines import OpenContacts, open_contacts, with_all_columns
from cs_planning.kpis.feedback.topics import Origin, Topic, complaint_pattern, named_topics, phrase_topics, tag_topics
from cs_planning.kpis.frequency import Rhythm
from cs_planning.kpis.series import SeriesKey, check_frame

MOST_READ = 20_000
_SHOWN = 8


@dataclass(frozen=True)
class Example:
    """What one customer wrote, and when."""

    day: date
    words: str


def find_topics(contacts: pd.DataFrame | Sequence[Path] | OpenContacts) -> tuple[Topic, ...]:
    """The topics of a log: of the word lists those that come up, frequent tags, and frequent phrases of the newest texts.

    Args:
        contacts: a contact table, the Parquet files of one, or contacts that are open already.

    Assumptions: the newest 20,000 texts show what is frequent; what is then counted is counted in all of them.
    """
    with open_contacts(contacts) as source:
        read = _with_words(source.table)
        newest = read.order_by(read.created_at.desc())
        tags = newest.filter(newest.tags.notnull()).select("tags").limit(MOST_READ)
        texts = newest.filter(newest.words.length() > 0).select("words").limit(MOST_READ)
        written, tagged = source.run(texts)["words"].tolist(), source.run(tags)["tags"].tolist()
    if not written and not tagged:
        return ()
    named = named_topics() if written else ()
    return (*named, *tag_topics(tagged), *phrase_topics(written, named))


def topic_points(
    contacts: pd.DataFrame | Sequence[Path] | ir.Table | OpenContacts, topics: Sequence[Topic], rhythm: Rhythm
) -> pd.DataFrame:
    """`contact_volume` and `complaints` of each topic per period: `complaints|topic=delivery`.

    A contact is a complaint if its column says so; where there is none, if its answer is dissatisfied or at most 6 of 10; where
    there is no answer either, if it has words of a complaint.

    Args:
        contacts: a contact table, the Parquet files of one, a table of a database, or contacts that are open already.
        topics: what to count.
        rhythm: of the periods.

    Returns: a series frame; periods in which a topic did not come up have 0, topics that never came up are left out.
    """
    with open_contacts(contacts) as source:
        counted = source.run(topic_query(source.table, topics, rhythm))
    if counted.empty or not topics:
        return check_frame(pd.DataFrame({"series": [], "period": [], "value": []}))
    starts = pd.to_datetime(counted["period"])
    span = pd.period_range(starts.min(), starts.max(), freq=rhythm.pandas_period).start_time
    by_period = counted.set_index(starts).reindex(span)
    frames = []
    for place, topic in enumerate(topics):
        for kpi, name in (("contact_volume", f"n_{place}"), ("complaints", f"c_{place}")):
            values = np.nan_to_num(by_period[name].to_numpy(float))
            if values.any():
                series = str(SeriesKey(kpi, (topic.scope,)))
                frames.append(pd.DataFrame({"series": series, "period": span, "value": values, "sample_size": values}))
    return check_frame(pd.concat(frames, ignore_index=True) if frames else pd.DataFrame(columns=["series", "period", "value"]))


def topic_query(contacts: ir.Table, topics: Sequence[Topic], rhythm: Rhythm) -> ir.Table:
    """The query that counts: `period`, and for each topic by its place `n_…` contacts and `c_…` complaints."""
    read = _with_words(contacts)
    columns: dict[str, ir.Value] = {"contacts": read.count()}
    complaint = _is_complaint(read)
    for place, topic in enumerate(topics):
        where = read.tags.fill_null("").lower() if topic.origin is Origin.TAG else read.words
        found = where.re_search(topic.pattern)
        columns[f"n_{place}"] = found.ifelse(1, 0).sum()
        columns[f"c_{place}"] = (found & complaint).ifelse(1, 0).sum()
    return read.group_by(period=period_of(read.created_at, rhythm)).aggregate(**columns)


def examples_of(
    contacts: pd.DataFrame | Sequence[Path] | OpenContacts, topic: Topic, count: int = _SHOWN
) -> tuple[Example, ...]:
    """The newest texts about a topic, complaints first; none where only tags are kept."""
    with open_contacts(contacts) as source:
        read = _with_words(source.table)
        where = read.tags.fill_null("").lower() if topic.origin is Origin.TAG else read.words
        about = read.filter(where.re_search(topic.pattern), read.written.length() > 0)
        chosen = about.select("created_at", "written", complains=_is_complaint(about))
        newest = chosen.order_by(chosen.complains.desc(), chosen.created_at.desc()).limit(count)
        found = source.run(newest)
    return tuple(
        Example(moment.date(), words[:400]) for moment, words in zip(found["created_at"], found["written"], strict=True)
    )


def _with_words(contacts: ir.Table) -> ir.Table:
    """The contacts with what the customer wrote, as `written` and in lower case as `words`."""
    read = with_all_columns(contacts)
    written = (read.subject.fill_null("") + "\n" + read.remark.fill_null("")).strip()
    return read.mutate(written=written, words=written.lower())


def _is_complaint(read: ir.Table) -> ir.BooleanValue:
    return ibis.coalesce(
        read.complaint, read.csat_satisfied == 0, read.nps_answer <= 6, read.words.re_search(complaint_pattern())
    )
