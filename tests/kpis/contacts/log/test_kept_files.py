"""Which files of a contact log are read, and which are removed."""

from __future__ import annotations

from pathlib import Path

import pytest

from cs_planning.errors import StorageUnavailable
from cs_planning.kpis.contacts.log.kept_files import discard, importing, readable_files
from cs_planning.kpis.contacts.log.manifest import Manifest, merge_contacts
from tests.kpis.contacts.log.test_manifest import contacts


def names(manifest: Manifest) -> set[str]:
    return {part.file_name for part in manifest.parts}


def left_by_a_killed_import(folder: Path) -> tuple[Path, Path]:
    """A folder of a large file and a file of a log that no log names."""
    aside = folder / "import-abc123"
    aside.mkdir(parents=True)
    (aside / "rows.parquet").write_bytes(b"contacts")
    unnamed = folder / "contacts" / "contacts-2026-03-aaaaaaaaaaaa.parquet"
    unnamed.parent.mkdir(exist_ok=True)
    unnamed.write_bytes(b"contacts")
    return aside, unnamed


def test_missing_cut_and_foreign_files_of_a_log_are_told_from_those_that_can_be_read(tmp_path: Path) -> None:
    log = merge_contacts(tmp_path, Manifest(), contacts(0, 150))
    january, february, march, april, may = log.paths(tmp_path)
    january.unlink()
    february.write_bytes(february.read_bytes()[:-20])
    march.write_bytes(april.read_bytes())
    april.write_bytes(b"")
    good, lost = readable_files(tmp_path, log)
    assert good.paths(tmp_path) == [may]
    assert names(lost) == {path.name for path in (january, february, march, april)}


def test_a_file_that_is_damaged_inside_is_found_by_reading_every_value(tmp_path: Path) -> None:
    log = merge_contacts(tmp_path, Manifest(), contacts(0, 31))
    (january,) = log.paths(tmp_path)
    content = bytearray(january.read_bytes())
    content[4:60] = b"\xff" * 56
    january.write_bytes(bytes(content))
    assert readable_files(tmp_path, log)[0] == log
    assert readable_files(tmp_path, log, every_value=True) == (Manifest(), log)


def test_an_import_removes_what_it_replaced_and_no_file_of_another(tmp_path: Path) -> None:
    before = merge_contacts(tmp_path, Manifest(), contacts(0, 90))
    after = merge_contacts(tmp_path, before, contacts(60, 90, "solved"))
    other = merge_contacts(tmp_path, before, contacts(0, 90, "closed"))
    assert discard(tmp_path, before, after) == len(names(before) - names(after)) == 1
    assert names(after) | names(other) == {path.name for path in tmp_path.iterdir()}


def test_what_a_killed_import_left_goes_with_the_next_one(tmp_path: Path) -> None:
    aside, unnamed = left_by_a_killed_import(tmp_path)
    named = unnamed.with_name("contacts-2026-03-bbbbbbbbbbbb.parquet")
    named.write_bytes(b"contacts")
    with importing(tmp_path, lambda: {named.name}):
        assert not aside.exists()
        assert not unnamed.exists()
    assert named.exists()


def test_nothing_is_removed_while_another_import_runs(tmp_path: Path) -> None:
    with importing(tmp_path, frozenset):
        aside, unnamed = left_by_a_killed_import(tmp_path)
        with importing(tmp_path, frozenset):
            assert aside.exists()
            assert unnamed.exists()
    with importing(tmp_path, frozenset):
        assert not aside.exists()
        assert not unnamed.exists()


def test_a_folder_that_cant_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "contacts").write_bytes(b"a file")
    with pytest.raises(StorageUnavailable), importing(tmp_path / "contacts", frozenset):
        pass
