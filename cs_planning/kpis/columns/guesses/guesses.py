"""What a file could be when no known helpdesk wrote it: one guess for each kind of rows."""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from cs_planning.kpis.cells.moments import DateOrder, read_period_cell
from cs_planning.kpis.cells.numbers import Measure
from cs_planning.kpis.columns.contents.answers import looks_like_answers, read_flag
from cs_planning.kpis.columns.contents.by_cells import roles_by_cells
from cs_planning.kpis.columns.contents.limits import LIMIT_ROLES, read_kept
from cs_planning.kpis.columns.contents.looks import Column
from cs_planning.kpis.columns.contents.records import are_records, is_grid, tells_parts_apart
from cs_planning.kpis.columns.contents.scales import SAYS_LITTLE
from cs_planning.kpis.columns.guesses.call_logs import call_roles, day_and_clock
from cs_planning.kpis.columns.guesses.examination import activities_in
from cs_planning.kpis.columns.names.everyday import EVERYDAY_RANK, IN_NUMBERS, IN_WORDS
from cs_planning.kpis.columns.names.headers import header_key, kpi_of, names_another_moment, read_header, role_of, sample_of
from cs_planning.kpis.columns.roles import DIMENSIONS, DURATIONS, TIMES, Kind, Role
from cs_planning.kpis.files.table import Table

_HALF_OF_TEN = 5
_A_FEW = 3
_NEARLY_UNIQUE = 0.9
_NO_GRID = 0.1
_ONLY_RECORDS = 0.45


@dataclass(frozen=True)
class Guess:
    """One thing that a file could be.

    Attributes:
        kind: what its rows are.
        roles: the role of each column that has one.
        confidence: how sure it is, 0–1.
        kpis: the KPI of columns of values and sample sizes.
        activities: what each activity of an event log does.
        by_cells: the columns whose role their cells alone show.
    """

    kind: Kind
    roles: Mapping[str, Role]
    confidence: float
    kpis: Mapping[str, str] = field(default_factory=dict)
    activities: Mapping[str, Role] = field(default_factory=dict)
    by_cells: Collection[str] = ()


def generic_guesses(table: Table, looks: Mapping[str, Column], order: DateOrder) -> list[Guess]:
    """Every kind of rows that the table could hold, in no particular order.

    Args:
        table: the file's cells.
        looks: its columns at a glance.
        order: its order of day and month.
    """
    guesses = (
        _turned_kpi_table(table, looks),
        _call_centre(table, looks, order),
        _events(table, looks),
        _calls(looks),
        _tickets(table, looks, order),
        _surveys(looks),
        _long_kpi_table(table, looks, order),
        _wide_kpi_table(table, looks, order),
    )
    return [guess for guess in guesses if guess is not None]


_ENDS_OF = {Role.FIRST_RESPONSE_TIME: Role.FIRST_RESPONSE_AT, Role.RESOLUTION_TIME: Role.SOLVED_AT}
"""What a column named after a length of time holds where its cells are points in time: the moment at which it ends."""
_NAMED_BY_A_LENGTH = 1000


def named_roles(looks: Mapping[str, Column], file: str) -> dict[str, Role]:
    """The roles that headers name in a data file, where the cells can be that; of several columns the best spelling wins."""
    best: dict[Role, tuple[int, str]] = {}
    for name, look in looks.items():
        known = role_of(name, file)
        if known is None:
            continue
        role, rank = known
        if role is Role.HANDLE_TIME and look.is_time:
            continue
        if rank >= EVERYDAY_RANK and role in IN_WORDS and (look.is_number or look.is_time):
            continue
        if rank >= EVERYDAY_RANK and role in IN_NUMBERS and not look.is_number:
            continue
        if role in _ENDS_OF and look.is_time:
            role, rank = _ENDS_OF[role], rank + _NAMED_BY_A_LENGTH
        if not _can_be(role, look):
            continue
        if role not in best or rank < best[role][0]:
            best[role] = (rank, name)
    return {name: role for role, (_, name) in best.items()}


