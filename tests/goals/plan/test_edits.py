from datetime import date

import pandas as pd

from cs_planning.goals.plan.action_table import actions_to_table
from cs_planning.goals.plan.actions import Action, ActionStatus
from cs_planning.goals.plan.edits import edits_between, in_order

TODAY = date(2026, 11, 10)


def table(*actions):
    return actions_to_table(actions)


COACH = Action(id="a", goal_id="g", what="Coach", owner="Ken", due=date(2026, 12, 5))
CALL = Action(id="b", goal_id="g", what="Call", expected_change=2.0)


def test_an_untouched_table_has_no_edits_whichever_types_its_cells_have():
    typed = table(COACH, CALL).assign(due=pd.to_datetime(["2026-12-05", None]), owner=["Ken", None])
    assert edits_between(table(COACH, CALL), typed).is_empty


def test_only_the_rows_that_differ_are_edits():
    edits = edits_between(table(COACH, CALL), table(COACH, CALL.model_copy(update={"note": "now"})))
    assert (list(edits.rows["id"]), edits.removed, edits.moves) == (["b"], (), False)


def test_a_new_row_counts_once_it_says_what_is_to_be_done():
    for what, found in (("", 0), ("Write", 1)):
        new = pd.concat([table(COACH), pd.DataFrame([{"what": what, "owner": "Ben", "status": "open"}])])
        edits = edits_between(table(COACH), new)
        assert (len(edits.rows), edits.moves) == (found, bool(found))


def test_a_row_that_is_gone_and_one_that_is_finished_stand_elsewhere():
    assert edits_between(table(COACH, CALL), table(CALL)).removed == ("a",)
    assert edits_between(table(COACH), table(COACH.model_copy(update={"status": ActionStatus.DONE}))).moves
    assert not edits_between(table(COACH), table(COACH.model_copy(update={"status": ActionStatus.STARTED}))).moves


def test_overdue_steps_come_first_and_finished_ones_apart():
    late = Action(id="c", what="Late", due=date(2026, 11, 1))
    done = Action(id="d", what="Done", status="done", done_on=date(2026, 11, 2))
    earlier = Action(id="e", what="Done before", status="done", done_on=date(2026, 10, 2))
    opened, finished = in_order([CALL, earlier, COACH, done, late], TODAY)
    assert [one.id for one in opened] == ["c", "a", "b"]
    assert [one.id for one in finished] == ["d", "e"]
