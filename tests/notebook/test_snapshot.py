from datetime import UTC, datetime

import pytest
from pydantic import ValidationError

from cs_planning.notebook import opening
from cs_planning.notebook.kinds.text import TextCell
from cs_planning.notebook.pages import arrangement
from cs_planning.notebook.run import run
from cs_planning.notebook.snapshot import Difference, Snapshot, compare
from tests.notebook.sample_sources import EMAIL, TODAY, SampleSources, page_of_all_kinds


def frozen(sources: SampleSources) -> Snapshot:
    result = run(page_of_all_kinds(), sources, today=TODAY)
    return Snapshot(id="s1", taken_at=datetime(2026, 11, 3, 9, tzinfo=UTC), author="Mariko", result=result)


@pytest.mark.slow
def test_a_snapshot_survives_json_to_the_last_byte() -> None:
    snapshot = frozen(SampleSources())
    assert Snapshot.model_validate_json(snapshot.model_dump_json()).model_dump_json() == snapshot.model_dump_json()


def test_a_snapshot_says_as_of_when_with_which_seed_and_version() -> None:
    result = frozen(SampleSources()).result
    assert result.data_as_of is not None
    assert result.seed == 7
    assert result.product_version


def test_a_snapshot_can_not_be_changed() -> None:
    with pytest.raises(ValidationError):
        frozen(SampleSources()).note = "other"


def test_a_broken_snapshot_is_refused() -> None:
    with pytest.raises(ValidationError):
        Snapshot.model_validate_json('{"result": 1}')


def test_two_equal_runs_have_no_changed_cell() -> None:
    sources = SampleSources()
    before = frozen(sources).result
    assert compare(before, frozen(sources).result).changed == ()


def test_a_snapshot_that_was_read_back_equals_the_run_it_froze() -> None:
    snapshot = frozen(SampleSources())
    assert compare(Snapshot.model_validate_json(snapshot.model_dump_json()).result, snapshot.result).changed == ()


def test_another_target_changes_its_values_by_name() -> None:
    sources = SampleSources()
    before = frozen(sources).result
    sources.goals[EMAIL] = sources.goals[EMAIL].model_copy(update={"primary": 90.0})
    changes = {cell.cell: cell for cell in compare(before, frozen(sources).result).changed}
    assert {"goal_card", "forecast", "alignment"} <= set(changes)
    (claim,) = changes[opening.ID].values
    assert "% likely" in claim.before
    assert "% likely" in claim.after
    assert claim.before != claim.after


def test_cells_that_came_and_went_are_named() -> None:
    sources = SampleSources()
    page = page_of_all_kinds()
    before = run(page, sources, today=TODAY)
    other = arrangement.add(arrangement.delete(page, "audit"), TextCell(id="new", markdown="hi"))
    found = {cell.cell: cell.difference for cell in compare(before, run(other, sources, today=TODAY)).changed}
    assert found == {"new": Difference.ADDED, "audit": Difference.REMOVED}
