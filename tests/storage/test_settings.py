from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from cs_planning.errors import Conflict
from cs_planning.kpis.catalogue import CATALOGUE, kpi_named
from cs_planning.kpis.frequency import Frequency
from cs_planning.storage import COMMENT, Save, Store, new_id
from tests.storage.building import NOW, by, document, goal, months


def test_settings_come_back_with_their_types(store: Store):
    values: dict[str, Any] = {
        "currency": "JPY",
        "fiscal_year_start": 4,
        "share": True,
        "days": [1, 2.5, None],
        "nested": {"日": "本"},
    }
    store.settings.save_all(values, save=by())
    assert store.settings.load_all() == values
    assert store.settings.load("fiscal_year_start") == 4
    assert store.settings.load("unknown", "default") == "default"


def test_the_last_save_of_a_setting_wins_and_others_stay(store: Store):
    store.settings.save_all({"currency": "USD", "language": "en"}, save=by())
    store.settings.save("currency", "EUR", save=by())
    assert store.settings.load_all() == {"currency": "EUR", "language": "en"}


def test_a_setting_is_saved_once_for_each_key(store: Store):
    key = by(key="form-1")
    store.settings.save("currency", "EUR", save=key)
    store.settings.save("currency", "USD", save=by())
    store.settings.save("currency", "EUR", save=key)
    assert store.settings.load("currency") == "USD"


def test_a_number_that_json_has_no_word_for_is_refused(store: Store):
    with pytest.raises(ValueError):
        store.settings.save("limit", float("inf"), save=by())


def test_own_kpis_come_back_and_can_be_redefined(store: Store):
    own = kpi_named("First touch, 初回")
    store.kpis.save(own, save=by())
    store.kpis.save(CATALOGUE["csat"].model_copy(update={"minimum_sample": 5}), save=by())
    assert store.kpis.load_all()[own.id] == own
    assert store.kpis.load_all()["csat"].minimum_sample == 5
    store.kpis.save(own.model_copy(update={"upper": 9.0}), save=by())
    assert store.kpis.load_all()[own.id].upper == 9.0


def test_the_audit_trail_tells_who_did_what_when(store: Store):
    saved = store.goals.save(goal(), save=by("Aiko"))
    store.settings.save("currency", "EUR", save=by("Ben", after_minutes=1))
    store.goals.archive(saved.id, version=1, save=by("Ben", after_minutes=2))
    newest = store.changes.list()[0]
    assert (newest.author, newest.action, newest.kind, newest.subject) == ("Ben", "archived", "goal", saved.id)
    assert [entry.action for entry in store.changes.list(kind="goal", subject=saved.id)] == ["archived", "created"]
    assert [entry.at for entry in store.changes.list(kind="goal")][-1] == NOW
    assert len(store.changes.list(limit=1)) == 1


def test_the_content_version_grows_with_every_save_and_only_then(store: Store):
    saves = [
        lambda: store.goals.save(goal(), save=by()),
        lambda: store.documents.save(document(), save=by()),
        lambda: store.settings.save("currency", "EUR", save=by()),
        lambda: store.kpis.save(kpi_named("own"), save=by()),
        lambda: store.points.save(months(), Frequency.MONTH, source="march.csv", save=by()),
        lambda: store.snapshots.save("page-1", "March", "{}", save=by()),
        lambda: store.shares.save("x" * 22, "page-1", save=by()),
        lambda: store.images.save(b"x", "image/png", "x.png", save=by("Mika")),
    ]
    for save in saves:
        before = store.changes.content_version()
        save()
        assert store.changes.content_version() > before
    before = store.changes.content_version()
    store.goals.list()
    store.settings.load_all()
    assert store.changes.content_version() == before


def test_a_comment_moves_no_number_that_what_is_computed_is_kept_under(store: Store):
    before, without = store.changes.content_version(), store.changes.content_without_comments()
    store.documents.save(document(kind=COMMENT), save=by())
    assert store.changes.content_version() > before
    assert store.changes.content_without_comments() == without
    store.documents.save(document(), save=by())
    assert store.changes.content_without_comments() > without


def test_a_moment_without_a_time_zone_is_refused(store: Store):
    with pytest.raises(ValueError, match="has no time zone"):
        store.goals.save(goal(), save=Save("Mika", new_id(), datetime(2026, 3, 9)))
    assert store.goals.list() == ()


@pytest.mark.parametrize("key", ["", "x" * 201])
def test_the_key_of_a_save_has_one_to_two_hundred_characters(store: Store, key: str):
    with pytest.raises(ValueError, match="1 to 200"):
        store.goals.save(goal(), save=Save("Mika", key, NOW))


def test_a_key_belongs_to_one_kind_of_save(store: Store):
    store.goals.save(goal(), save=by(key="form-1"))
    with pytest.raises(Conflict):
        store.settings.save("currency", "EUR", save=by(key="form-1"))
    assert store.settings.load_all() == {}


def test_what_is_remembered_can_be_forgotten_by_name_and_by_age_without_touching_settings(store: Store):
    store.settings.save("kept", 1, save=by())
    for name in ("typed.a", "typed.b", "other"):
        store.computed.keep(name, name)
    store.computed.drop("typed.a")
    assert [store.computed.load(name) for name in ("typed.a", "typed.b", "other")] == [None, "typed.b", "other"]
    store.computed.drop_before("typed.", datetime.now(UTC) - timedelta(days=1))
    assert store.computed.load("typed.b") == "typed.b"
    store.computed.drop_before("typed.", datetime.now(UTC) + timedelta(days=1))
    assert [store.computed.load("typed.b"), store.computed.load("other"), store.settings.load("kept")] == [None, "other", 1]
