"""The use cases that undo: history, restoring, bulk edits; and templates of one's own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from cs_planning.audit.gaps import audit_table, needs_of
from cs_planning.goals.following.bulk import changed_in_bulk
from cs_planning.goals.following.history import Revision, revisions_of
from cs_planning.goals.goal import Goal, GoalType, Stage
from cs_planning.goals.objectives.conflicts import QUALITY_KPIS, kpi_family
from cs_planning.goals.smart.achievable import UNLIKELY
from cs_planning.goals.templates import (
    TEMPLATES,
    Suggestion,
    Template,
    goal_from_template,
    suggest,
    template_from_goal,
)
from cs_planning.kpis.frequency import Frequency
from cs_planning.kpis.series import KpiSeries
from cs_planning.storage import Document, Save, Store
from cs_planning.workspace.following.actions import Actions
from cs_planning.workspace.goals.planning import Planning

_TEMPLATE = "template"


class GoalChanges:
    """What was changed of goals, and taking it back."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def history(self, id: str) -> tuple[Revision, ...]:
        """Every save of a goal with what it changed, the newest first.

        Raises:
            NotFound: there is no such goal.
        """
        saves = reversed(self._store.goals.history(id))
        currency = self._store.settings.load_currency().code
        return revisions_of([(one.after, one.author, one.at, "") for one in saves], currency)

    def restore(self, goal: Goal, to_version: int, *, save: Save) -> Goal:
        """Makes an earlier version of a goal its newest one.

        Raises:
            Conflict: somebody saved the goal since it was opened.
        """
        return self._store.goals.restore(goal.id, to_version=to_version, version=goal.version, save=save)

    def archive(self, goals: Sequence[Goal], *, save: Save) -> None:
        """Puts goals away, all of them or none; they can be brought back.

        Raises:
            Conflict: somebody saved one of them since it was opened.
        """
        self.change(goals, {"stage": Stage.ARCHIVED}, save=save)

    def archived(self) -> tuple[Goal, ...]:
        """The goals that were put away."""
        return self._store.goals.list(Stage.ARCHIVED)

    def bring_back(self, goal: Goal, *, save: Save) -> Goal:
        """Takes a goal out of the archive, as it was before it was put there.

        Raises:
            Conflict: somebody saved the goal since it was opened.
        """
        saves = self._store.goals.history(goal.id)
        before = next((one.after for one in saves if one.after.stage is not Stage.ARCHIVED), None)
        stage = before.stage if before is not None else Stage.DRAFT
        return self._store.goals.save(goal.model_copy(update={"stage": stage}), save=save)

    def change(self, goals: Sequence[Goal], fields: Mapping[str, Any], *, save: Save) -> tuple[Goal, ...]:
        """Sets the same values on many goals, all of them or none.

        Raises:
            InvalidGoal: a field can't be set in bulk, or a goal can't take a value.
            Conflict: somebody saved one of them since it was opened.
        """
        return self._store.goals.save_all(changed_in_bulk(goals, fields), save=save)


class GoalTemplates:
    """Ready-made goals, those of the team among them."""

    def __init__(self, store: Store, planning: Planning, actions: Actions) -> None:
        self._store = store
        self._planning = planning
        self._actions = actions

    def own(self) -> tuple[Template, ...]:
        """The templates that the team saved."""
        return tuple(Template.model_validate_json(one.body) for one in self._store.documents.list(_TEMPLATE))

    def all(self) -> tuple[Template, ...]:
        """The team's own templates, then the ready-made ones."""
        return (*self.own(), *TEMPLATES)

    def suggested(self, today: date, count: int = 3) -> tuple[Suggestion, ...]:
        """The templates that help most with what the team is worst at."""
        months = [info.key for info in self._store.points.list_series() if info.frequency is Frequency.MONTH]
        series = self._store.points.load_all_series(months, Frequency.MONTH)
        rows = audit_table(series, self._planning.goals(), today=today)
        return suggest(needs_of(rows), count, self.all())

    def draft(self, template: Template, today: date, series: str | None = None) -> Goal:
        """A draft from a template on the team's own numbers; without numbers where its KPI was never imported.

        The usual distance of the template gives way to a nearer target where the history makes it all but impossible.
        """
        found = self.series_for(template.kpi, series)
        drafted = goal_from_template(template, found, today, self._guard_for(template))
        return self._planning.brought_within_reach(drafted, today, unless_likelier_than=UNLIKELY)

    def _guard_for(self, template: Template) -> KpiSeries | None:
        """The KPI that must not suffer; where a goal on money can't have the usual one, another that speaks of quality."""
        if not template.guard:
            return None
        others = QUALITY_KPIS if template.type is GoalType.FINANCIAL else ()
        found = (self.series_for(kpi) for kpi in (template.guard, *others))
        return next((series for series in found if series is not None), None)

    def start(self, template: Template, today: date, series: str | None = None, *, save: Save) -> Goal:
        """Keeps a draft from a template, and its typical steps as the draft's action plan."""
        goal = self._planning.save_draft(self.draft(template, today, series), save=save)
        self._actions.add_from_template(template, goal, save=save.part("actions"))
        return goal

    def series_for(self, kpi: str, wanted: str | None = None) -> KpiSeries | None:
        """The monthly series of a KPI that a template means: the wanted one, else the one with the widest scope."""
        infos = [
            info
            for info in self._store.points.list_series()
            if info.frequency is Frequency.MONTH
            and (str(info.key) == wanted if wanted else kpi_family(info.key.kpi) == kpi_family(kpi))
        ]
        if not infos:
            return None
        best = min(infos, key=lambda info: (info.key.kpi != kpi, len(info.key.scope), str(info.key)))
        return self._store.points.load_series(best.key, best.frequency)

    def save(self, goal: Goal, name: str, *, save: Save) -> Template:
        """Keeps a goal as a template of the team's own."""
        template = template_from_goal(goal, name.strip()[:300])
        document = Document(kind=_TEMPLATE, title=name[:300], body=template.model_dump_json(), variant=template.type.value)
        self._store.documents.save(document, save=save)
        return template
