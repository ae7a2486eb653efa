"""What changed between two versions of a goal: who, when, what, before and after."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

from cs_planning.goals.goal import Baseline, Goal, Milestone, Stage, TargetStep
from cs_planning.goals.naming import described
from cs_planning.goals.title import is_made, title_of
from cs_planning.kpis.catalogue import KGIS
from cs_planning.kpis.currency import UNSAID
from cs_planning.kpis.frequency import JANUARY, Frequency, Rhythm
from cs_planning.kpis.period_names import named_period
from cs_planning.kpis.quantity import quantity
from cs_planning.kpis.series import SeriesKey
from cs_planning.language import Text, listed_texts, text

_UNSEEN = frozenset({"id", "version", "schema_version"})
_IN_UNITS = frozenset({"floor", "primary", "stretch"})


@dataclass(frozen=True)
class Change:
    """One field that differs.

    Attributes:
        field: its name in the model.
        label: its name on the screen.
        before, after: what stood there, in words; `None` for nothing.
    """

    field: str
    label: Text
    before: Text | None
    after: Text | None

    @property
    def words(self) -> Text:
        """The change in a sentence."""
        if self.before is None:
            return text("{field} set to {after}", field=self.label, after=self.after or "")
        if self.after is None:
            return text("{field} removed (was {before})", field=self.label, before=self.before)
        return text("{field}: {before} → {after}", field=self.label, before=self.before, after=self.after)


@dataclass(frozen=True)
class Revision:
    """One save of a goal.

    Attributes:
        goal: as it was saved.
        by: who saved it.
        at: when.
        reason: why, where somebody said so.
        changes: against the save before; empty for the first one.
    """

    goal: Goal
    by: str
    at: datetime
    reason: str = ""
    changes: tuple[Change, ...] = ()


def changes_between(before: Goal | None, after: Goal, currency: str = UNSAID.code) -> tuple[Change, ...]:
    """The fields that differ between two versions of a goal, in the order of the model; none for a first version.

    Args:
        before: None for a first version.
        after: the version after it.
        currency: in which amounts are counted (ISO 4217).
    """
    if before is None:
        return ()
    names = dict.fromkeys([*type(before).model_fields, *type(after).model_fields])
    changes = []
    for name in names:
        old, new = getattr(before, name, None), getattr(after, name, None)
        if name in _UNSEEN or old == new or (name == "title" and is_made(before) and is_made(after)):
            continue  # a title that follows the fields says nothing that they don't
        changes.append(Change(name, label_of(name), _words(name, old, before, currency), _words(name, new, after, currency)))
    return tuple(changes)


def revisions_of(saves: Sequence[tuple[Goal, str, datetime, str]], currency: str = UNSAID.code) -> tuple[Revision, ...]:
    """The history of a goal, the newest save first.

    Args:
        saves: goal, person, moment and reason of each save, the oldest first.
        currency: in which amounts are counted (ISO 4217).
    """
    revisions = []
    before: Goal | None = None
    for goal, by, at, reason in saves:
        revisions.append(Revision(goal, by, at, reason, changes_between(before, goal, currency)))
        before = goal
    return tuple(reversed(revisions))


def changes_since(day: date, revisions: Sequence[Revision], currency: str = UNSAID.code) -> tuple[Change, ...]:
    """What differs now from what was committed to at the end of `day`, or first committed to after it; not the stage itself.

    Args:
        day: the day up to which everything is known.
        revisions: the history of a goal, the newest save first.
        currency: in which amounts are counted (ISO 4217).
    """
    committed = [one for one in revisions if one.goal.stage is not Stage.DRAFT]
    if not committed:
        return ()
    known = next((one for one in committed if one.at.date() <= day), committed[-1])
    changes = changes_between(known.goal, committed[0].goal, currency)
    return tuple(change for change in changes if change.field != "stage")


def restored(current: Goal, earlier: Goal) -> Goal:
    """`earlier` as the next version of `current`: everything as it was, but saved after what is there now."""
    return earlier.model_copy(update={"id": current.id, "version": current.version})


def archived(goal: Goal) -> Goal:
    """`goal` put away; it can be restored."""
    return goal.model_copy(update={"stage": Stage.ARCHIVED})


def search(goals: Sequence[Goal], words: str) -> list[Goal]:
    """The goals in whose texts every word of `words` occurs, in any case; all of them without words."""
    wanted = words.casefold().split()
    return [goal for goal in goals if all(word in _searched(goal) for word in wanted)]


def _searched(goal: Goal) -> str:
    people = (goal.owner, goal.team, *goal.contributors)
    parts = (str(title_of(goal)), *people, goal.series or "", goal.why, goal.how, goal.type.value)
    return " ".join(parts).casefold()


def label_of(field: str) -> Text:
    """The name of a goal's field on the screen."""
    known = {
        "type": text("Type"),
        "stage": text("Stage"),
        "horizon": text("Horizon"),
        "title": text("Title"),
        "series": text("KPI"),
        "frequency": text("Rhythm"),
        "measure": text("What counts"),
        "direction": text("Direction"),
        "baseline": text("Baseline"),
        "floor": text("Acceptable limit"),
        "primary": text("Target"),
        "stretch": text("Stretch target"),
        "start": text("Start"),
        "deadline": text("Deadline"),
        "owner": text("Owner"),
        "team": text("Team"),
        "contributors": text("Contributors"),
        "objective": text("Objective"),
        "parent": text("Goal above"),
        "why": text("Why"),
        "how": text("How"),
        "worth": text("What reaching it is worth"),
        "despite": text("Why all the same"),
        "milestones": text("Milestones"),
        "steps": text("Steps"),
        "cadence": text("Review"),
        "guard_series": text("Guard KPI"),
        "guard_limit": text("Guard limit"),
        "process": text("Process"),
        "survey": text("Survey"),
        "customer_group": text("Customer group"),
        "minimum_answers": text("Fewest answers"),
        "programme": text("Programme"),
        "audience": text("Audience"),
        "sessions_planned": text("Sessions planned"),
        "sessions_held": text("Sessions held"),
        "trained_percent": text("Share trained"),
        "skill_measure": text("Skill measure"),
        "skill_before": text("Skill before"),
        "skill_after": text("Skill after"),
        "cost_scope": text("Cost counted"),
        "budget": text("Budget"),
    }
    return known.get(field, Text(source="{name}", arguments={"name": field}))


