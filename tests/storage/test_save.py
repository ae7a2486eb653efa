"""Who saves, when, and under which key."""

import pytest

from cs_planning.storage import Save, Store
from tests.storage.building import NOW


def test_the_parts_of_a_save_have_its_author_its_moment_and_keys_of_their_own():
    save = Save("Mika", "form-1", NOW)
    assert save.part("goal") == Save("Mika", "form-1-goal", NOW)
    assert save.part("goal") != save.part("records")


def test_parts_of_a_long_key_stay_apart_and_within_what_is_kept():
    long = Save("Mika", "k" * 199, NOW)
    keys = {long.part("a").key, long.part("b").key, Save("Mika", "k" * 198, NOW).part("a").key, long.key}
    assert len(keys) == 4
    assert all(len(key) <= 200 for key in keys)


def test_a_save_whose_moment_has_no_zone_is_refused():
    with pytest.raises(ValueError, match="no time zone"):
        Save("Mika", "form-1", NOW.replace(tzinfo=None))


def test_a_part_that_was_saved_is_saved_once(store: Store):
    save = Save("Mika", "form-1", NOW)
    store.settings.save("a", 1, save=save.part("a"))
    store.settings.save("b", 2, save=save.part("b"))
    store.settings.save("a", 1, save=save.part("a"))
    assert [entry.subject for entry in store.changes.list()] == ["b", "a"]


def test_a_save_that_nobody_asks_for_twice_has_a_key_of_its_own():
    first, second = Save.once("Mika", NOW), Save.once("Mika", NOW)
    assert (first.author, first.now) == ("Mika", NOW)
    assert first.key != second.key
