"""Headers that name a KPI of one channel (`Email tickets` beside `Phone tickets`) → one KPI with its parts by channel."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from cs_planning.kpis.channels import channel_kind
from cs_planning.kpis.columns.names.headers import header_key, kpi_of
from cs_planning.kpis.series import SeriesKey

_WORDS_OF_ANY = frozenset({"ticket", "tickets", "inbound", "form", "line", "messages", "messaging", "portal", "x"})
"""Names of channels that say too little in the middle of a header."""
_IN_BRACKETS = re.compile(r"^(.+?)\s*[(\[（［]([^()\[\]（）［］]+)[)\]）］](.*)$")
_COUNTS = re.compile(r"(?:の)?(?:お?問い?合わ?せ)?(?:件数|数)")
_TOTALS = frozenset(
    {"total", "all", "overall", "grand total", "sum", "合計", "合計件数", "総件数", "全体", "全件数", "計", "総計"}
)
_MOST_WORDS = 3
_LONGEST = 12


def by_channel(headers: Sequence[str]) -> dict[str, str]:
    """The KPI with its channel, as a series is named (`contact_volume|channel=Email`), of headers that name both.

    One header alone may be called so for another reason: two at least have to name the same KPI for different channels.

    Args:
        headers: of the values of one table.
    """
    found = {header: both for header in headers if (both := _kpi_and_channel(header)) is not None}
    kpis = [kpi for kpi, _ in found.values()]
    parts = {
        header: str(SeriesKey(kpi, (("channel", channel),)))
        for header, (kpi, channel) in found.items()
        if kpis.count(kpi) > 1 and len({one.casefold() for other, one in found.values() if other == kpi}) == kpis.count(kpi)
    }
    totals = [header for header in headers if header_key(header) in _TOTALS]
    if len(totals) == 1 and parts and {SeriesKey.parse(key).kpi for key in parts.values()} == {"contact_volume"}:
        parts[totals[0]] = "contact_volume"
    return parts


@cache
def _kpi_and_channel(header: str) -> tuple[str, str] | None:
    if kpi_of(header) is not None:
        return None
    for channel, rest in _split(" ".join(header.replace("_", " ").split())):
        if channel.casefold() in _WORDS_OF_ANY or channel_kind(channel) is None:
            continue
        kpi = kpi_of(rest) or ("contact_volume" if _COUNTS.fullmatch(rest) else None)
        if kpi is not None:
            return kpi, channel
    return None


def _split(header: str) -> list[tuple[str, str]]:
    """The ways to cut a header into a channel and the rest: in brackets, as its first or last words or letters."""
    ways = []
    bracketed = _IN_BRACKETS.match(header)
    if bracketed is not None:
        ways.append((bracketed[2].strip(), f"{bracketed[1]}{bracketed[3]}".strip()))
    words = header.split(" ")
    for count in range(min(_MOST_WORDS, len(words) - 1), 0, -1):
        ways.append((" ".join(words[:count]).strip(" :-–・/"), " ".join(words[count:]).strip(" :-–・/")))
        ways.append((" ".join(words[-count:]).strip(" :-–・/"), " ".join(words[:-count]).strip(" :-–・/")))
    if len(words) == 1 and not header.isascii():
        ways += [
            (header[:place].strip("・／/"), header[place:].strip("・／/の"))
            for place in range(min(_LONGEST, len(header) - 1), 0, -1)
        ]
    return [(channel, rest) for channel, rest in ways if channel and rest]