def _words(name: str, value: object, goal: Goal, currency: str) -> Text | None:
    if value is None or value in ("", ()):
        return None
    if name == "title" and is_made(goal):
        return text("{value}", value=title_of(goal))
    if isinstance(value, Baseline):
        return _amount(value.value, goal.series, currency)
    if isinstance(value, tuple):
        return listed_texts([_item(item, goal, currency) for item in value])
    if isinstance(value, Enum):
        label = getattr(value, "label", None)
        return label if isinstance(label, Text) else text("{value}", value=str(value.value))
    if name in _IN_UNITS and isinstance(value, int | float):
        return _amount(float(value), goal.series, currency)
    if name == "guard_limit" and isinstance(value, int | float):
        return _amount(float(value), goal.guard_series, currency)
    if name == "objective" and value in KGIS:
        return KGIS[str(value)].name
    if isinstance(value, bool | int | float | date):
        return text("{value}", value=value)
    written = str(value)
    return text("{value}", value=written if len(written) <= 200 else f"{written[:199]}…")


def _item(item: object, goal: Goal, currency: str) -> Text | str:
    if isinstance(item, Milestone):
        return text("{value} by {due}", value=_amount(item.value, goal.series, currency), due=item.due)
    if isinstance(item, TargetStep):
        # Months and weeks have one name; a quarter's depends on the years of the workspace, so its first day stands for it.
        is_named = goal.frequency in {Frequency.MONTH, Frequency.WEEK}
        period = named_period(item.first, Rhythm(goal.frequency, JANUARY)) if is_named else item.first
        return text("{period} {value}", period=period, value=_amount(item.value, goal.series, currency))
    return str(item)


def _amount(value: float, series: str | None, currency: str) -> Text:
    if not series:
        return text("{value}", value=value)
    return quantity(value, described(SeriesKey.parse(series).kpi).in_currency(currency))
