"""The use case of the leadership's page: all goals by chance and by money, the plan, what changed, what would move it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from cs_planning.goals.goal import Cadence, Stage
from cs_planning.goals.objectives.stakes import Stake, stake_of
from cs_planning.goals.title import as_read, title_of
from cs_planning.language import Chance, Text, text
from cs_planning.storage import Store
from cs_planning.workspace.following.reviews import Reviews
from cs_planning.workspace.following.standings import Brief, GoalStanding, Standings
from cs_planning.workspace.following.together import GoalsTogether, Plan
from cs_planning.workspace.goals.planning import Planning
from cs_planning.workspace.leading.moves import PlanMove, PlanMoves

_TOLD_CHANGE = 0.05


@dataclass(frozen=True)
class LeaderLine:
    """A running goal as a leadership sees it.

    Attributes:
        standing: where it stands.
        stake: what reaching it is worth; `None` where nobody says and no figure tells.
    """

    standing: GoalStanding
    stake: Stake | None

    @property
    def at_risk(self) -> float | None:
        """The part of the money that is likely missed: amount × (1 − probability)."""
        chance = self.standing.report.probability
        return None if self.stake is None or chance is None else self.stake.amount * (1 - chance)


@dataclass(frozen=True)
class LeaderView:
    """All running goals, and the plan that they make.

    Attributes:
        brief: of all goals.
        lines: running goals: most money at risk first, then the least likely.
        plan: the goals together; `None` for fewer than two with a number.
        since: the day of the last quarterly review, or when it would have been.
        changes: what changed since.
        at_stake, expected: money of the goals that have both amount and chance, and what of it is reached on average.
        priced: how many goals these are.
    """

    brief: Brief
    lines: tuple[LeaderLine, ...]
    plan: Plan | None
    since: date
    changes: tuple[Text, ...]
    at_stake: float
    expected: float
    priced: int


class Leadership:
    """The plan of a workspace as a leadership asks for it."""

    def __init__(
        self,
        store: Store,
        planning: Planning,
        standings: Standings,
        reviews: Reviews,
        together: GoalsTogether,
        moves: PlanMoves,
    ) -> None:
        self._store = store
        self._planning = planning
        self._standings = standings
        self._reviews = reviews
        self._together = together
        self._moves = moves
        self._largest = lru_cache(maxsize=8)(self._find_moves)

    def view(self, today: date) -> LeaderView:
        """Where the plan stands; probabilities that are not up to date are marked as such in the brief."""
        brief = self._standings.brief(today)
        running = [line for line in brief.lines if line.goal.stage is Stage.ACTIVE]
        lines = [LeaderLine(line, stake_of(line.goal, self._standings.series_of(line.goal))) for line in running]
        lines.sort(key=_order)
        priced = [(one.stake.amount, one.at_risk) for one in lines if one.stake is not None and one.at_risk is not None]
        since = self._reviews.since(Cadence.QUARTERLY, today)
        return LeaderView(
            brief=brief,
            lines=tuple(lines),
            plan=self._together.plan(brief.lines, today),
            since=since,
            changes=self._changes(running, since),
            at_stake=sum(amount for amount, _missed in priced),
            expected=sum(amount - missed for amount, missed in priced),
            priced=len(priced),
        )

    def moves(self, today: date) -> tuple[PlanMove, ...]:
        """The decisions that would move the plan most; takes a moment, and is kept until something is saved."""
        return self._largest(self._store.changes.content_without_comments(), today)

    def _find_moves(self, _content: int, today: date) -> tuple[PlanMove, ...]:
        running = [goal for goal in self._planning.goals() if goal.stage is Stage.ACTIVE]
        return self._moves.largest(running, today)

    def _changes(self, running: list[GoalStanding], since: date) -> tuple[Text, ...]:
        """Goals whose chance moved, goals that ended, goals that are new, decisions that were taken."""
        told: list[Text] = []
        first: dict[str, tuple[date, float]] = {}
        for one in self._reviews.check_ins():  # the newest first, so the last one that is kept is the first of that time
            if one.probability is not None and (one.on >= since or one.goal_id not in first):
                first[one.goal_id] = (one.on, one.probability)
        for line in running:
            known, now = first.get(line.goal.id), line.report.probability
            if known is None or now is None or abs(now - known[1]) < _TOLD_CHANGE:
                continue
            before, after = Chance(chance=known[1]), Chance(chance=now)
            told.append(text("“{goal}”: {before} → {after} likely", goal=title_of(line.goal), before=before, after=after))
        by_id = {goal.id: goal for goal in self._planning.goals()}
        told += [
            text("“{goal}” ended: {score}", goal=as_read(one.title, by_id.get(one.goal_id)), score=one.score.label)
            for one in self._reviews.outcomes()
            if one.closed_on > since
        ]
        told += [
            text("“{goal}” was committed to", goal=title_of(line.goal))
            for line in running
            if line.goal.start is not None and line.goal.start > since
        ]
        told += [text("Decided: {what}", what=one.what) for one in self._reviews.decisions() if one.on > since]
        return tuple(told)


def _order(line: LeaderLine) -> tuple[float, float]:
    chance = line.standing.report.probability
    return -(line.at_risk or 0.0), 1.0 if chance is None else chance
