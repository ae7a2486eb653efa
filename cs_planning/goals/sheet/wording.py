"""S, M and T of a goal sentence."""

from __future__ import annotations

import re

import numpy as np

from cs_planning.goals.finding import Finding, Letter, Verdict, found
from cs_planning.goals.naming import described
from cs_planning.goals.objectives.conflicts import kpi_family
from cs_planning.goals.reading.quantities import SECONDS
from cs_planning.goals.sheet.entry import Entry
from cs_planning.goals.smart.measurable import FEWEST_PERIODS
from cs_planning.kpis.period_names import period_words
from cs_planning.kpis.quantity import quantity
from cs_planning.language import Text, listed_texts, text

SHORTEST_DAYS, LONGEST_DAYS = 14, 3 * 366
_STALE_PERIODS = 6
_ACTIONS = re.compile(
    r"\b(?:rais|increas|improv|reduc|cut|lower|decreas|boost|enhanc|motivat|strengthen|speed|optimi|shorten|grow|win|save|streamlin)\w*"
)
_JAPANESE_ACTIONS = re.compile(r"向上|削減|短縮|改善|強化|低減|増や|減ら|上げ|下げ|高め")


def specific(entry: Entry) -> list[Finding]:
    """Whether the sentence names one metric, one part of the operation and a way."""
    reading = entry.reading
    if not reading.sentence:
        return [
            finding(
                Letter.SPECIFIC,
                Verdict.FAIL,
                "specific.empty",
                text("There is no goal text."),
                text("Write one sentence: which KPI, from where to where, for whom, by when, how."),
            )
        ]
    families = {kpi_family(kpi) for kpi in reading.kpis}
    actions = len(_ACTIONS.findall(reading.sentence)) + len(_JAPANESE_ACTIONS.findall(reading.sentence))
    if len(families) > 1 or (actions > 2 and not reading.method and not reading.purpose):
        several = len(families) > 2 or not reading.has_number
        return [
            finding(
                Letter.SPECIFIC,
                Verdict.FAIL if several else Verdict.WARN,
                "specific.several",
                text(
                    "Several goals in one: {kpis}. When one is reached and another is not, nobody can say how it went.",
                    kpis=_names(reading.kpis),
                ),
                text("Make one goal of each."),
            )
        ]
    if reading.kpi is None and reading.method and not reading.has_number:
        return [
            finding(
                Letter.SPECIFIC,
                Verdict.WARN,
                "specific.activity",
                text("It says what will be done, but not which KPI it shall move."),
                text("Name the KPI, from where to where; what is done is the way there."),
            )
        ]
    if reading.kpi is None and not (reading.subject and reading.has_number):
        words = listed_texts(reading.vague[:3])
        return [
            finding(
                Letter.SPECIFIC,
                Verdict.FAIL,
                "specific.vague",
                text("“{words}” can mean anything: no metric is named, so everybody understands something else.", words=words)
                if words
                else text("No metric is named, so everybody understands something else by this goal."),
                text(
                    "Name the one KPI that would move, such as first response time, customer satisfaction or cost per contact."
                ),
            )
        ]
    placed = bool(
        reading.scope or reading.threshold_seconds is not None or (entry.series is not None and entry.series.key.scope)
    )
    if not reading.has_number and not placed and not reading.method:
        return [
            finding(
                Letter.SPECIFIC,
                Verdict.FAIL,
                "specific.only_a_wish",
                text("It names a metric and nothing else: not how much, not for whom, not by which means."),
                text("Say from which value to which one, for whom, and what will be done."),
            )
        ]
    if not reading.has_number or reading.kpi is None:
        return [
            finding(
                Letter.SPECIFIC,
                Verdict.WARN,
                "specific.no_amount" if not reading.has_number else "specific.unknown_kpi",
                text("It does not say how much shall change.")
                if not reading.has_number
                else text("The metric is none of the known service KPIs, so it stays open how it is counted."),
                text("Say from which value to which one.")
                if not reading.has_number
                else text("Say how it is counted, or choose a known KPI."),
            )
        ]
    if not placed and not reading.method:
        return [
            finding(
                Letter.SPECIFIC,
                Verdict.WARN,
                "specific.no_scope_or_method",
                text(
                    "The metric is clear, but neither a team, channel or customer group is named, nor how it will be reached."
                ),
                text("Add for whom and by what, such as “in the e-mail team, by rewriting the ten most used answers”."),
            )
        ]
    return [
        finding(
            Letter.SPECIFIC,
            Verdict.PASS,
            "specific.clear",
            text("It names one metric ({kpi}) and where or how it shall move.", kpi=_name(reading.kpi)),
            None if reading.method else text("Also say how it will be reached."),
        )
    ]


