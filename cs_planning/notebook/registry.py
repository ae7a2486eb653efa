"""Finds the kinds of cell: each is a file in `kinds/` with a `KIND`, and nothing else has to name it."""

from __future__ import annotations

import pkgutil
from collections.abc import Mapping
from functools import reduce
from importlib import import_module
from operator import or_
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import Discriminator, Tag

from cs_planning.notebook import kinds
from cs_planning.notebook.cells.cell import Cell
from cs_planning.notebook.cells.kind import CellKind
from cs_planning.notebook.cells.unknown import UNKNOWN, UnknownCell


def _found() -> dict[str, CellKind[Any]]:
    modules = [import_module(f"{kinds.__name__}.{file.name}") for file in pkgutil.iter_modules(kinds.__path__)]
    found: list[CellKind[Any]] = sorted((module.KIND for module in modules), key=lambda kind: kind.place)
    by_name = {kind.name: kind for kind in found}
    assert len(by_name) == len(found), "two kinds of cell have the same name"
    return by_name


KINDS: Mapping[str, CellKind[Any]] = _found()
"""Every known kind of cell by its name, in the order in which a menu offers them."""


def kind_of(name: str) -> CellKind[Any]:
    """The kind of that name; the unknown one for a name of a newer version."""
    return KINDS.get(name, UNKNOWN)


def _tag(cell: Any) -> str:
    kind = cell.get("kind") if isinstance(cell, Mapping) else getattr(cell, "kind", None)
    return kind if isinstance(kind, str) and kind in KINDS else "unknown"


if TYPE_CHECKING:
    AnyCell = Cell
else:
    _TAGGED = [Annotated[kind.cell, Tag(name)] for name, kind in KINDS.items()]
    AnyCell = Annotated[reduce(or_, [*_TAGGED, Annotated[UnknownCell, Tag("unknown")]]), Discriminator(_tag)]
"""A cell of any kind, as a page reads and writes it."""
