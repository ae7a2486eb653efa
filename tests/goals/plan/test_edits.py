from datetime import date

import pandas as pd

from cs_planning.goals.plan.action_table import actions_to_table
from cs_planning.goals.plan.actions import Action, ActionStatus
from cs_planning.goals.plan.edits import edits_between, in_order, with_known_ids

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
    assert (list(edits.rows["id"]), edits.removed) == (["b"], ())


def test_a_new_row_counts_once_it_says_what_is_to_be_done():
    for what, found in (("", 0), ("Write", 1)):
        new = pd.concat([table(COACH), pd.DataFrame([{"what": what, "owner": "Ben", "status": "open"}])])
        assert len(edits_between(table(COACH), new).rows) == found


def test_a_row_that_is_gone_is_told_by_its_id():
    edits = edits_between(table(COACH, CALL), table(CALL))
    assert (list(edits.rows["id"]), edits.removed) == ([], ("a",))


def test_a_row_that_was_added_and_kept_is_known_again_however_it_is_changed():
    added = table(CALL)
    now = pd.concat([table(COACH), pd.DataFrame([{"what": "Call", "expected_change": 3.0}])], ignore_index=True)
    known = with_known_ids(now, added)
    assert list(known["id"]) == ["a", "b"]
    edits = edits_between(table(COACH, CALL), known)
    assert list(edits.rows["id"]) == ["b"]


def test_of_several_added_rows_the_one_that_is_gone_loses_its_id():
    write = CALL.model_copy(update={"id": "c", "what": "Write"})
    ask = CALL.model_copy(update={"id": "d", "what": "Ask"})
    for left, ids in (((CALL, ask), ["a", "b", "d"]), ((write, ask), ["a", "c", "d"]), ((CALL, write), ["a", "b", "c"])):
        rows = table(*left).assign(id="")
        assert list(with_known_ids(pd.concat([table(COACH), rows], ignore_index=True), table(CALL, write, ask))["id"]) == ids


def test_overdue_steps_come_first_and_finished_ones_apart():
    late = Action(id="c", what="Late", due=date(2026, 11, 1))
    done = Action(id="d", what="Done", status=ActionStatus.DONE, done_on=date(2026, 11, 2))
    earlier = Action(id="e", what="Done before", status=ActionStatus.DONE, done_on=date(2026, 10, 2))
    opened, finished = in_order([CALL, earlier, COACH, done, late], TODAY)
    assert [one.id for one in opened] == ["c", "a", "b"]
    assert [one.id for one in finished] == ["d", "e"]
