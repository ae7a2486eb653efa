"""What the words of an entry say about its time."""

from __future__ import annotations

from cs_planning.goals.finding import Finding, Letter, Verdict
from cs_planning.goals.sheet.entry import Entry
from cs_planning.goals.sheet.wording import LONGEST_DAYS, SHORTEST_DAYS, finding
from cs_planning.language import listed_texts, rounded_whole, text


def time_bound(entry: Entry) -> list[Finding]:
    """Whether there is a day on which it can be said that the goal is reached or missed."""
    reading = entry.reading
    if reading.deadline is None:
        return [_without_deadline(entry)]
    days = (reading.deadline - entry.today).days
    if days < 0:
        return [
            finding(
                Letter.TIME_BOUND,
                Verdict.FAIL,
                "time_bound.past",
                text("The deadline, {deadline}, is over.", deadline=reading.deadline),
                text("Set a deadline that is still to come."),
            )
        ]
    shortest = SHORTEST_DAYS
    if entry.series is not None:
        shortest = max(
            shortest,
            (entry.series.frequency.next_after(entry.today) - entry.today).days - 3
            if entry.series.frequency.periods_per_year >= 12
            else 80,
        )
    if days < shortest:
        return [
            finding(
                Letter.TIME_BOUND,
                Verdict.WARN,
                "time_bound.too_short",
                text(
                    "Only {count} days are left until {deadline}: too few for the KPI to show an effect.",
                    count=days,
                    deadline=reading.deadline,
                ),
                text("Set the end of the next quarter."),
            )
        ]
    if days > LONGEST_DAYS:
        return [
            finding(
                Letter.TIME_BOUND,
                Verdict.WARN,
                "time_bound.too_long",
                text(
                    "The deadline, {deadline}, is {count} months away: too far for anybody to feel it.",
                    deadline=reading.deadline,
                    count=rounded_whole(days / 30.4),
                ),
                text("Set a nearer goal on the way."),
            )
        ]
    return [
        finding(
            Letter.TIME_BOUND,
            Verdict.PASS,
            "time_bound.clear",
            text("It ends on {deadline}.", deadline=reading.deadline),
            text("Set milestones on the way.") if days > 92 else None,
        )
    ]


def _without_deadline(entry: Entry) -> Finding:
    reading = entry.reading
    if "deadline" in entry.unreadable:
        return finding(
            Letter.TIME_BOUND,
            Verdict.FAIL,
            "time_bound.unreadable",
            text("“{written}” is no date.", written=entry.unreadable["deadline"]),
            text("Write it as 2026-09-30, 2026-Q3 or “end of September”."),
        )
    if reading.vague_times:
        return finding(
            Letter.TIME_BOUND,
            Verdict.FAIL,
            "time_bound.soon",
            text("“{words}” is no date: the goal can never be missed.", words=listed_texts(reading.vague_times[:2])),
            text("Name the day or the quarter at whose end it shall be reached."),
        )
    if reading.recurring and reading.has_number:
        return finding(
            Letter.TIME_BOUND,
            Verdict.WARN,
            "time_bound.no_end",
            text("It says how often, but not until when: a goal without an end is a standard."),
            text("Say until when it holds and when it is reviewed."),
        )
    return finding(
        Letter.TIME_BOUND,
        Verdict.FAIL,
        "time_bound.no_deadline",
        text("There is no deadline, so the goal can never be missed and never be celebrated."),
        text("Name the day or the quarter at whose end it shall be reached."),
    )
