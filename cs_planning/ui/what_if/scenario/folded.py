"""Where fields stand: in the open, or folded away, where their values count as before and nothing is drawn."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import Any

from cs_planning.ui import session


class Open:
    """A place of the page whose sliders say that they were moved, in place of drawing everything around them again.

    Args:
        place: of Streamlit.
        moved: called when a slider was moved; None draws everything again.
    """

    def __init__(self, place: Any, moved: Callable[[], None] | None) -> None:
        self._place = place
        self._moved = moved
        self.slider = partial(place.slider, on_change=moved)

    def columns(self, count: int) -> list[Open]:
        """As many places beside each other, each as this one."""
        return [Open(one, self._moved) for one in self._place.columns(count)]

    def __getattr__(self, name: str) -> Any:
        return getattr(self._place, name)


class Folded:
    """Stands in the place of a box that is closed, and answers for its fields what stands in them.

    A lever that moves sends every field of its page to the browser again; most of them lie in closed boxes, and what the
    levers come to needs none of them on the screen.

    Assumptions: the fields have keys and keep their values for the session while they are not drawn.
    """

    def slider(self, _label: str, _low: float, _high: float, value: Any, _step: float, *, key: str, **_look: Any) -> Any:
        """What stands in a slider."""
        return session.widget_value(key, value)

    def number_input(
        self, _label: str, _low: float, _high: float, value: float, _step: float, *, key: str, **_look: Any
    ) -> Any:
        """What stands in a field for a number."""
        return session.widget_value(key, value)

    def date_input(self, _label: str, value: date | None, *, key: str, **_look: Any) -> Any:
        """What stands in a field for a day."""
        return session.widget_value(key, value)

    def multiselect(self, _label: str, _options: Sequence[str], chosen: Sequence[str], *, key: str, **_look: Any) -> Any:
        """What is chosen of several."""
        return session.widget_value(key, chosen)

    def columns(self, count: int) -> list[Folded]:
        """As many places beside each other, all of them folded away."""
        return [self] * count

    def caption(self, _words: str) -> None:
        """Says nothing while nobody looks."""

    def markdown(self, _words: str) -> None:
        """Says nothing while nobody looks."""
