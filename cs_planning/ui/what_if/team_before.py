"""The team of the run before: a lever moves no field of the team, so its answer need not wait until that form is drawn."""

from __future__ import annotations

from cs_planning.automation.team.operation import Operation
from cs_planning.ui import session
from cs_planning.ui.what_if.team import Team

_KEPT = "what-if-team-before"
_FORMS = ("what-if-team-", "what-if-team.")


def team_before(kept: Operation | None, version: int) -> Team | None:
    """The team that the form said last, None where anything it rests on has changed since.

    Args:
        kept: the team of the workspace.
        version: of the imported data.
    """
    before = session.kept(_KEPT)
    return before["team"] if before is not None and before["of"] == _rests_on(kept, version) else None


def keep_team(team: Team | None, kept: Operation | None, version: int) -> bool:
    """Keeps what the form says for the next run; gives whether it is another team than the one that was kept."""
    before = session.kept(_KEPT)
    if team is None:
        session.forget(_KEPT)
    else:
        session.keep(_KEPT, {"team": team, "of": _rests_on(kept, version)})
    return before is None or team is None or _written(before["team"]) != _written(team)


def _rests_on(kept: Operation | None, version: int) -> str:
    typed = session.widgets_of(_FORMS)
    return repr((kept.model_dump_json() if kept is not None else None, version, typed))


def _written(team: Team) -> str:
    return f"{team.operation.model_dump_json()} {team.usable}"
