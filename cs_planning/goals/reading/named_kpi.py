"""Which KPI a goal sentence means: the one it names, or the one that its verbs and numbers imply."""

from __future__ import annotations

import re
from dataclasses import replace

from cs_planning.goals.goal import Direction
from cs_planning.goals.naming import Mention
from cs_planning.goals.reading.clauses import ACTIVITIES, said
from cs_planning.goals.reading.goal_reading import GoalReading
from cs_planning.goals.reading.quantities import SECONDS, NumberRole, Quantity, all_of_them
from cs_planning.kpis.catalogue import Unit

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
_FIRST_CONTACT = re.compile(r"first (?:contact|call|reply|touch|response)|初回|一次|1回で")


def with_kpi(reading: GoalReading, mentions: tuple[Mention, ...], rest: str, quantities: tuple[Quantity, ...]) -> GoalReading:
    """The reading with the KPIs that are its goals, none where neither a name nor a verb with a number tells one.

    Args:
        reading: what is known of the sentence so far.
        mentions: the KPIs that it names, outside its conditions.
        rest: the sentence without deadline, purpose and condition.
        quantities: its numbers with their units.
    """
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


def hurried(mentions: tuple[Mention, ...], rest: str) -> tuple[Mention, ...]:
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
