"""The sample team is made once by each version of the product."""

from datetime import date

import pytest

import cs_planning.workspace as room
from cs_planning.language import LANGUAGES
from cs_planning.workspace import Home, Workspace, sample

TODAY = date(2026, 11, 10)


@pytest.fixture
def made(monkeypatch):
    """How often the sample team was told, without waiting for its story."""
    told: list[str] = []
    monkeypatch.setattr(room, "import_sample", lambda _workspace, _today: None)
    monkeypatch.setattr(room, "tell_sample", lambda _workspace, _today, language: told.append(language))
    return told


def opened(home: Home, language: str = "en") -> None:
    Workspace.sample(home, TODAY, language).close()


def test_all_languages_are_made_at_once_and_opened_afterwards(made, tmp_path):
    home = Home.at(tmp_path)
    for language in LANGUAGES:
        opened(home, language)
    opened(home)
    assert made == list(LANGUAGES)


def test_what_an_older_version_made_is_made_anew_in_every_language(made, tmp_path, monkeypatch):
    home = Home.at(tmp_path)
    opened(home)
    old = [Workspace.sample_folder(home, language) / "of-the-old-one.txt" for language in LANGUAGES]
    for file in old:
        file.touch()
    opened(home)
    assert all(file.exists() for file in old)
    monkeypatch.setattr(room, "sample_stamp", lambda: "a newer version")
    opened(home)
    assert made == 2 * list(LANGUAGES)
    assert not any(file.exists() for file in old)
    assert all(Workspace.has_sample(home, language) for language in LANGUAGES)


def test_a_sample_without_a_word_of_its_version_is_made_anew(made, tmp_path):
    home = Home.at(tmp_path)
    Workspace.sample_folder(home, "en").mkdir(parents=True)
    opened(home)
    assert made == list(LANGUAGES)


def test_the_stamp_changes_with_the_files_of_the_sample(tmp_path, monkeypatch):
    monkeypatch.setattr(sample, "FOLDER", tmp_path)
    (tmp_path / "goals.json").write_text("[]")
    sample.sample_stamp.cache_clear()
    before = sample.sample_stamp()
    (tmp_path / "goals.json").write_text("[1]")
    sample.sample_stamp.cache_clear()
    assert sample.sample_stamp() != before
    monkeypatch.undo()
    sample.sample_stamp.cache_clear()