def _can_be(role: Role, look: Column) -> bool:
    if look.filled == 0:
        return role in (Role.SOLVED_AT, Role.CLOSED_AT, Role.FIRST_RESPONSE_AT)
    if role is Role.PERIOD:
        return look.share_periods >= 0.6
    if role in TIMES:
        return look.times.share_read >= 0.5 and not look.is_plain_number
    if role in DURATIONS:
        return look.numbers.share_read >= 0.8 and not look.is_time
    if role in (Role.CSAT, Role.NPS, Role.CES):
        return looks_like_answers(look.looks_like)
    if role in (Role.OFFERED, Role.HANDLED, Role.ABANDONED, Role.ASA, Role.SERVICE_LEVEL, Role.ANSWERED_IN_TIME, Role.COST):
        return look.numbers.share_read >= 0.6
    if role in (Role.REOPENED, Role.ESCALATED, Role.FIRST_CONTACT, Role.COMPLAINT):
        flags = [read_flag(cell) for cell in look.looks_like]
        return not any(flag is not None and math.isnan(flag) for flag in flags)
    if role in LIMIT_ROLES:
        kept = [read_kept(cell, look.name) for cell in look.looks_like]
        return not any(one is not None and math.isnan(one) for one in kept)
    if role in (*DIMENSIONS, Role.STATUS):
        return look.filled < 10 or look.distinct <= 20 or look.share_distinct <= 0.5
    return True


def _period_column(looks: Mapping[str, Column], file: str) -> str | None:
    named = [
        name
        for name, look in looks.items()
        if look.share_periods >= 0.6 and (role_of(name, file) or (None, 0))[0] is Role.PERIOD
    ]
    if named:
        return named[0]
    dated = [
        name
        for name, look in looks.items()
        if look.share_periods >= 0.9 and (look.is_time or not look.is_number) and not names_another_moment(name)
    ]
    return dated[0] if dated else None


def _turned_kpi_table(table: Table, looks: Mapping[str, Column]) -> Guess | None:
    periods = [name for name in table.columns if read_period_cell(name.split(" (")[0], DateOrder.YEAR_FIRST) is not None]
    if len(periods) < 3 or len(periods) < 0.5 * len(table.columns):
        return None
    words = [name for name in table.columns if name not in periods and looks[name].filled and not looks[name].is_number]
    if not words:
        return None
    roles = dict.fromkeys(periods, Role.PERIOD_COLUMN) | {words[0]: Role.KPI_NAME}
    for name in words[1:]:
        known = role_of(name, "generic_long")
        if known is not None and known[0] in DIMENSIONS:
            roles[name] = known[0]
    return Guess(Kind.KPI_TABLE_WIDE, roles, 0.9)


def _call_centre(table: Table, looks: Mapping[str, Column], order: DateOrder) -> Guess | None:
    period = _period_column(looks, "generic_call_centre")
    roles = {name: role for name, role in named_roles(looks, "generic_call_centre").items() if role is not Role.PERIOD}
    if period is not None and Role.INTERVAL not in roles.values():
        roles |= {name: Role.INTERVAL for name in list(looks) if name != period and _says_time_of_day(looks[name])}
    roles = {name: role for name, role in roles.items() if name != period}
    found = set(roles.values())
    others = found & {Role.HANDLED, Role.ABANDONED, Role.ASA, Role.SERVICE_LEVEL, Role.ANSWERED_IN_TIME}
    has_whole = Role.OFFERED in found or found >= {Role.HANDLED, Role.ABANDONED}
    if period is None or not has_whole or not others or _are_numbered_records(table, looks, period, order):
        return None
    sure = 0.88 + 0.03 * len(others)
    left = sum(
        kpi_of(name) is not None and read_header(name).measure is not Measure.PERCENT
        for name, look in looks.items()
        if look.is_number and name not in roles
    )
    sure *= 1 - 0.3 * left / (left + len(found))
    if not others & {Role.HANDLED, Role.ABANDONED, Role.ANSWERED_IN_TIME}:
        sure = 0.4
    beside = _beside_counts(looks, roles, period)
    return Guess(
        Kind.CALL_CENTRE_DAILY,
        {**roles, **dict.fromkeys(beside, Role.KPI), period: Role.PERIOD},
        min(0.97, sure) * _regular(table, looks, period, roles, order),
        beside,
    )


