"""The guesses of logs: contacts, their events, calls, answers to surveys."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from cs_planning.kpis.cells.moments import DateOrder
from cs_planning.kpis.columns.contents.answers import read_outcome
from cs_planning.kpis.columns.contents.by_cells import roles_by_cells
from cs_planning.kpis.columns.contents.looks import Column
from cs_planning.kpis.columns.contents.records import are_records
from cs_planning.kpis.columns.contents.scales import SAYS_LITTLE
from cs_planning.kpis.columns.guesses.arrival import arrival_of, day_and_clock, says_only_date
from cs_planning.kpis.columns.guesses.call_logs import call_roles
from cs_planning.kpis.columns.guesses.examination import activities_in
from cs_planning.kpis.columns.guesses.guess import A_FEW, Guess, named_roles
from cs_planning.kpis.columns.names.headers import header_key, names_another_moment, read_header, role_of
from cs_planning.kpis.columns.roles import Kind, Role
from cs_planning.kpis.files.table import Table

_HALF_OF_TEN = 5
_NEARLY_UNIQUE = 0.9
_ONLY_RECORDS = 0.45
_OF_A_CALL = re.compile(r"\bcalls?\b|通話|着信|コール|入電|架電")
_OF_A_TICKET = re.compile(r"\b(?:tickets?|cases?|incidents?|requests?|issues?)\b|チケット|ケース|案件|インシデント|依頼|課題")
_NAMED_AFTER_ROWS = (Role.CONTACT_ID, Role.CREATED_AT)
"""The columns whose headers say what a row is: “Call ID”, “Call start”."""
_ANSWER_NUMBERS = frozenset(
    {
        "response id",
        "answer id",
        "survey id",
        "respondent id",
        "submission id",
        "回答id",
        "回答番号",
        "アンケートid",
        "アンケート番号",
    }
)


def _names_an_answer(header: str) -> bool:
    """Whether a column holds numbers of survey answers, so that its rows are no contacts."""
    return header_key(header) in _ANSWER_NUMBERS


def _is_recommendation(look: Column, roles: Mapping[str, Role]) -> bool:
    """Whether answers of which the header says little go from 0 to 10 and use the 0, as those of a recommendation do."""
    words = read_header(look.name)
    values = look.numbers.values[np.isfinite(look.numbers.values)]
    if Role.NPS in roles.values() or words.name not in SAYS_LITTLE or not look.is_number or not len(values):
        return False
    on_ten = values.min() == 0 and _HALF_OF_TEN < values.max() <= 2 * _HALF_OF_TEN
    return bool(on_ten and words.scale in (None, (0.0, 10.0)) and (values % 0.5 == 0).all())


_QUESTION = re.compile(
    r"\bhow (?:easy|likely|satisfied|happy|helpful|useful|would|did|do|was|were)\b|\b(?:rate|recommend) (?:us|our|your|the)\b"
    r"|\b(?:strongly )?(?:dis)?agree\b|\bmade it (?:very )?easy\b"
    r"|\beas(?:e|y) (?:of|to) (?:use|handle|solve|resolve|get|contact)\b"
    r"|(?:です|でした|ました|ません|ます)か\b|お聞かせ|教えて"
)


def _asks_customers(looks: Mapping[str, Column]) -> bool:
    """Whether a header is a question as surveys put it to customers, with answers below it."""
    return any(_QUESTION.search(header_key(name)) and look.filled and not look.is_time for name, look in looks.items())


def _without_the_score_of_nps(looks: Mapping[str, Column], roles: Mapping[str, Role]) -> dict[str, Role]:
    """The roles without a satisfaction whose header says little and whose answers are those of the recommendation beside it."""
    if Role.NPS not in roles.values():
        return dict(roles)
    return {
        name: role
        for name, role in roles.items()
        if role is not Role.CSAT
        or read_header(name).name not in SAYS_LITTLE
        or not (np.nan_to_num(looks[name].numbers.values) > _HALF_OF_TEN).any()
    }


def tickets(table: Table, looks: Mapping[str, Column], order: DateOrder) -> Guess | None:
    """A log of contacts: a number or a solution beside the arrival, or rows that are records without saying more."""
    roles = _without_the_score_of_nps(looks, named_roles(looks, "generic_tickets"))
    shown = roles_by_cells(table, looks, roles)
    roles |= shown
    found = set(roles.values())
    later = found & {Role.SOLVED_AT, Role.CLOSED_AT, Role.FIRST_RESPONSE_AT}
    if not later and (any(map(_names_an_answer, looks)) or (Role.CONTACT_ID not in found and _asks_customers(looks))):
        return None
    number = _number_of_a_contact(looks, roles)
    if number is not None:
        roles = {**roles, number: Role.CONTACT_ID}
        found = set(roles.values())
    created = arrival_of(looks, roles)
    roles = {name: role for name, role in roles.items() if role is not Role.CREATED_AT or name == created}
    found = set(roles.values())
    is_plain = created is not None and says_only_date(created)
    bare = Guess(Kind.TICKETS, {**roles, **day_and_clock(looks, roles)}, _ONLY_RECORDS, by_cells=shown)
    records = bare if created is None and are_records(table, looks, order) else None
    if (created is None or is_plain) and not found & {Role.CONTACT_ID, Role.SOLVED_AT, Role.CLOSED_AT}:
        return records
    if created is None:
        return replace(bare, confidence=0.6) if Role.CONTACT_ID in found and len(found) > 1 else records
    sure = 0.35 if is_plain else 0.45
    ids = [name for name, role in roles.items() if role is Role.CONTACT_ID]
    if ids:
        sure += 0.2 if looks[ids[0]].distinct >= 0.9 * looks[ids[0]].filled else -0.2
    later = found & {Role.FIRST_RESPONSE_AT, Role.SOLVED_AT, Role.CLOSED_AT}
    sure += 0.1 * len(later)
    sure += 0.05 if any("%H" in form or "%I" in form for form in looks[created].times.formats) else 0.0
    sure += 0.03 * len(found & {Role.STATUS, Role.CHANNEL, Role.TEAM, Role.TOPIC, Role.SUBJECT})
    if len(later) > 0 and any(role is Role.FIRST_RESPONSE_TIME for role in found):
        sure += 0.02
    if len(table) > 3 and looks[created].distinct < 0.1 * looks[created].filled and not later:
        sure -= 0.2
    said = found - {Role.CONTACT_ID, Role.CREATED_AT, Role.RATED_AT}
    if said & {Role.CSAT, Role.NPS, Role.CES} and said <= {Role.CSAT, Role.NPS, Role.CES, Role.QUALITY, Role.REMARK}:
        sure -= 0.35
    return replace(bare, confidence=min(0.95, sure))


_OF_SOMETHING_ELSE = re.compile(
    r"\b(?:agent|user|customer|client|account|requester|contact person|order|product|item|phone|tel|fax|zip|post|invoice"
    r"|employee|member|parent|group|team|assignee|owner|device|serial|version|row|line|index)\b"
    r"|顧客|会員|お客様|電話|注文|担当|社員|商品|製品|契約|請求|口座|郵便|行番号|親|シリアル|オペレ"
)
_NUMBER_WORDS = re.compile(
    r"(?:^|[ _-])(?:id|no|nr|nbr|numb|number|num|#|ref|reference|key|code)$|(?:id|番号|no|ナンバー|コード|#|連番)$"
)


def _number_of_a_contact(looks: Mapping[str, Column], roles: Mapping[str, Role]) -> str | None:
    """The column whose name says a number, and whose cells nearly all differ, where no known name says it."""
    if Role.CONTACT_ID in roles.values():
        return None
    return next(
        (
            name
            for name, look in looks.items()
            if name not in roles
            and look.filled >= A_FEW
            and look.share_distinct >= _NEARLY_UNIQUE
            and not look.is_time
            and _NUMBER_WORDS.search(header_key(name).strip(" .．:："))
            and not _OF_SOMETHING_ELSE.search(header_key(name))
        ),
        None,
    )


def events(table: Table, looks: Mapping[str, Column]) -> Guess | None:
    """A log with a row for each step of a contact."""
    roles = named_roles(looks, "generic_events")
    by_role = {role: name for name, role in roles.items()}
    case, activity, moment = (by_role.get(role) for role in (Role.CONTACT_ID, Role.ACTIVITY, Role.EVENT_AT))
    if case is None or activity is None or moment is None:
        return None
    distinct = table.frame[case].nunique()
    if distinct > 0.9 * len(table):
        return None
    activities = activities_in(table, activity)
    sure = 0.75 + (0.15 if Role.SOLVED_AT in activities.values() else 0) + (0.05 if len(activities) > 1 else 0)
    return Guess(Kind.EVENTS, roles, sure, activities=activities)


def _with_the_outcome_that_tells(looks: Mapping[str, Column], roles: Mapping[str, Role]) -> dict[str, Role]:
    """The roles with a column of yes and no as the outcome, where the one by its name calls no call lost.

    A disposition says what an answered call was about; a mark beside it says which were given up.
    """
    named = next((name for name, role in roles.items() if role is Role.OUTCOME), None)
    if named is None or any(read_outcome(cell, named) == "abandoned" for cell in looks[named].looks_like):
        return dict(roles)
    marks = [
        name
        for name, look in looks.items()
        if name not in roles
        and (role_of(name, "generic_calls") or (None, 0))[0] is Role.OUTCOME
        and {read_outcome(cell, name) for cell in look.looks_like} == {"answered", "abandoned"}
    ]
    if len(marks) != 1:
        return dict(roles)
    return {name: role for name, role in roles.items() if name != named} | {marks[0]: Role.OUTCOME}


def calls(looks: Mapping[str, Column]) -> Guess | None:
    """A log of single calls: an arrival, and what a call alone has."""
    roles = _with_the_outcome_that_tells(looks, call_roles(looks, named_roles(looks, "generic_calls")))
    found = set(roles.values())
    signs = found & {
        Role.MENU_LEFT_AT,
        Role.QUEUE_LEFT_AT,
        Role.ANSWERED_AT,
        Role.ENDED_AT,
        Role.OUTCOME,
        Role.WAIT_TIME,
        Role.HANDLE_TIME,
        Role.TALK_TIME,
    }
    of_calls = signs - {Role.OUTCOME, Role.ENDED_AT, Role.HANDLE_TIME}
    # A header that names a call is as good as one thing that a call alone has.
    rows = [read_header(name).key for name, role in roles.items() if role in _NAMED_AFTER_ROWS]
    is_named = any(map(_OF_A_CALL.search, rows))
    numbers = [read_header(name).key for name in looks if (role_of(name, "generic_tickets") or (None,))[0] is Role.CONTACT_ID]
    if not is_named and any(map(_OF_A_TICKET.search, numbers)):
        # Tickets wait as well, and their state is no outcome of a call.
        of_calls -= {Role.WAIT_TIME}
    known = len(signs) + is_named
    if Role.CREATED_AT not in found or known < 2 or not of_calls:
        return None
    return Guess(Kind.CALLS, roles, min(0.95, 0.55 + 0.12 * known))


def surveys(looks: Mapping[str, Column]) -> Guess | None:
    """Answers to surveys, with the moment at which each was given."""
    roles = _without_the_score_of_nps(looks, named_roles(looks, "generic_surveys"))
    roles = {
        name: Role.NPS if role is Role.CSAT and _is_recommendation(looks[name], roles) else role for name, role in roles.items()
    }
    answers = {Role.CSAT, Role.NPS, Role.CES} & set(roles.values())
    if not answers:
        return None
    if Role.RATED_AT not in roles.values():
        timed = [
            name
            for name, look in looks.items()
            if look.is_time
            and name not in roles
            and not names_another_moment(name)
            and (role_of(name, "generic_tickets") or (Role.CREATED_AT, 0))[0] is Role.CREATED_AT
        ]
        if len(timed) != 1:
            return None
        roles = {**roles, timed[0]: Role.RATED_AT}
    moment = next(name for name, role in roles.items() if role is Role.RATED_AT)
    words = {read_header(name).key for name in looks}
    has_ticket_times = any(
        look.is_time
        and roles.get(name) is None
        and (role_of(name, "generic_tickets") or (None, 0))[0] in (Role.FIRST_RESPONSE_AT, Role.SOLVED_AT, Role.CLOSED_AT)
        for name, look in looks.items()
    )
    sure = 0.7 + 0.05 * len(answers) + (0.1 if {"score", "rating", "answer"} & words else 0.0)
    repeats = looks[moment].distinct < looks[moment].filled or looks[moment].times.formats[:1] != ("%Y-%m-%d",)
    aggregated = any(
        bool((np.nan_to_num(looks[name].numbers.values) % 0.5 != 0).any()) for name, role in roles.items() if role in answers
    )
    return Guess(
        Kind.SURVEYS, roles, sure * (0.6 if has_ticket_times else 1) * (1 if repeats else 0.7) * (0.5 if aggregated else 1)
    )
