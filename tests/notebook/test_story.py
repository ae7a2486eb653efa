"""What happened between two snapshots, in three sentences."""

from datetime import date

from cs_planning.forecasting.answers.change import ProbabilityChange
from cs_planning.language import use_language
from cs_planning.notebook import opening
from cs_planning.notebook.snapshot import CellChange, Difference, SnapshotComparison, ValueChange
from cs_planning.notebook.story import story_of

CLAIM = CellChange(opening.ID, "Claim", Difference.CHANGED, (ValueChange("Claim", "44 % likely", "52 % likely"),))


def between(*cells: CellChange) -> SnapshotComparison:
    return SnapshotComparison(date(2026, 10, 5), date(2026, 11, 10), date(2026, 9, 30), date(2026, 10, 31), cells)


def told(comparison: SnapshotComparison, change: ProbabilityChange | None) -> list[str]:
    return [str(sentence) for sentence in story_of(comparison, change)]


def test_it_tells_how_far_the_probability_went_what_did_it_and_what_else_changed():
    change = ProbabilityChange(0.44, 0.52, passed_time=-0.03, new_data=0.11, changed_target=0.0, changed_scenario=0.004)
    plan = CellChange("actions", "Action plan", Difference.CHANGED, (ValueChange("State", "Open", "Done"),))
    assert told(between(CLAIM, plan), change) == [
        "From Oct 5, 2026 to Nov 10, 2026 the probability of the target went from 44 % to 52 %.",
        "What did it: new data +11 percentage points, the time that passed -3 percentage points.",
        "On the page also differ: “Action plan” (changed).",
    ]


def test_what_did_not_move_is_said_and_no_cause_is_made_up():
    change = ProbabilityChange(0.44, 0.441, passed_time=0.001, new_data=0.0, changed_target=0.0, changed_scenario=0.0)
    assert told(between(), change) == [
        "From Oct 5, 2026 to Nov 10, 2026 the probability of the target stayed at 44 %.",
        "Neither new data nor time, target or scenario moved it.",
        "Nothing else on the page changed.",
    ]


def test_without_a_probability_the_claims_speak():
    assert told(between(CLAIM), None)[0] == "Oct 5, 2026: “44 % likely”. Nov 10, 2026: “52 % likely”."
    assert "can't be told" in told(between(CLAIM), None)[1]


def test_many_cells_are_counted_and_all_is_told_in_the_language_of_the_reader():
    cells = [CellChange(f"c{number}", f"Cell {number}", Difference.ADDED) for number in range(6)]
    assert told(between(*cells), None)[2].endswith("and 2 more.")
    with use_language("ja"):
        assert told(between(*cells), None)[2].endswith("ほか2件が変わりました。")