_CLOCK = re.compile(
    r"\d{1,2}[:時]\d{0,2}(?::\d{2}|分)?(?: ?[ap]\.?m\.?)?(?: ?[-–~〜～] ?\d{1,2}[:時]\d{0,2}(?::\d{2}|分)?(?: ?[ap]\.?m\.?)?)?"
)


def _says_time_of_day(look: Column) -> bool:
    """Whether a column under a name of intervals holds times of day, alone or from one to another."""
    named = role_of(look.name, "generic_call_centre")
    says = named is not None and named[0] in (Role.INTERVAL, Role.PERIOD)
    return says and bool(look.looks_like) and all(_CLOCK.fullmatch(cell.strip().lower()) for cell in look.looks_like)


def _beside_counts(looks: Mapping[str, Column], roles: Mapping[str, Role], period: str) -> dict[str, str]:
    """The KPIs of further columns, which do not follow from the counts beside them."""
    found: dict[str, str] = {}
    follow = {kpi for role, kpis in _FOLLOW.items() if role in roles.values() for kpi in kpis}
    for name, look in looks.items():
        kpi = kpi_of(name)
        if (
            name not in roles
            and name != period
            and kpi is not None
            and look.is_number
            and kpi not in (*follow, *found.values())
        ):
            found[name] = kpi
    return found


_FOLLOW = {
    Role.OFFERED: ("contact_volume",),
    Role.HANDLED: ("contact_volume", "handled_volume", "completion_rate"),
    Role.ABANDONED: ("abandonment_rate", "abandoned_volume"),
    Role.ASA: ("asa_mean",),
    Role.SERVICE_LEVEL: ("service_level",),
    Role.ANSWERED_IN_TIME: ("service_level",),
    Role.HANDLE_TIME: ("aht_mean",),
    Role.TALK_TIME: ("aht_mean",),
}


def _regular(table: Table, looks: Mapping[str, Column], period: str, roles: Mapping[str, Role], order: DateOrder) -> float:
    """1 where every period appears once (in each part of the operation), next to nothing where the rows are no such grid."""
    parts = [name for name, role in roles.items() if role in (*DIMENSIONS, Role.INTERVAL)]
    parts += [
        name
        for name, look in looks.items()
        if name not in roles and name != period and not look.is_number and tells_parts_apart(look)
    ]
    return 1.0 if is_grid(table, looks, period, parts, order) else _NO_GRID


def _wide_kpi_table(table: Table, looks: Mapping[str, Column], order: DateOrder) -> Guess | None:
    period = _period_column(looks, "generic_long")
    if period is None:
        return None
    parts = {
        name: known[0]
        for name in looks
        if (known := role_of(name, "generic_long")) is not None and known[0] in DIMENSIONS and not looks[name].is_number
    }
    numeric = [name for name, look in looks.items() if name != period and name not in parts and look.numbers.share_read > 0.4]
    kpis = {name: kpi_of(name) or name for name in numeric}
    kpis = {name: kpi if list(kpis.values()).count(kpi) == 1 else name for name, kpi in kpis.items()}
    samples = {
        name: kpi for name in numeric if (kpi := sample_of(name, {k: v for k, v in kpis.items() if k != name})) is not None
    }
    values = {name: kpi for name, kpi in kpis.items() if name not in samples and not _is_row_number(table, name)}
    if not values:
        return None
    roles = {period: Role.PERIOD, **parts, **dict.fromkeys(values, Role.KPI), **dict.fromkeys(samples, Role.SAMPLE_SIZE)}
    recognised = sum(kpi_of(name) is not None for name in values)
    words = sum(1 for look in looks.values() if look.filled and not look.is_number and not look.is_time)
    share_used = len(roles) / (len(roles) + max(0, words - len(parts) - (0 if looks[period].is_time else 1)))
    sure = (0.55 + 0.35 * recognised / len(values)) * share_used * _regular(table, looks, period, parts, order)
    if looks[period].has_time_of_day or any(_numbers_records(looks[name]) for name in looks if name != period):
        sure *= 0.4
    return Guess(Kind.KPI_TABLE_WIDE, roles, sure, {**values, **samples})


