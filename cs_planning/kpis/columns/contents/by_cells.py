"""Columns under headers that nobody knows whose words can only be a status or a channel."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from collections.abc import Mapping as MappingOf

import pandas as pd

from cs_planning.kpis.cells.missing import is_missing, is_no_word
from cs_planning.kpis.channels import channel_kind
from cs_planning.kpis.columns.contents.answers import read_flag
from cs_planning.kpis.columns.contents.looks import Column
from cs_planning.kpis.columns.contents.statuses import CLOSED, NEVER, OPEN, read_status
from cs_planning.kpis.columns.names.headers import header_key, role_of
from cs_planning.kpis.columns.roles import Role
from cs_planning.kpis.files.table import Table

_LOOKED_AT = 20_000
_FEWEST, _MOST = 2, 20
_NEARLY_ALL_ROWS = 0.95
_ONE_UNKNOWN_IN = 5
_AGREEING = 0.9
_ENDS = (Role.SOLVED_AT, Role.CLOSED_AT, Role.RESOLUTION_TIME)
_OF_SOMETHING_ELSE = re.compile(
    r"\b(?:orders?|payments?|paid|pays?|billing|bills?|invoices?|refunds?|returns?|ship\w*|deliver\w*|dispatch\w*|parcels?|stock"
    r"|accounts?|customers?|clients?|users?|members?|membership|subscriptions?|plans?|contracts?|licen[cs]es?|trials?|projects?"
    r"|approvals?|surveys?|feedback|follow ups?|tasks?|actions?|deploy\w*|releases?|bugs?|devices?|bookings?|reservations?"
    r"|appointments?|doors?|shops?|stores?|sub|previous|former|old|last|other|second|next|parent|linked|related|internal|agent"
    r"|dev|engineering|qa|jira|tags?|labels?|topics?|category|categories|priority|prefer\w*|wish\w*|wants?|wanted|repl(?:y|ies|ied)"
    r"|answer\w*|respon[ds]\w*|call ?backs?|outbound|notif\w*|alternative)\b"
    r"|注文|受注|支払|入金|請求|返金|返品|交換|発送|出荷|配送|配達|在庫|会員|顧客|お客様|契約|アカウント|利用者|ライセンス|プラン|承認|決裁"
    r"|アンケート|フォロー|タスク|作業|開発|リリース|不具合|予約|来店|店舗|前回|以前|過去|次回|関連|親|社内|サブ|タグ|ラベル|分類|種別|優先"
    r"|希望|返信|返答|回答|応答|折り?返|通知|連絡先|発信"
)
"""Headers of columns that have a state or a way of contact of their own: an order, an account, a reply, an earlier contact."""


def roles_by_cells(table: Table, looks: MappingOf[str, Column], roles: MappingOf[str, Role]) -> dict[str, Role]:
    """The roles that words of columns show of which no header is known: a status, or the channels through which contacts came.

    Args:
        table: the file's cells.
        looks: its columns at a glance.
        roles: what headers named; those columns stay what they are, and no role is given twice.

    Assumptions: a header of something else (an order, a reply, an account) speaks against it, as a status does that
        contradicts the moments of the solutions; of two columns that could have a role none has it, so that it is asked.
    """
    free = {
        name: cells
        for name, look in looks.items()
        if name not in roles and _may_be_told(look) and _FEWEST <= len(cells := _counted(table, name)) <= _MOST
    }
    found: dict[str, Role] = {}
    if Role.STATUS not in roles.values():
        states = [name for name, cells in free.items() if _is_status(cells) and _agrees(table, name, roles)]
        found |= {name: Role.STATUS for name in states if len(states) == 1}
    if Role.CHANNEL not in roles.values():
        channels = [name for name, cells in free.items() if _is_channel(cells)]
        found |= {name: Role.CHANNEL for name in channels if len(channels) == 1}
    return found


def parts_in_order(look: Column, parts: Sequence[Role]) -> tuple[Role, ...]:
    """What a column of words could be, what its words speak for first.

    Args:
        look: the column at a glance.
        parts: the roles in their usual order.
    """
    kinds = ((Role.STATUS, read_status), (Role.CHANNEL, channel_kind))
    spoken_for = [role for role, meaning_of in kinds if all(meaning_of(cell) is not None for cell in look.looks_like)]
    return tuple(sorted(parts, key=lambda role: role not in spoken_for))


def _may_be_told(look: Column) -> bool:
    if look.is_number or look.is_time or look.distinct > _MOST:
        return False
    return role_of(look.name, "generic_tickets") is None and not _OF_SOMETHING_ELSE.search(header_key(look.name))


def _counted(table: Table, name: str) -> pd.Series:
    """How often each filled cell is there, in the first rows of a large table."""
    counts = table.frame[name].iloc[:_LOOKED_AT].astype("str").value_counts()
    return counts[[not is_no_word(str(cell)) for cell in counts.index]]


def _nearly_all(cells: pd.Series, meaning_of: Callable[[str], str | None]) -> frozenset[str]:
    """The meanings of the cells where nearly all have one, else none."""
    meanings = [meaning_of(str(cell)) for cell in cells.index]
    known = [meaning is not None for meaning in meanings]
    is_told = len(cells) - sum(known) <= len(cells) // _ONE_UNKNOWN_IN and cells[known].sum() >= _NEARLY_ALL_ROWS * cells.sum()
    return frozenset(filter(None, meanings)) if is_told else frozenset()


def _is_status(cells: pd.Series) -> bool:
    """Whether the words are those of contacts: some are closed, others are open or no contacts.

    Accounts, plans and orders are active, new or cancelled as well, and anything can be 済 or 未 (a yes and a no), so that such
    words alone say nothing.
    """
    meanings = _nearly_all(cells, read_status)
    if all(read_flag(str(cell)) in (0.0, 1.0) for cell in cells.index):
        return False
    return CLOSED in meanings and bool(meanings & {OPEN, NEVER})


def _is_channel(cells: pd.Series) -> bool:
    return len(_nearly_all(cells, channel_kind)) >= _FEWEST


def _agrees(table: Table, name: str, roles: MappingOf[str, Role]) -> bool:
    """Whether rows of a closed status have an end and those of an open one have none, where the table has a column of ends."""
    ends = [column for column, role in roles.items() if role in _ENDS]
    if not ends:
        return True
    frame = table.frame[[name, *ends]].iloc[:_LOOKED_AT].astype("str")
    has_end = ~frame[ends].map(is_missing).all(axis=1)
    meanings = frame[name].map({cell: read_status(cell) for cell in frame[name].unique()})
    says = meanings.isin([OPEN, CLOSED])
    return not says.any() or bool((has_end == (meanings == CLOSED))[says].mean() >= _AGREEING)
