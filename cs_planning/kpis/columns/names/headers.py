"""Column headers → their words: units, statistics, the KPI or role that they name."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from cs_planning.kpis.catalogue import CATALOGUE, Aggregation, Unit
from cs_planning.kpis.cells.numbers import MEASURES, WrittenUnit
from cs_planning.kpis.columns.names.brackets import read_notes
from cs_planning.kpis.columns.names.everyday import everyday_role
from cs_planning.kpis.columns.roles import FLAG_ROLES, TIMES, Role

_FOLDER = Path(__file__).parents[1] / "helpdesks"
_LISTS_MADE_BY_HAND = "generic_tickets"
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_STATISTICS: Mapping[str, tuple[str, ...]] = {
    "median": ("median", "med", "中央値", "p50"),
    "p90": ("p90", "90th percentile", "90 percentile", "90%", "90パーセンタイル"),
    "mean": ("average", "avg", "mean", "平均"),
}
_SHARES_OF = {
    "handled_volume": "completion_rate",
    "abandoned_volume": "abandonment_rate",
    "solved_volume": "resolution_rate",
}
_FLAG_WORDS = re.compile(
    r"の?(?:有無|フラグ|あり|有り|該当|の?実施|判定)$"
    r"|[(（]?\b(?:y n|yes no|true false|0 1|1 0|flag|indicator|y/n|yes/no)\b[)）]?"
    r"|^(?:was|is|has been|been|ever|number of times|times|ticket|case)\b|有無の?"
)
_OTHER_MOMENT = re.compile(
    r"\b(?:purchased?|bought|birth|birthday|dob|due|deadline|target|order|ordered|contract|renewal|renews?|expir\w*|warranty"
    r"|delivery|delivered|ship\w*|invoice|payment|updated?|modified|changed|clos\w+|resol\w+|solved|completed?|completion|end(?:ed)?"
    r"|signup|sign up|hire[ds]?|joined|subscription|appointment|visit|last|next|expected|planned|scheduled|follow up)\b"
    r"|購入|生年月日|誕生|期限|期日|納期|注文|契約|更新|満了|保証|配送|発送|出荷|納品|請求|支払|変更|クローズ|解決|完了|終了|退会|入会|入社"
    r"|加入|予定|予約|来店|次回|最終"
)
_COUNTED = frozenset({Role.OFFERED, Role.HANDLED, Role.ABANDONED, Role.ANSWERED_IN_TIME, Role.SHORT_ABANDONED})
_WITHIN_TIME = {
    Role.OFFERED: Role.ANSWERED_IN_TIME,
    Role.HANDLED: Role.ANSWERED_IN_TIME,
    Role.ABANDONED: Role.SHORT_ABANDONED,
}
_LEADING_UNITS = frozenset({"mins", "minutes", "hours", "hrs", "secs", "seconds", "days"})
"""Units that begin a header, as in `Mins waited`; they stay in its name."""
_JAPANESE = re.compile("[\u3040-\u30ff\u4e00-\u9fff]")
_TWO_LINES = re.compile(r"([^/|\n]{2,}?)\s*[/|\n]\s*([^/|\n]{2,}(?:\([^()]*\))?)")
_IN_BRACKETS = re.compile(r"([^()\[\]]{2,}?)\s*[(\[]([^()\[\]]{2,})[)\]]")
_SAMPLE = re.compile(r"(?:\b(?:n|count|sample|sample size|answers|responses|respondents|base)\b|回答数|件数|母数)")


def header_key(header: str) -> str:
    """A header in the form in which headers are compared: narrow, lower case, words apart by single spaces."""
    narrow = unicodedata.normalize("NFKC", header)
    return " ".join(_CAMEL.sub(" ", narrow).replace("_", " ").lower().split())


@dataclass(frozen=True)
class HeaderWords:
    """What a header says.

    Attributes:
        key: the header as compared.
        plain: the key without unit.
        name: the key without unit and statistic.
        measure: the unit in it.
        statistic: `mean`, `median` or `p90`, where it says so.
        is_sample: whether it names a number of answers or observations.
        factor: by what its numbers are multiplied to be in the unit.
        scale: the ends of the scale of answers, where it says so.
        labels: what numbers of that scale stand for.
        threshold_seconds: the agreed time of a service level.
        acronym: another name of it in brackets.
        others: the names that it says in one language each, where it says the same in two: `受付日時 / Created at`.
    """

    key: str
    plain: str
    name: str
    measure: WrittenUnit | None
    statistic: str | None
    is_sample: bool
    factor: float = 1.0
    scale: tuple[float, float] | None = None
    labels: tuple[tuple[float, str], ...] = ()
    threshold_seconds: float | None = None
    acronym: str | None = None
    others: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """What the header may be known by, the most exact first."""
        found = (self.key, self.plain, self.name, f"{self.statistic} {self.name}", self.acronym or "", *self.others)
        return tuple(dict.fromkeys(name for name in found if name))


def in_two_languages(header: str) -> tuple[str, ...]:
    """The header in each of two languages, Japanese and one of Latin letters, where a sign or a line stands between them."""
    narrow = unicodedata.normalize("NFKC", header).strip()
    between = _TWO_LINES.fullmatch(narrow) or _IN_BRACKETS.fullmatch(narrow)
    if between is None:
        return ()
    one, other = (part.strip() for part in between.groups())
    return (one, other) if bool(_JAPANESE.search(one)) != bool(_JAPANESE.search(other)) else ()


@cache
def read_header(header: str) -> HeaderWords:
    """The unit, the statistic and the name in a header such as `Avg. first response time (min)`."""
    both = [read_header(part) for part in in_two_languages(header)]
    found = _read_header(header)
    if not both:
        return found
    others = tuple(dict.fromkeys(name for one in both for name in one.names))
    known = next((one for one in (found, *both) if one.measure is not None), found)
    scaled = next((one for one in (found, *both) if one.scale is not None), found)
    return replace(
        found,
        others=others,
        measure=known.measure,
        factor=known.factor,
        scale=scaled.scale,
        labels=scaled.labels,
        statistic=next((one.statistic for one in (found, *both) if one.statistic is not None), None),
        threshold_seconds=next((one.threshold_seconds for one in (found, *both) if one.threshold_seconds is not None), None),
    )


def _read_header(header: str) -> HeaderWords:
    key = header_key(header)
    notes = read_notes(key)
    measure, name = notes.measure, notes.name
    name = re.sub(r"[.,:;/#?!？！\-–]+", " ", name)
    words = name.split()
    if len(words) > 1 and measure is None:
        last = words[-1]
        longer = last in MEASURES and (len(last) > 1 or not last.isascii() or last in ("%", "h", "s", "m"))
        if longer:
            measure = MEASURES[last]
            words = words[:-1]
            if words and words[-1] == "in":
                words = words[:-1]
    if len(words) > 1 and measure is None and words[0] in _LEADING_UNITS:
        measure = MEASURES[words[0]]
    if measure is None and words and words[-1].endswith("日数"):
        measure = WrittenUnit.DAYS
    if measure is None and "%" in key:
        measure = WrittenUnit.PERCENT
    words = [word for word in (part.strip("%％") for part in words) if word]
    name = plain = " ".join(words)
    statistic = None
    for candidate, spellings in _STATISTICS.items():
        for spelling in spellings:
            pattern = rf"\b{re.escape(spelling)}\b" if spelling.isascii() and spelling[-1].isalnum() else re.escape(spelling)
            if re.search(pattern, name):
                statistic = statistic or candidate
                name = " ".join(re.sub(pattern, " ", name).split())
    is_sample = bool(_SAMPLE.search(name))
    return HeaderWords(
        key,
        plain,
        name,
        measure,
        statistic,
        is_sample,
        notes.factor,
        notes.scale,
        notes.labels,
        notes.threshold_seconds,
        notes.acronym,
    )


def _compact(name: str) -> str:
    """A name without spaces, so that `CallsOffered`, `calls_offered` and `callsoffered` agree."""
    return name.replace(" ", "")


@cache
def _kpi_names() -> Mapping[str, str]:
    content = tomllib.loads((_FOLDER / "kpi_names.toml").read_text(encoding="utf-8"))
    names = {kpi.replace("_", " "): kpi for kpi in CATALOGUE}
    for kpi, known in content.items():
        names.update({header_key(spelling): kpi for spelling in known})
    return {_compact(name): kpi for name, kpi in names.items()}


_WHAT_CAME = re.compile(r"^actual | actuals?$|[ (]?実績値?[)]?$")
"""What says that a header names figures as they came, beside those of a target or a forecast."""


def kpi_of(header: str) -> str | None:
    """The catalogue id that a header names, None when it names none.

    A time without a statistic is a mean; a statistic in the header decides where the catalogue has it. A header in two
    languages that means two things in them names none.
    """
    if header.strip() in CATALOGUE:
        return header.strip()
    if len({kpi for part in in_two_languages(header) if (kpi := kpi_of(part)) is not None}) > 1:
        return None
    words = read_header(header)
    for name in (*words.names, _WHAT_CAME.sub("", words.name)):
        kpi = _kpi_names().get(_compact(name))
        if kpi is not None:
            known = _as_share(kpi, words) if words.measure is WrittenUnit.PERCENT else kpi
            known = _within_threshold(known) if words.threshold_seconds is not None else known
            return None if known is None else _with_statistic(known, words.statistic)
    return None


def _as_share(kpi: str, words: HeaderWords) -> str | None:
    """The share that a header in percent means where its words name a count; none where no share is meant by them."""
    if kpi not in CATALOGUE or CATALOGUE[kpi].unit is not Unit.COUNT:
        return kpi
    return _SHARES_OF.get(kpi)


def _within_threshold(kpi: str | None) -> str | None:
    """The service level, where a share of answered contacts is one of those within a time; the KPI itself where it says so."""
    return "service_level" if kpi in ("completion_rate", "service_level") else None


def _with_statistic(id: str, statistic: str | None) -> str | None:
    if id in CATALOGUE:
        stem, _, own = id.rpartition("_")
        if own in ("mean", "median", "p90") and statistic not in (None, own):
            return f"{stem}_{statistic}" if f"{stem}_{statistic}" in CATALOGUE else None
        return id
    wanted = f"{id}_{statistic or 'mean'}"
    return wanted if wanted in CATALOGUE else None


def sample_of(header: str, kpis: Mapping[str, str]) -> str | None:
    """The KPI whose sample size a header names: `CSAT answers`, `nps_n`, `csat_sample_size`, `満足度回答数`.

    A header that is nothing but such a word (`回答数`, `n`, `responses`) belongs to the KPI that rests on a sample, if there is
    exactly one.

    Args:
        header: the header.
        kpis: the KPI of each value column, by column.
    """
    words = read_header(header)
    if not words.is_sample:
        return None
    rest = " ".join(_SAMPLE.sub(" ", words.name.replace("sample size", "sample")).replace(" size", " ").split())
    named = kpi_of(rest) if rest else None
    for column, kpi in kpis.items():
        if kpi == named or (rest and header_key(column) == rest) or (rest and kpi == rest.replace(" ", "_")):
            return kpi
    if rest or kpi_of(header) is not None:
        return None
    sampled = [kpi for kpi in kpis.values() if kpi in CATALOGUE and CATALOGUE[kpi].aggregation is Aggregation.WEIGHTED_MEAN]
    return sampled[0] if len(sampled) == 1 else None


@cache
def spellings(file: str) -> Mapping[str, tuple[Role, int]]:
    """The roles of headers by their key, with their rank (0 is the best spelling), from one data file."""
    content = tomllib.loads((_FOLDER / f"{file}.toml").read_text(encoding="utf-8"))
    found: dict[str, tuple[Role, int]] = {}
    for role, headers in content["columns"].items():
        for rank, header in enumerate(headers):
            found.setdefault(header if header.startswith("re:") else _compact(header_key(header)), (Role(role), rank))
    return found


@cache
def cost_words() -> tuple[frozenset[str], frozenset[str]]:
    """Headers of columns that hold one kind of cost, and headers of their totals."""
    kinds = tomllib.loads((_FOLDER / "generic_costs.toml").read_text(encoding="utf-8"))["kinds"]
    return frozenset(map(header_key, kinds["words"])), frozenset(map(header_key, kinds["totals"]))


def names_another_moment(header: str) -> bool:
    """Whether a header names a moment that is not the one in which a contact came or an answer was given.

    So are those of a purchase, a birth, a contract, a deadline, an update, an end.
    """
    words = read_header(header)
    known = everyday_role(words.name)
    if known is not None and known[0] in TIMES:
        return known[0] is not Role.CREATED_AT
    return _OTHER_MOMENT.search(words.key) is not None


def _role_with_notes(role: Role, words: HeaderWords) -> Role | None:
    """The role of a column of counts by its threshold and its unit: a percentage is no count, one within a time a part."""
    if words.threshold_seconds is not None:
        role = _WITHIN_TIME.get(role, role)
    if words.measure is WrittenUnit.PERCENT and role in _COUNTED:
        return Role.SERVICE_LEVEL if role is Role.ANSWERED_IN_TIME else None
    return role


def role_of(header: str, file: str) -> tuple[Role, int] | None:
    """The role of a header in a data file of spellings, with the rank of the spelling; None when it is not in it."""
    known = spellings(file)
    words = read_header(header)
    both = [found for part in in_two_languages(header) if (found := role_of(part, file)) is not None]
    if both:
        # What one language says the other must not contradict.
        return min(both, key=lambda found: found[1]) if len({role for role, _ in both}) == 1 else None
    for key in words.names:
        if _compact(key) in known:
            role, rank = known[_compact(key)]
            fitting = _role_with_notes(role, words)
            return None if fitting is None else (fitting, rank)
    bare = _compact(_FLAG_WORDS.sub(" ", words.name))
    if bare != _compact(words.name) and bare in known and known[bare][0] in FLAG_ROLES:
        return known[bare]
    for pattern, found in known.items():
        if pattern.startswith("re:") and re.fullmatch(pattern[3:], words.key):
            return found
    return everyday_role(words.name) if file == _LISTS_MADE_BY_HAND else None