def _are_numbered_records(table: Table, looks: Mapping[str, Column], period: str, order: DateOrder) -> bool:
    """Whether rows of counts have numbers of their own as records do; where each period is there once, it is the period's."""
    has_numbers = any(_numbers_records(looks[name]) for name in looks if name != period)
    return has_numbers and not is_grid(table, looks, period, (), order)


def _numbers_records(look: Column) -> bool:
    """Whether a column gives each row a number of its own, as logs of records do; a number of the row itself says nothing."""
    words = header_key(look.name).split()
    names_one = any(word in ("id", "ids", "guid", "uuid") for word in words) or (
        words[-1:] and words[-1].endswith(("id", "番号"))
    )
    return bool(names_one) and "row" not in words and look.is_unique and look.filled >= _A_FEW


def _is_row_number(table: Table, name: str) -> bool:
    if len(table) < 5 or not any(word in ("id", "no", "#", "nr", "index", "row", "番号") for word in header_key(name).split()):
        return False
    cells = table.frame[name].astype("str")
    return bool(cells.is_unique and cells.str.fullmatch(r"\d+").all())


def _long_kpi_table(table: Table, looks: Mapping[str, Column], order: DateOrder) -> Guess | None:
    roles = named_roles(looks, "generic_long")
    by_role = {role: name for name, role in roles.items()}
    period, name, value = (by_role.get(role) for role in (Role.PERIOD, Role.KPI_NAME, Role.VALUE))
    if name is None or value is None or looks[value].numbers.share_read < 0.4 or looks[name].is_number:
        return None
    if period is None:
        period = _period_column(looks, "generic_long")
        if period is None or period in (name, value):
            return None
        roles = {**roles, period: Role.PERIOD}
    sure = 0.9 * _regular(table, looks, period, {**roles, name: Role.CHANNEL}, order)
    return Guess(Kind.KPI_TABLE_LONG, roles, sure)


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


def _tickets(table: Table, looks: Mapping[str, Column], order: DateOrder) -> Guess | None:
    roles = named_roles(looks, "generic_tickets")
    shown = roles_by_cells(table, looks, roles)
    roles |= shown
    found = set(roles.values())
    if any(_names_an_answer(name) for name in looks) and not found & {Role.SOLVED_AT, Role.CLOSED_AT, Role.FIRST_RESPONSE_AT}:
        return None
    number = _number_of_a_contact(looks, roles)
    if number is not None:
        roles = {**roles, number: Role.CONTACT_ID}
        found = set(roles.values())
    created = next((name for name, role in roles.items() if role is Role.CREATED_AT), None)
    is_plain = created is not None and header_key(created) in _ANY_DATE
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


_ANY_DATE = frozenset({"date", "日付", "日時"})
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
            and look.filled >= _A_FEW
            and look.share_distinct >= _NEARLY_UNIQUE
            and not look.is_time
            and _NUMBER_WORDS.search(header_key(name).strip(" .．:："))
            and not _OF_SOMETHING_ELSE.search(header_key(name))
        ),
        None,
    )


def _events(table: Table, looks: Mapping[str, Column]) -> Guess | None:
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


def _calls(looks: Mapping[str, Column]) -> Guess | None:
    roles = call_roles(looks, named_roles(looks, "generic_calls"))
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
    if Role.CREATED_AT not in found or len(signs) < 2 or not of_calls:
        return None
    return Guess(Kind.CALLS, roles, min(0.95, 0.55 + 0.12 * len(signs)))


def _surveys(looks: Mapping[str, Column]) -> Guess | None:
    roles = named_roles(looks, "generic_surveys")
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
