"""Undoing and importing where files of contacts are damaged: nothing is refused that can be done, nothing is half done."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from cs_planning.errors import CannotUndo
from tests.workspace.layers.undo_files import by, put, require_as_alone, require_equal, state


def damage(path: Path) -> None:
    """Spoils the values of a file, and leaves its end, which says what is in it, as it was."""
    content = bytearray(path.read_bytes())
    content[4:60] = b"\xff" * 56
    path.write_bytes(bytes(content))


def files_of_layer(workspace, place: int) -> list[Path]:
    layer = workspace._store.layers.list()[place]
    return [workspace.home.contacts / layer.log_id / part.file_name for part in layer.brought.files]


def test_values_that_are_damaged_inside_forbid_the_undoing_until_the_file_is_put_back(workspace, alone, tmp_path):
    put(workspace, "spring.csv", 1)
    second = put(workspace, "wrong.csv", 2)
    before = state(workspace)
    damaged = files_of_layer(workspace, 0)[1]
    copy = shutil.copy(damaged, tmp_path / "backup.parquet")
    damage(damaged)
    with pytest.raises(CannotUndo, match="1 file with contacts of earlier imports is missing or damaged"):
        workspace.data.undo.preview(second)
    with pytest.raises(CannotUndo, match="1 file with contacts of earlier imports is missing or damaged"):
        workspace.data.undo.undo(second, save=by(3))
    require_equal(before, state(workspace))
    shutil.copy(copy, damaged)
    workspace.data.undo.undo(second, save=by(4))
    require_as_alone(workspace, alone, ["spring.csv"])


@pytest.mark.faults
def test_a_damaged_file_of_the_oldest_import_stops_no_later_one(workspace, alone, monkeypatch):
    monkeypatch.setattr("cs_planning.workspace.layers.folding.UNDOABLE_IMPORTS", 2)
    put(workspace, "spring.csv", 1)
    put(workspace, "corrected.csv", 2)
    put(workspace, "wrong.csv", 3)
    in_log = set(workspace.data.logs.files())
    (oldest, *_) = [path for path in files_of_layer(workspace, 0) if path not in in_log]
    damage(oldest)
    put(workspace, "moved.csv", 4)
    newest = put(workspace, "summer.csv", 5)
    require_as_alone(workspace, alone, ["spring.csv", "corrected.csv", "wrong.csv", "moved.csv", "summer.csv"])
    with pytest.raises(CannotUndo, match="missing or damaged"):
        workspace.data.undo.undo(newest, save=by(6))
