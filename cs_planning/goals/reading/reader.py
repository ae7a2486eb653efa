"""The reader of goal sentences."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date

from cs_planning.goals.goal import Direction, Measure
from cs_planning.goals.naming import Mention, described, kpis_in, language_of, plain, usual_direction, vague_words
from cs_planning.goals.reading.clauses import ACTIVITIES, late_purpose, method_of, position, said, subject_of
from cs_planning.goals.reading.deadlines import TimeFrame, deadlines_in
from cs_planning.goals.reading.measures import Asked, asked_in, measure_of
from cs_planning.goals.reading.quantities import SECONDS, NumberRole, Quantity, all_of_them, quantities_in, with_digits
from cs_planning.kpis.catalogue import Better, Kpi, Unit

_ANSWERED = re.compile(
    r"\b(?:answer|respond|repl|call back|callback|acknowledge|first respon|pick up)|"
    r"応答|返信|回答|返答|受電|折り返|電話[^、。]*に出"
)
_RESOLVED = re.compile(r"\b(?:resolv|solv|clos|fix|handl|process|complet|settle|refund)|解決|対応|完了|処理|クローズ")
_CHATBOT = re.compile(r"\b(?:chat ?bot|bot|self service|automat)|チャットボット|ボット|自動")
_TRAINED = re.compile(r"\b(?:train|certif|coach|complete the|course)|研修|受講|修了|認定|資格")
_RETAINED = re.compile(
    r"\b(?:retain|keep)(?:ing)? (?:at least )?[\d.]+ ?%? of (?:the |our |all )?(?:[a-z]+ )?"
    r"(?:customers|clients|accounts|members|subscribers)\b"
)
_PER_PERIOD = re.compile(r"(?:per|a) (?:month|week|quarter|day|year)|月間")
_FIRST_CONTACT = re.compile(r"first (?:contact|call|reply|touch|response)|初回|一次|1回で")


@dataclass(frozen=True)
class GoalReading:
    """What a goal sentence says by itself.

    Attributes:
        sentence: the plain text that was read.
        language: `en` or `ja`.
        kpi: the id of the KPI that shall move; `None` when none is named.
        kpis: the ids of all KPIs that are goals of the sentence, the first one is `kpi`.
        target: the value to be reached, in `unit`.
        baseline: the value to start from, in `unit`.
        change: how much it shall move, without sign: percent of the baseline when `relative`, else in `unit`.
        unit: of target, baseline and change; `None` when the number is bare.
        direction: at least or at most the target; up or down for a change.
        asked: the words that say whether the total, the average, every period or the last one is meant.
        currency: ISO 4217, of an amount of money whose sign or word names one.
        threshold_seconds: the time within which one contact is answered or solved, for a share of contacts.
        deadline: the last day.
        first: the first day of the period that the sentence speaks of as a whole ("in Q3"); `None` when it names an end only.
        days: the length of time, where the deadline was written as one.
        recurring: whether it is asked for every month, week or day.
        scope, method, purpose, guard: the words that say where, how, what for and under which condition; empty without.
        vague: words that can't be checked.
        vague_times: words such as "soon" in the place of a deadline.
        vague_share: words such as "most" in the place of a share.
        about_service: whether the sentence speaks of customer service at all.
        subject: what is left besides numbers, vague and general words: the measure, when the KPI is not known by name.
    """

    sentence: str
    language: str
    kpi: str | None = None
    kpis: tuple[str, ...] = ()
    target: float | None = None
    baseline: float | None = None
    change: float | None = None
    relative: bool = False
    unit: Unit | None = None
    direction: Direction | None = None
    asked: Asked = field(default_factory=Asked)
    currency: str | None = None
    threshold_seconds: float | None = None
    deadline: date | None = None
    first: date | None = None
    days: int | None = None
    recurring: bool = False
    scope: str = ""
    method: str = ""
    purpose: str = ""
    guard: str = ""
    vague: tuple[str, ...] = ()
    vague_times: tuple[str, ...] = ()
    vague_share: str = ""
    about_service: bool = False
    subject: str = ""

    @property
    def has_number(self) -> bool:
        """Whether there is a value or a change to be reached."""
        return self.target is not None or self.change is not None

    @property
    def measure(self) -> Measure:
        """What of the KPI is compared with the target."""
        kpi = described(self.kpi) if self.kpi else None
        moves = self.baseline is not None or (self.change is not None and self.target is None)
        return measure_of(self.asked, kpi, self.first, self.deadline, moves=moves)


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
    main = (*main, *_hurried(main, rest.replace(method, " " * len(method), 1) if method else rest))
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
    reading = _with_numbers(_with_kpi(reading, main, rest, quantities), rest, quantities)
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


def _with_kpi(reading: GoalReading, mentions: tuple[Mention, ...], rest: str, quantities: tuple[Quantity, ...]) -> GoalReading:
    ids = _joined(mentions, rest)
    shares = [one for one in quantities if one.unit is Unit.PERCENT and one.part is not NumberRole.CHANGE]
    times = [
        one for one in quantities if one.unit in SECONDS and one.part in {NumberRole.WITHIN, NumberRole.TO, NumberRole.PLAIN}
    ]
    implied = _implied(rest, bool(shares or reading.vague_share) or all_of_them(rest), times) or _counted(rest, quantities)
    if not ids and implied:
        ids = [implied]
    elif ids and implied and ids[0] in _COUNTED_THINGS and not (implied in ACTIVITIES and len(mentions) > 1):
        ids = [implied, *[other for other in ids if other not in {ids[0], implied}]]
    outcome = next((mention.kpi for mention in mentions if mention.kpi not in ACTIVITIES), None)
    if ids and ids[0] in ACTIVITIES and outcome is not None:
        ids = [outcome]
    if ids[:1] == ["resolution_rate"] and times:
        ids = [_solved_within(times), *ids[1:]]
    if ids and ids[0] in _COUNTED_AS and any(_is_number_of(one) for one in quantities):
        ids = [_COUNTED_AS[ids[0]], *ids[1:]]
    if ids[:1] == ["service_level"]:
        ids = [one for one in ids if one not in {"frt_median", "asa_mean"}] if shares else ids
    return replace(reading, kpi=ids[0] if ids else None, kpis=tuple(ids))


_COUNTED_THINGS = frozenset(
    {
        "complaints",
        "contact_volume",
        "handled_volume",
        "solved_volume",
        "completion_rate",
        "resolution_rate",
        "training_sessions",
    }
)
_COUNTED_AS = {"escalation_rate": "escalations", "abandonment_rate": "abandoned_volume"}
"""A share, and the count that a plain number beside its name means."""
_VOLUMES = (("counts_received", "contact_volume"), ("counts_solved", "solved_volume"), ("counts_handled", "handled_volume"))
_WAITS = frozenset({"frt_median", "asa_mean", "service_level", "resolution_time_median", "aht_mean"})
_HIGHEST_MARK = 5.0
_DAY_SECONDS = 86_400.0
_JOINED = re.compile(
    r"\band\b|&|,|;|\+|\bas well as\b|\bwhile\b|\bplus\b|\bor\b|、|。|・|および|及び|かつ|と(?!し)|しつつ|ながら|や|も"
)


def _joined(mentions: tuple[Mention, ...], rest: str) -> list[str]:
    ids: list[str] = []
    for index, mention in enumerate(mentions):
        before, after = sorted((mentions[index - 1], mention), key=lambda one: one.start)
        if index == 0 or (_JOINED.search(rest[before.end : after.start]) and mention.kpi not in ids):
            ids.append(mention.kpi)
    return ids


def _is_number_of(one: Quantity) -> bool:
    counted = one.unit is Unit.COUNT or (one.unit is None and one.value > 100)
    return counted and one.part in {NumberRole.TO, NumberRole.PLAIN}


def _hurried(mentions: tuple[Mention, ...], rest: str) -> tuple[Mention, ...]:
    """ "Respond faster" beside another KPI is a goal of its own, unless a waiting time is named anyway."""
    words = said("faster", rest)
    if not words or not mentions or any(mention.kpi in _WAITS for mention in mentions):
        return ()
    start = rest.find(words)
    return (Mention("frt_median", start, start + len(words), words),)


def _solved_within(times: list[Quantity]) -> str:
    """The share of contacts solved within a time: a KPI of its own for a day, which the data can give."""
    is_day = any(one.unit is not None and one.value * SECONDS[one.unit] == _DAY_SECONDS for one in times)
    return "solved_within_day" if is_day else "resolved_within_share"


def _implied(rest: str, share: bool, times: list[Quantity]) -> str | None:
    timed = any(one.part is NumberRole.WITHIN or one.direction is Direction.AT_MOST for one in times)
    if _FIRST_CONTACT.search(rest) and share and not timed and re.search(r"resolv|solv|解決", rest):
        return "fcr"
    if timed and _ANSWERED.search(rest):
        return "service_level" if share else "frt_median"
    if timed and _RESOLVED.search(rest):
        return _solved_within(times) if share else "resolution_time_median"
    if share and _RETAINED.search(rest):
        return "retention_rate"
    if share and _CHATBOT.search(rest):
        return "containment_rate"
    if share and _TRAINED.search(rest):
        return "trained_share"
    if share and re.search(r"\bsatisfied|\bhappy|満足", rest):
        return "csat"
    return None


def _counted(rest: str, quantities: tuple[Quantity, ...]) -> str | None:
    units = {one.unit for one in quantities}
    volume = next((kpi for kind, kpi in _VOLUMES if said(kind, rest)), None)
    if volume is not None:
        return volume
    if Unit.SCALE in units and re.search(r"survey|rating|feedback|アンケート|評価", rest):
        return "csat"
    if Unit.COUNT in units and re.search(r"faq|article|記事|ナレッジ", rest):
        return "articles"
    if Unit.COUNT in units and re.search(r"enquir|inquir|問い?合わ?せ|入電|受電", rest):
        return "contact_volume"
    return None


def _with_numbers(reading: GoalReading, rest: str, quantities: tuple[Quantity, ...]) -> GoalReading:
    kpi = described(reading.kpi) if reading.kpi else None
    share = kpi is not None and kpi.unit is Unit.PERCENT
    if share:
        threshold = next((one for one in quantities if one.unit in SECONDS), None)
        if threshold is not None and threshold.unit is not None:
            reading = replace(reading, threshold_seconds=threshold.value * SECONDS[threshold.unit])
        quantities = tuple(one for one in quantities if one.unit not in SECONDS)
        if (
            not any(one.unit is Unit.PERCENT for one in quantities)
            and all_of_them(rest)
            and not reading.vague_share
            and (threshold or kpi.id == "trained_share" if kpi else False)
        ):
            return replace(reading, target=100.0, unit=Unit.PERCENT, direction=_direction(reading, kpi, rest, None))
    fitting = [one for one in quantities if _fits(one, kpi)]
    base = next((one for one in fitting if one.part is NumberRole.FROM), None)
    change = next((one for one in fitting if one.part is NumberRole.CHANGE), None)
    target = next(
        (one for part in (NumberRole.TO, NumberRole.WITHIN, NumberRole.PLAIN) for one in fitting if one.part is part), None
    )
    if target is not None and change is None and target.part is NumberRole.PLAIN and _is_a_change(target, kpi, rest):
        change, target = replace(target, part=NumberRole.CHANGE, relative=target.unit is Unit.PERCENT), None
    if change is not None and target is not None and target.part is NumberRole.PLAIN:
        target = None
    said = target or change
    unit = next((one.unit for one in (target, base, change) if one is not None and one.unit is not None), None)
    if unit is Unit.POINTS and reading.kpi == "csat" and target is not None and target.value <= _HIGHEST_MARK:
        unit = Unit.SCALE
    if change is not None and change.relative and target is None:
        unit = base.unit if base is not None else Unit.PERCENT
    return replace(
        reading,
        target=target.value if target else None,
        baseline=_in_unit(base, unit),
        change=change.value if change else None,
        relative=change.relative if change else False,
        unit=unit,
        currency=next((one.currency for one in (target, base, change) if one is not None and one.currency), None),
        direction=_direction(reading, kpi, rest, said, base),
    )


def _in_unit(quantity: Quantity | None, unit: Unit | None) -> float | None:
    if quantity is None:
        return None
    if quantity.unit in SECONDS and unit in SECONDS and quantity.unit is not None and unit is not None:
        return quantity.value * SECONDS[quantity.unit] / SECONDS[unit]
    return quantity.value


def _fits(quantity: Quantity, kpi: Kpi | None) -> bool:
    if kpi is None or quantity.unit is None or quantity.relative:
        return True
    if quantity.unit in SECONDS:
        return kpi.unit in SECONDS or kpi.unit is Unit.NUMBER or kpi.id in {"training_sessions", "service_cost"}
    if quantity.unit is Unit.PERCENT:
        return True
    if quantity.unit is Unit.POINTS:
        return kpi.unit in {Unit.PERCENT, Unit.POINTS, Unit.SCALE, Unit.NUMBER}
    if quantity.unit is Unit.MONEY:
        return kpi.unit is Unit.MONEY
    if quantity.unit is Unit.COUNT:
        return kpi.unit in {Unit.COUNT, Unit.NUMBER} or kpi.id in {"error_rate", "survey_response_rate", "escalation_rate"}
    return kpi.unit in {Unit.SCALE, Unit.PERCENT, Unit.POINTS} or kpi.id == "csat"


def _is_a_change(quantity: Quantity, kpi: Kpi | None, rest: str) -> bool:
    if quantity.unit is not Unit.PERCENT or kpi is None or kpi.unit is Unit.PERCENT:
        return False
    return bool(said("down", rest) or said("up", rest))


def _direction(
    reading: GoalReading, kpi: Kpi | None, rest: str, said: Quantity | None, base: Quantity | None = None
) -> Direction | None:
    if kpi is not None and kpi.unit is Unit.PERCENT and reading.threshold_seconds is not None and base is None:
        return usual_direction(kpi)
    if said is not None and base is not None and said.part is not NumberRole.CHANGE and said.value != base.value:
        value = _in_unit(base, said.unit) or 0.0
        named = _named_direction(rest)
        if kpi is not None and named is usual_direction(kpi) and not _IMPROVING.search(rest):
            return named
        return Direction.AT_LEAST if said.value > value else Direction.AT_MOST
    if said is not None and said.direction is not None and said.part is not NumberRole.WITHIN:
        return Direction.AT_LEAST if kpi is not None and kpi.id == "containment_rate" else said.direction
    up, down = position("up", rest), position("down", rest)
    usual = usual_direction(kpi) if kpi is not None and kpi.better is not Better.CONTEXT else None
    if (reading.asked.keeps or reading.asked.every) and usual:
        return usual
    improving = _IMPROVING.search(rest)
    if improving and usual and (up < 0 or improving.start() <= up) and (down < 0 or usual is Direction.AT_MOST):
        return usual
    if up >= 0 and (down < 0 or up < down):
        return Direction.AT_LEAST
    if down >= 0:
        return Direction.AT_MOST
    return usual if said is not None or kpi is not None else None


_IMPROVING = re.compile(r"\b(?:improv|enhanc|optimi|reach|achiev|boost)|改善|向上|最適|達成")


def _named_direction(rest: str) -> Direction | None:
    up, down = position("up", rest) >= 0, position("down", rest) >= 0
    if up is down:
        return None
    return Direction.AT_LEAST if up else Direction.AT_MOST
