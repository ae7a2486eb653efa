"""The sample team: what a new user looks at before there is anything of their own."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Sequence
from collections.abc import Mapping as MappingOf
from datetime import UTC, date, datetime, time
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import TypeAdapter

from cs_planning import __version__
from cs_planning.audit.checklist import Audit
from cs_planning.automation.scenarios.scenario import Scenario
from cs_planning.automation.team.operation import Operation
from cs_planning.automation.team.reading import read_model, read_operation
from cs_planning.forecasting.evidence.events import Event
from cs_planning.goals.appraisal.sheet import SheetStep, Talk
from cs_planning.goals.following.review import Decision
from cs_planning.goals.goal import Cadence, Goal, goal_from_fields
from cs_planning.goals.plan.action_table import actions_to_table
from cs_planning.goals.plan.actions import Action
from cs_planning.kpis.columns.mapping import Mapping
from cs_planning.kpis.columns.roles import Role
from cs_planning.language import current_language, use_language
from cs_planning.storage import Save
from cs_planning.workspace.sample_amounts import currency_in, story_in, table_in

if TYPE_CHECKING:
    from cs_planning.workspace import Workspace

_PACKAGE = Path(__file__).parents[1]
FOLDER = next((one for one in (_PACKAGE / "site" / "sample_data",) if one.is_dir()), _PACKAGE.parent / "sample_data")
"""The sample files: inside the package where it is installed, else in the checkout."""
AUTHOR = "sample"
_CORRECTIONS: MappingOf[str, Callable[[Mapping], Mapping]] = {
    "kpis-monthly.csv": lambda mapping: mapping.with_role("Contacts", Role.SAMPLE_SIZE, "cost_per_contact").with_role(
        "Reviews", Role.SAMPLE_SIZE, "quality_score"
    ),
    "phone-daily.csv": lambda mapping: mapping.with_role("Average speed of answer (s)", Role.ASA).model_copy(
        update={"scope": (("channel", "phone"),)}
    ),
    "tickets.csv": lambda mapping: mapping.with_role("Satisfaction", Role.IGNORE),
}
"""What a user would correct on the Import page: one file is about the telephone, and satisfaction is in the monthly table."""
_WITH_AMOUNTS = "kpis-monthly.csv"
_EVENT: TypeAdapter[Event] = TypeAdapter(Event)


def sample_wanted() -> bool:
    """Whether there shall be a sample team: unless `CS_PLANNING_SAMPLE` is 0 or its files are not there."""
    return os.environ.get("CS_PLANNING_SAMPLE", "1") != "0" and FOLDER.is_dir()


@cache
def sample_stamp() -> str:
    """What tells one making of the sample team from another: the version of the product, and the files that it is made of."""
    files = sorted(FOLDER.iterdir()) if FOLDER.is_dir() else []
    digest = hashlib.sha256()
    for file in files:
        if file.is_file():
            digest.update(file.name.encode() + b"\0" + file.read_bytes())
    return f"{__version__} {digest.hexdigest()}\n"


def tell_sample(workspace: Workspace, today: date, language: str) -> None:
    """Lets the sample team's last half year happen, day by day, by the use cases of the product.

    Args:
        workspace: with the files of the sample and nothing else.
        today: what happened after it is left out.
        language: in which the team writes its goals and notes; names of teams in the files stay as the files have them.
    """
    with use_language(language):
        workspace.money.choose(currency_in(language), save=Save(AUTHOR, "sample-currency", _at(today)))
        _import(workspace, _WITH_AMOUNTS, today)
        _tell(workspace, today)


def _tell(workspace: Workspace, today: date) -> None:
    story = _json("story.json")
    for number, one in enumerate(story["events"]):
        event = _EVENT.validate_python({name: one.get(name) for name in ("kind", "first", "last", "name")})
        workspace.planning.events.mark(one["series"], event, save=Save(one["by"], f"sample-event-{number}", _at(one["on"])))
    for number, one in enumerate(story["closed"]):
        _live_through(workspace, one, f"sample-closed-{number}", today)
    for number, one in enumerate(story["ended"]):
        _live_through(workspace, one, f"sample-ended-{number}", today)
    goals = _keep_goals(workspace, story, today)
    for number, one in enumerate(story["audits"]):
        audit = Audit.model_validate(one)
        workspace.audits.save_audit(audit, save=Save(audit.by, f"sample-audit-{number}", _at(one["on"])))
    for number, one in enumerate(story["reviews"]):
        _hold_review(workspace, one, goals, f"sample-review-{number}")
    for number, one in enumerate(story["sheets"]):
        _tell_sheet(workspace, one, f"sample-sheet-{number}", today)
    now = datetime.combine(today, time(), UTC)
    operation = _calibrated(workspace, read_operation(_json("operation.json")))
    workspace.what_if.kept.save_operation(operation, save=Save(AUTHOR, "sample-operation", now))
    for number, fields in enumerate(_json("scenarios.json")):
        workspace.what_if.kept.save_new(read_model(Scenario, fields), save=Save(AUTHOR, f"sample-scenario-{number}", now))


def _calibrated(workspace: Workspace, operation: Operation) -> Operation:
    """The team fitted to the waits in its own data, as somebody would keep it from the What-if page."""
    seen = []
    for channel in operation.channels:
        within = channel.answer_within_seconds
        parts = workspace.what_if.data.parts_of_day(channel, within)
        seen.append(workspace.what_if.data.of(channel).measured(within, parts))
    return workspace.what_if.data.calibrated(operation, seen)[0]


def import_sample(workspace: Workspace, today: date) -> None:
    """Imports the files of the sample team without amounts into an empty workspace, as they are on `today`."""
    for name in _CORRECTIONS:
        if name != _WITH_AMOUNTS:
            _import(workspace, name, today)


def _import(workspace: Workspace, name: str, today: date) -> None:
    content = table_in(current_language(), (FOLDER / name).read_bytes())
    table = workspace.data.read(name, content)
    mapping = _CORRECTIONS[name](workspace.data.recognise(table).mapping)
    imported = workspace.data.convert(table, mapping, today)
    save = Save(AUTHOR, f"sample-{name}", datetime.combine(today, time(), UTC))
    workspace.data.save(table, mapping, imported, save=save)


def _live_through(workspace: Workspace, story: MappingOf[str, Any], key: str, today: date) -> None:
    """A goal from its commitment over its check-ins to its close."""
    draft = goal_from_fields(story["goal"])
    begun = _at(draft.start)
    goal = workspace.planning.commit(draft.model_copy(update={"id": key}), save=Save(draft.owner, key, begun))
    _check_in(workspace, goal, story["check_ins"], key, today)
    if "closed_on" in story:
        closed_on = date.fromisoformat(story["closed_on"])
        workspace.reviews.close(goal, save=Save(story["closed_by"], f"{key}-close", _at(closed_on)), today=closed_on)


def _keep_goals(workspace: Workspace, story: MappingOf[str, Any], today: date) -> dict[str, Goal]:
    """The goals that are under way, with their check-ins and actions, by title."""
    goals = {}
    for number, fields in enumerate(_json("goals.json")):
        key = f"sample-goal-{number}"
        draft = goal_from_fields(fields).model_copy(update={"id": key})
        goal = workspace.planning.save_draft(draft, save=Save(draft.owner, key, _at("2026-10-06")))
        _check_in(workspace, goal, story["check_ins"].get(goal.title, ()), key, today)
        actions = [Action.model_validate({**one, "goal_id": goal.id}) for one in story["actions"].get(goal.title, ())]
        if actions:
            workspace.actions.save(actions_to_table(actions), {}, save=Save(goal.owner, f"{key}-actions", _at("2026-11-06")))
        goals[goal.title] = goal
    return goals


def _check_in(workspace: Workspace, goal: Goal, check_ins: Sequence[MappingOf[str, str]], key: str, today: date) -> None:
    for number, one in enumerate(check_ins):
        on = date.fromisoformat(one["on"])
        if on <= today:
            workspace.reviews.check_in(goal, one["note"], save=Save(one["by"], f"{key}-check-in-{number}", _at(on)), today=on)


def _hold_review(workspace: Workspace, story: MappingOf[str, Any], goals: MappingOf[str, Goal], key: str) -> None:
    on = date.fromisoformat(story["on"])
    for number, one in enumerate(story["decisions"]):
        decision = Decision.model_validate({**one, "goal_id": goals[one["goal"]].id, "on": on, "goal": None})
        workspace.reviews.decide(decision, save=Save(story["by"], f"{key}-decision-{number}", _at(on)))
    agenda = workspace.reviews.agenda(Cadence(story["cadence"]), on)
    workspace.reviews.hold(agenda, save=Save(story["by"], key, _at(on)))


def _tell_sheet(workspace: Workspace, story: MappingOf[str, Any], key: str, today: date) -> None:
    """A goal sheet with its steps and talks, as far as they are not after today."""
    ids = {goal.title: goal.id for goal in workspace.planning.goals()}
    sheets, sheet = workspace.sheets, None
    for number, one in enumerate(step for step in story["steps"] if date.fromisoformat(step["on"]) <= today):
        save = Save(one["by"], f"{key}-{number}", _at(one["on"]))
        if sheet is None:
            start, end = date.fromisoformat(story["start"]), date.fromisoformat(story["end"])
            sheet = sheets.begin(story["holder"], story["superior"], start, end, save=save.part("begin"))
        if "goals" in one:
            sheet = sheets.choose_goals(sheet.id, [ids[title] for title in one["goals"]], save=save.part("goals"))
            for title, weight in one["goals"].items():
                fields = {"weight_percent": float(weight)}
                sheet = sheets.write_line(sheet.id, ids[title], fields, save=save.part(f"weight-{ids[title]}"))
        if "talk" in one:
            sheet = sheets.hold_talk(sheet, Talk.model_validate({**one["talk"], "on": one["on"]}), save=save.part("talk"))
        if "step" in one:
            step = SheetStep(one["step"])
            sheet = sheets.take(sheet, step, comment=one.get("comment", ""), save=save.part("step"))


def _at(day: date | str | None) -> datetime:
    """The morning of a day of the story."""
    known = date.fromisoformat(day) if isinstance(day, str) else day or date.min
    return datetime.combine(known, time(9), UTC)


def _json(name: str) -> Any:
    """A file of the story, in the language in force where it was translated."""
    told = story_in(current_language(), _read(name))
    words = FOLDER / f"{current_language()}.json"
    return _translated(told, _read(words.name)) if words.is_file() else told


def _read(name: str) -> Any:
    return json.loads((FOLDER / name).read_text(encoding="utf-8"))


def _translated(told: Any, words: MappingOf[str, str]) -> Any:
    if isinstance(told, str):
        return words.get(told, told)
    if isinstance(told, list):
        return [_translated(one, words) for one in told]
    if isinstance(told, dict):
        return {words.get(name, name): _translated(one, words) for name, one in told.items()}
    return told