def measurable(entry: Entry) -> list[Finding]:
    """Whether there is a number with a unit on a KPI that is recorded."""
    reading, kpi = entry.reading, entry.kpi
    if "target" in entry.unreadable and not reading.has_number:
        return [
            finding(
                Letter.MEASURABLE,
                Verdict.FAIL,
                "measurable.unreadable_target",
                text("The target “{written}” is no number.", written=entry.unreadable["target"]),
                text("Write a number with its unit, such as 85 %."),
            )
        ]
    if not reading.has_number and kpi is not None and reading.vague_share and reading.threshold_seconds is not None:
        return [
            finding(
                Letter.MEASURABLE,
                Verdict.WARN,
                "measurable.vague_share",
                text(
                    "{kpi} is meant, but “{words}” is no share: nobody can say whether it was reached.",
                    kpi=kpi.name,
                    words=reading.vague_share,
                ),
                text("Say for which share of the contacts it holds, such as 80 %."),
            )
        ]
    if not reading.has_number:
        return [
            finding(
                Letter.MEASURABLE,
                Verdict.FAIL,
                "measurable.no_number",
                text("There is no number, so it can never be said that it is reached.")
                if kpi is None
                else text("There is no number for {kpi}, so it can never be said that it is reached.", kpi=kpi.name),
                text("Set a target value and, if known, today’s value.")
                if kpi is None
                else text("Say from which value to which one {kpi} shall move.", kpi=kpi.name),
            )
        ]
    if kpi is None:
        known = bool(reading.subject)
        return [
            finding(
                Letter.MEASURABLE,
                Verdict.WARN if known else Verdict.FAIL,
                "measurable.unknown_kpi" if known else "measurable.number_of_nothing",
                text("There is a number, but it is not clear by which record it is counted.")
                if known
                else text("There is a number, but not of what."),
                text("Name the KPI and where it is recorded."),
            )
        ]
    findings = _data(entry)
    if reading.unit is None and reading.target not in {None, 0.0} and kpi.unit in SECONDS:
        findings.append(
            finding(
                Letter.MEASURABLE,
                Verdict.WARN,
                "measurable.no_unit",
                text("The number has no unit: seconds, minutes or hours?"),
                text("Write the unit behind the number."),
            )
        )
    if reading.vague_share and reading.unit in SECONDS:
        findings.append(
            finding(
                Letter.MEASURABLE,
                Verdict.WARN,
                "measurable.vague_share",
                text("“{words}” is no share: nobody can say whether it was reached.", words=reading.vague_share),
                text("Say for which share of the contacts it holds, such as 80 %."),
            )
        )
    if entry.other_currency is not None:
        written, counted = entry.other_currency
        findings.append(
            finding(
                Letter.MEASURABLE,
                Verdict.WARN,
                "measurable.other_currency",
                text("It is in {written}, the history in {counted}: nothing is compared.", written=written, counted=counted),
                text("Write the goal in {counted}, or choose {written} as the currency.", written=written, counted=counted),
            )
        )
    if findings:
        return findings
    message = (
        text("It asks for {kpi} of {target}, a number that can be counted.", kpi=kpi.name, target=quantity(entry.target, kpi))
        if entry.target is not None
        else text("It says by how much {kpi} shall change, a number that can be counted.", kpi=kpi.name)
    )
    suggestion = (
        None
        if entry.baseline is not None or reading.target is not None
        else text("Add today’s value, so that everybody counts from the same point.")
    )
    return [finding(Letter.MEASURABLE, Verdict.PASS, "measurable.number_on_kpi", message, suggestion)]


def _data(entry: Entry) -> list[Finding]:
    if not entry.has_history or entry.kpi is None:
        return []
    series = entry.series
    if series is None:
        return [
            finding(
                Letter.MEASURABLE,
                Verdict.WARN,
                "measurable.not_recorded",
                text("{kpi} is not in the history, so nobody could tell whether the goal is reached.", kpi=entry.kpi.name),
                text("Import its history, or choose a KPI that is recorded."),
            )
        ]
    findings = []
    if len(series) < FEWEST_PERIODS:
        findings.append(
            finding(
                Letter.MEASURABLE,
                Verdict.WARN,
                "measurable.short_history",
                text(
                    "The history has {count} periods only; {needed} are the least for a forecast.",
                    count=len(series),
                    needed=FEWEST_PERIODS,
                ),
                text("Import older data, or make measuring itself the first goal."),
            )
        )
    sizes = series.sample_sizes[-6:]
    sizes = sizes[~np.isnan(sizes)]
    if len(sizes) and np.median(sizes) < series.kpi.minimum_sample:
        findings.append(
            finding(
                Letter.MEASURABLE,
                Verdict.WARN,
                "measurable.few_answers",
                text(
                    "A period rests on about {found} {what}; below {needed} the value is mostly chance.",
                    found=int(np.median(sizes)),
                    what=series.kpi.sample,
                    needed=series.kpi.minimum_sample,
                ),
                text("Ask more customers or use longer periods."),
            )
        )
    if series.rhythm.count_between(series.last_period, entry.today) > _STALE_PERIODS:
        findings.append(
            finding(
                Letter.MEASURABLE,
                Verdict.WARN,
                "measurable.stale",
                text(
                    "The last value is of {period}: is this KPI still recorded?",
                    period=period_words(series.last_period, series.rhythm),
                ),
                text("Import newer data."),
            )
        )
    return findings


def finding(letter: Letter, verdict: Verdict, rule: str, message: Text, suggestion: Text | None = None) -> Finding:
    """A finding of the letter, without a place."""
    return found(letter, verdict, rule, message, suggestion)


def _name(kpi: str | None) -> Text | str:
    return described(kpi).name if kpi else ""


def _names(kpis: tuple[str, ...]) -> Text:
    return listed_texts([described(kpi).name for kpi in kpis])
