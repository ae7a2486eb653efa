"""The use case of goals for parts: the ways to divide a goal, what each part has to bring, and keeping them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from cs_planning.goals.goal import Goal
from cs_planning.goals.objectives.parts import GoalPart, divisions, goal_of_part, suggested_parts
from cs_planning.goals.sentence import sentence_of
from cs_planning.kpis.series import KpiSeries, SeriesKey
from cs_planning.storage import Save, Store


class GoalParts:
    """Goals of a workspace and the parts that carry them."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def ways(self, goal: Goal) -> Mapping[tuple[str, ...], tuple[SeriesKey, ...]]:
        """The ways to divide a goal, by the dimensions that the parts add."""
        return divisions(goal, [one.key for one in self._store.points.list_series() if one.frequency is goal.frequency])

    def suggested(self, goal: Goal, keys: Sequence[SeriesKey]) -> tuple[GoalPart, ...]:
        """A target for each part, so that they add up."""
        return suggested_parts(goal, list(self._series(goal, keys).values()))

    def save(self, goal: Goal, parts: Sequence[GoalPart], owners: Mapping[str, str], *, save: Save) -> tuple[Goal, ...]:
        """Keeps a draft for each part under the goal, all of them or none.

        Args:
            goal: the goal above.
            parts: with the targets that were decided.
            owners: by the written key of the part.
            save: who saves, when, and the key under which it happens once.
        """
        series = self._series(goal, [one.key for one in parts])
        currency = self._store.settings.load_currency().code
        made = []
        for part in parts:
            own = series[str(part.key)]
            draft = goal_of_part(goal, part, own, "", owners.get(str(part.key), ""))
            made.append(draft.model_copy(update={"title": str(sentence_of(draft, own, currency))[:300]}))
        return self._store.goals.save_all(made, save=save)

    def with_targets(self, parts: Sequence[GoalPart], targets: Sequence[float]) -> tuple[GoalPart, ...]:
        """The parts with the targets that somebody typed."""
        return tuple(replace(part, target=float(target)) for part, target in zip(parts, targets, strict=True))

    def _series(self, goal: Goal, keys: Sequence[SeriesKey]) -> dict[str, KpiSeries]:
        found = self._store.points.load_all_series(list(keys), goal.frequency)
        return {str(one.key): one for one in found if len(one)}
