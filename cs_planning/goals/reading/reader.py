"""The reader of goal sentences."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from cs_planning.goals.naming import Mention, kpis_in, language_of, plain, vague_words
from cs_planning.goals.reading.clauses import late_purpose, method_of, said, subject_of
from cs_planning.goals.reading.deadlines import TimeFrame, deadlines_in
from cs_planning.goals.reading.goal_reading import GoalReading
from cs_planning.goals.reading.measures import asked_in
from cs_planning.goals.reading.named_kpi import hurried, with_kpi
from cs_planning.goals.reading.named_numbers import with_numbers
from cs_planning.goals.reading.quantities import quantities_in, with_digits

_PER_PERIOD = re.compile(r"(?:per|a) (?:month|week|quarter|day|year)|月間")


def read_goal(sentence: str, today: date, fiscal_start_month: int | None = None) -> GoalReading:
    """What `sentence` says.

    Args:
        sentence: any text, English or Japanese.
        today: the day of reading, for "in 3 months".
        fiscal_start_month: 1…12, for "Q3"; `None` takes April for a Japanese text and January for an English one.
    """
    whole = with_digits(plain(sentence))
    language = language_of(whole)
    frames = deadlines_in(whole, today, fiscal_start_month)
    ends = [frame for frame in frames if not frame.is_start]
    timeless = _without(whole, frames)
    purpose, guard = said("purpose", timeless), said("guard", timeless)
    rest = timeless
    for clause in (guard, purpose):
        rest = rest.replace(clause, " " * len(clause), 1) if clause else rest
    purpose = purpose or late_purpose(rest)
    rest = rest.replace(purpose, " " * len(purpose), 1) if purpose in rest and purpose else rest
    if purpose and not kpis_in(rest) and kpis_in(purpose) and re.search(r"\d", purpose):
        # "To get the KPI to a value, do this": what stands as the purpose is the goal, the rest is the way.
        deed, rest = rest, purpose
        method = method_of(deed) or (deed.strip(" 、。,") if subject_of(deed) else "")
    else:
        method = method_of(rest)
    mentions = kpis_in(rest)
    main = _outside(mentions, rest, method) or mentions
    main = (*main, *hurried(main, rest.replace(method, " " * len(method), 1) if method else rest))
    reading = GoalReading(
        sentence=whole,
        language=language,
        asked=asked_in(rest),
        deadline=ends[-1].deadline if ends else None,
        first=ends[-1].first if ends and ends[-1].is_span else None,
        days=ends[-1].days if ends else None,
        recurring=bool(said("recurring", timeless)),
        scope=said("scope", _without_measured_people(timeless)),
        method=method,
        purpose=purpose,
        guard=guard,
        vague=vague_words(timeless, "adjectives", "verbs", "amounts"),
        vague_times=vague_words(timeless, "times"),
        vague_share=said("vague_share", rest),
        about_service=bool(said("service", timeless)),
        subject=subject_of(rest),
    )
    for mention in mentions:
        rest = rest.replace(mention.words, re.sub(r"\d", " ", mention.words))
    quantities = quantities_in(rest)
    reading = with_numbers(with_kpi(reading, main, rest, quantities), rest, quantities)
    if reading.baseline is not None and _PER_PERIOD.fullmatch(said("recurring", timeless)):
        return replace(reading, recurring=False)
    return reading


def _without_measured_people(sentence: str) -> str:
    """Without the people whose satisfaction is the KPI itself, who are no part of the operation that is meant."""
    for mention in kpis_in(sentence):
        if mention.kpi == "employee_satisfaction":
            sentence = sentence.replace(mention.words, " ")
    return sentence


def _without(sentence: str, frames: tuple[TimeFrame, ...]) -> str:
    for frame in frames:
        sentence = sentence[: frame.start] + " " * (frame.end - frame.start) + sentence[frame.end :]
    return sentence


def _outside(mentions: tuple[Mention, ...], rest: str, clause: str) -> tuple[Mention, ...]:
    begin = rest.find(clause) if clause else -1
    if begin <= 0 and not (clause and language_of(rest) == "ja"):
        return mentions
    return tuple(one for one in mentions if not begin <= one.start < begin + len(clause))
