"""A column that a kind of rows can't do without, and that no header names → the question which one it is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from collections.abc import Mapping as MappingOf

import numpy as np

from cs_planning.kpis.columns.contents.looks import Column
from cs_planning.kpis.columns.mapping import Mapping
from cs_planning.kpis.columns.roles import Role
from cs_planning.kpis.imports.answers import Choice, FileQuestion
from cs_planning.language import Text, text

_EXAMPLES = 2
_FEW = 60
_OF_STEPS = 0.03
"""Numbers of contacts differ in at least this share of their rows: a contact has some thirty steps at the most."""
_SCALES = ((Role.CSAT, 1.0, 7.0), (Role.NPS, 0.0, 10.0), (Role.CES, 1.0, 7.0))


def with_examples(look: Column) -> Text:
    """The name of a column with its first cells, as a person chooses it."""
    return text("{column} (such as {examples})", column=look.name, examples=" · ".join(look.looks_like[:_EXAMPLES]))


def by_elimination(mapping: Mapping, looks: MappingOf[str, Column], moment: Role) -> Mapping:
    """The mapping with each needed role that one unused column alone can have; a moment is asked for all the same.

    Args:
        mapping: how the columns are read, of a kind that somebody named.
        looks: the columns at a glance.
        moment: the role of the moment or period of a row.
    """
    for group in mapping.missing_roles():
        possible = [] if moment in group else _possible(mapping, group, looks)
        if len(possible) == 1:
            look, role = possible[0]
            mapping = mapping.with_role(look.name, role)
    return mapping


def _possible(mapping: Mapping, group: Sequence[Role], looks: MappingOf[str, Column]) -> list[tuple[Column, Role]]:
    """The unused columns that can have a role of a group, each with that role."""
    unused = [looks[entry.column] for entry in mapping.columns if entry.role is Role.IGNORE and entry.column in looks]
    return [(look, role) for look in unused if look.filled for role in fitting(look, group)]


def about_needed(mapping: Mapping, group: Sequence[Role], looks: MappingOf[str, Column]) -> list[FileQuestion]:
    """The question which column has one of the roles of a group; none where no column can have one.

    Args:
        mapping: how the columns are read so far; those that have a role already are not offered.
        group: the roles of which one is needed.
        looks: the columns at a glance.
    """
    possible = _possible(mapping, group, looks)
    if not possible:
        return []
    return [
        FileQuestion(
            id="needed",
            words=_words(group),
            reason=text("No column says it by its name, and nothing can be worked out without it."),
            choices=tuple(
                Choice(value=f"{look.name}={role.value}", label=_label(look, role, group)) for look, role in possible
            ),
            option="--column",
        )
    ]


def _words(group: Sequence[Role]) -> Text:
    asked = {
        Role.CONTACT_ID: text("Which column holds the number of the contact?"),
        Role.ACTIVITY: text("Which column says what happened in a step?"),
        Role.KPI_NAME: text("Which column names the KPI?"),
        Role.VALUE: text("Which column holds the value?"),
        Role.COST: text("Which column holds the cost?"),
        Role.OFFERED: text("Which column counts the contacts?"),
        Role.KPI: text("Which column holds the values of a KPI?"),
        Role.CSAT: text("Which column holds the answer, and to which question?"),
    }
    return next(
        (words for role, words in asked.items() if role in group), text("Which column holds: {role}?", role=group[0].label)
    )


def _label(look: Column, role: Role, group: Sequence[Role]) -> Text:
    """A column; with what it would be, where the group leaves a choice."""
    if len(group) == 1:
        return with_examples(look)
    return text("{column}: {role}", column=with_examples(look), role=role.label)


def fitting(look: Column, group: Sequence[Role]) -> list[Role]:
    """Which of some roles the cells of a column allow."""
    return [role for role in group if _CAN_BE.get(role, _is_amount)(look)]


def _is_amount(look: Column) -> bool:
    return look.is_number and not look.is_time


def _is_name(look: Column) -> bool:
    return not look.is_time and not look.is_number and look.distinct <= _FEW


def _numbers_contacts(look: Column) -> bool:
    return not look.is_time and look.distinct > _OF_STEPS * look.filled


def _answers(low: float, high: float) -> Callable[[Column], bool]:
    """Whether a column holds answers between two numbers, or a few words."""

    def fits(look: Column) -> bool:
        if not look.is_number:
            return _is_name(look) and low > 0
        values = look.numbers.values[np.isfinite(look.numbers.values)]
        return bool(len(values)) and float(values.min()) >= low and float(values.max()) <= high

    return fits


def _no_column(_look: Column) -> bool:
    return False


_CAN_BE: MappingOf[Role, Callable[[Column], bool]] = {
    Role.CONTACT_ID: _numbers_contacts,
    Role.ACTIVITY: _is_name,
    Role.KPI_NAME: _is_name,
    Role.PERIOD_COLUMN: _no_column,
    Role.QUALITY: _no_column,
    **{role: _answers(low, high) for role, low, high in _SCALES},
}
