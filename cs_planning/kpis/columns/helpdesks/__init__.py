"""The exports of known helpdesks: one small data file each, so that the next one needs no code.

A file `<id>.toml` holds `name`, `kind`, `requires` (headers that must all be there), `signature` (headers that this product
writes and others do not), `[columns]` (the spellings of each role, best first; `re:` starts a regular expression), `[measures]`
(the unit of a column by header) and `other` (headers that are not used).  Headers are compared in the form of
`headers.header_key`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from cs_planning.kpis.cells.numbers import WrittenUnit
from cs_planning.kpis.columns.names.headers import header_key
from cs_planning.kpis.columns.roles import Kind, Role

_FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Helpdesk:
    """How one product writes its export.

    Attributes:
        id: the name of its data file.
        name: the product's name.
        kind: what its rows are.
        requires: headers of which each must be there.
        signature: headers that tell it from other products.
        columns: spellings of each role.
        measures: unit of a column by header.
        other: headers that it writes and that are not used.
    """

    id: str
    name: str
    kind: Kind
    requires: tuple[str, ...]
    signature: tuple[str, ...]
    columns: Mapping[Role, tuple[str, ...]]
    measures: Mapping[str, WrittenUnit]
    other: tuple[str, ...]

    def role_of(self, header: str) -> tuple[Role, int] | None:
        """The role of a header and the rank of its spelling."""
        key = header_key(header)
        for role, spellings in self.columns.items():
            for rank, spelling in enumerate(spellings):
                if matches(spelling, key):
                    return role, rank
        return None

    def measure_of(self, header: str) -> WrittenUnit | None:
        """The unit that the product writes in this column."""
        key = header_key(header)
        return next((measure for spelling, measure in self.measures.items() if matches(spelling, key)), None)

    def certainty(self, headers: tuple[str, ...]) -> float:
        """How sure it is that these are headers of this product, 0–1; 0 when a required one is missing."""
        keys = [header_key(header) for header in headers]
        if not all(any(matches(wanted, key) for key in keys) for wanted in self.requires):
            return 0.0
        hits = sum(any(matches(wanted, key) for key in keys) for wanted in self.signature)
        if self.signature and not hits:
            return 0.0
        known = sum(
            self.role_of(header) is not None or any(matches(spelling, key) for spelling in (*self.signature, *self.other))
            for header, key in zip(headers, keys, strict=True)
        )
        share_known = known / len(keys)
        share_signature = min(1.0, hits / min(3, max(1, len(self.signature))))
        return round(0.35 + 0.35 * share_signature + 0.3 * share_known, 2)


def matches(spelling: str, key: str) -> bool:
    """Whether a header key is a spelling: the same words, or what a regular expression behind `re:` describes."""
    if spelling.startswith("re:"):
        return re.fullmatch(spelling[3:], key) is not None
    return header_key(spelling) == key


@cache
def helpdesks() -> tuple[Helpdesk, ...]:
    """Every helpdesk that has a data file."""
    found = []
    for path in sorted(_FOLDER.glob("*.toml")):
        content = tomllib.loads(path.read_text(encoding="utf-8"))
        if "kind" not in content:
            continue
        found.append(
            Helpdesk(
                id=path.stem,
                name=content["name"],
                kind=Kind(content["kind"]),
                requires=tuple(content["requires"]),
                signature=tuple(content.get("signature", ())),
                columns={Role(role): tuple(spellings) for role, spellings in content["columns"].items()},
                measures={spelling: WrittenUnit(measure) for spelling, measure in content.get("measures", {}).items()},
                other=tuple(content.get("other", ())),
            )
        )
    return tuple(found)
