"""Fields of a form that say what is wrong with them in their own place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import streamlit as st

from cs_planning.errors import InvalidOperation
from cs_planning.language import Percent, rounded, text
from cs_planning.ui.parts.drawing import plain
from cs_planning.workspace.words.fields import hint

_PERCENT = 100.0


class Fields:
    """The fields of one form.

    Each field has a place for its problem right below it; `say` puts every problem there.

    Args:
        form: in front of each key.

    Attributes:
        usual: the fields that start with a usual value; each is marked until another number is written.
        of_team: of them, those of the team as a whole; the others are of a channel.
        still_usual: of the fields drawn so far, those in which the usual value stands.
    """

    def __init__(self, form: str) -> None:
        self._form = form
        self._places: dict[str, Any] = {}
        self._percents: dict[str, float] = {}
        self.usual: set[str] = set()
        self.of_team: frozenset[str] = frozenset()
        self.still_usual: list[str] = []

    def number(
        self, place: Any, field: str, label: str, start: float | None, step: float, *, slot: str = "", digits: int = 4
    ) -> Any:
        """A number, 0 or more; `None` where it was left empty, and exactly `start` where that was left as it is.

        Args:
            place: a column.
            field: its dotted name in the model, by which problems are found.
            label: above it.
            start: what stands in it first.
            step: of its buttons.
            slot: tells the same field of several channels apart.
            digits: of `start` that are shown.
        """
        shown = None if start is None else rounded(float(start), digits)
        typed = place.number_input(
            label,
            0.0,
            1e9,
            shown,
            float(step),
            format="%.10g",
            key=self._key(field, slot),
            help=hint(f"team.{_name(field)}"),
            persist_state="session",
        )
        self._places[field] = place.container()
        if typed is None or typed != shown:
            return typed
        if field in self.usual:
            self.still_usual.append(field)
            self._places[field].caption(f":orange[:material/help_center: {plain(text('usual value'))}]")
        return start

    def percent(self, place: Any, field: str, label: str, start: float | None, *, slot: str = "") -> Any:
        """A share, written in percent; a share typed without the percent, such as 0.3, is pointed out."""
        shown = None if start is None else rounded(_PERCENT * start, 2)
        typed = self.number(place, field, f"{label} (%)", shown, 1, slot=slot)
        if typed is not None and typed == shown:
            self._percents[field] = typed
            return start
        if typed is not None and 0 < typed < 1:
            note = text(
                "Read as {value}. For {share} write {number}.",
                value=_percent(typed),
                share=_percent(_PERCENT * typed),
                number=_PERCENT * typed,
            )
            self._places[field].caption(f":orange[{plain(note)}]")
        if typed is None:
            return None
        self._percents[field] = typed
        return typed / _PERCENT

    def letters(self, place: Any, field: str, label: str, start: str, most: int) -> str:
        """A short word in capitals."""
        typed = place.text_input(
            label, start, max_chars=most, key=self._key(field, ""), help=hint(f"team.{field}"), persist_state="session"
        )
        self._places[field] = place.container()
        return str(typed or "").strip().upper()

    def words(self, place: Any, field: str, label: str, start: str, *, slot: str, placeholder: str | None = None) -> str:
        """The hours of a weekday."""
        typed = place.text_input(
            label,
            start,
            max_chars=60,
            placeholder=placeholder,
            key=self._key(field, slot),
            help=hint("team.hours_by_weekday"),
            persist_state="session",
        )
        self._places[field] = place.container()
        return str(typed or "").strip()

    def spare_place(self, field: str) -> None:
        """A place for the problems of a field that consists of several."""
        self._places[field] = st.container()

    def choice(
        self, place: Any, field: str, label: str, options: Sequence[str], start: Sequence[int], *, slot: str
    ) -> tuple[int, ...]:
        """Several of a few options, by their number."""
        chosen = place.pills(
            label,
            list(range(len(options))),
            selection_mode="multi",
            default=list(start),
            format_func=lambda number: options[number],
            key=self._key(field, slot),
            help=hint(f"team.{_name(field)}"),
            persist_state="session",
        )
        self._places[field] = place.container()
        return tuple(chosen)

    def say(self, error: InvalidOperation) -> bool:
        """Puts each problem below its field; False when one of them has no field here."""
        all_here = bool(error.problems)
        for problem in error.problems:
            place = self._places.get(problem.field or "")
            if place is None:
                all_here = False
                continue
            message, remedy = problem.message, problem.remedy
            if problem.field in self._percents:
                message = text("{value} is outside its range.", value=_percent(self._percents[problem.field]))
                remedy = text("Write a percentage between 0 and 100.")
            place.error(f"{plain(message)} {plain(remedy)}", icon=":material/error:")
        if all_here:
            st.warning(str(text("Nothing is computed before the fields above are right.")), icon=":material/error:")
        return all_here

    def _key(self, field: str, slot: str) -> str:
        name = _name(field)
        return f"{self._form}-{slot}-{name}" if slot else f"{self._form}-{name}"


def _percent(percent: float) -> Percent:
    return Percent(share=percent / _PERCENT, digits=2)


def _name(field: str) -> str:
    return field.rpartition(".")[2]
