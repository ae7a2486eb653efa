"""What is older than it need be kept is named first, and nothing else goes."""

from datetime import timedelta

import pytest
from sqlalchemy import delete
from sqlalchemy.exc import DBAPIError

from cs_planning.storage import Limits, Outdated
from cs_planning.storage.tables import document_versions, snapshots
from tests.storage.building import NOW, by, document

LATER = NOW + timedelta(days=400)
BEFORE = Limits(saves=LATER, versions=LATER, snapshots=LATER, pictures=LATER)


@pytest.fixture
def kept(store):
    """A document of six saves over two days, a picture that it shows and one that nothing shows, two snapshots."""
    shown = store.images.save(b"shown", "image/png", "a.png", save=by())
    store.images.save(b"unused", "image/png", "b.png", save=by())
    saved = store.documents.save(document(body=f'{{"image": "{shown.id}"}}'), save=by())
    for minute in (10, 20, 30, 24 * 60, 24 * 60 + 5):
        saved = store.documents.save(saved.model_copy(update={"title": f"at {minute}"}), save=by(after_minutes=minute))
    frozen = store.snapshots.save("page", "Shared", "{}", save=by())
    store.snapshots.save("page", "Not shared", "{}", save=by())
    store.shares.save("t" * 22, "page", snapshot=frozen.id, expires_at=LATER + timedelta(days=1), save=by())
    return store, saved, shown, frozen


def test_it_says_what_would_go_and_changes_nothing(kept):
    store, saved, _shown, _frozen = kept
    found = store.retention.outdated(BEFORE, LATER)
    assert (found.versions, found.snapshots, found.pictures) == (3, 1, 1)
    assert found.saves > 0
    assert len(store.documents.history("action", saved.id)) == 6
    assert store.retention.outdated(BEFORE, LATER) == found


def test_what_goes_is_what_was_said_and_the_last_version_of_each_day_stays(kept):
    store, saved, shown, frozen = kept
    said = store.retention.outdated(BEFORE, LATER)
    assert store.retention.delete(BEFORE, save=by(after_minutes=400 * 24 * 60)) == said
    assert [one.after.title for one in reversed(store.documents.history("action", saved.id))] == [
        "Write macros",
        "at 30",
        f"at {24 * 60 + 5}",
    ]
    assert store.documents.load("action", saved.id) == saved
    assert [one.id for one in store.snapshots.list("page")] == [frozen.id]
    assert store.images.load(shown.id).content == b"shown"
    assert store.changes.list(limit=1)[0].action == "deleted"
    again = store.retention.outdated(BEFORE, LATER)
    assert (again.versions, again.snapshots, again.pictures) == (0, 0, 0)


def test_without_a_limit_nothing_is_beyond_it(kept):
    store, *_ = kept
    assert store.retention.outdated(Limits(), LATER) == Outdated()
    assert store.retention.delete(Limits(), save=by()).is_nothing


def test_what_is_younger_than_its_limit_stays(kept):
    store, *_ = kept
    early = Limits(saves=NOW, versions=NOW, snapshots=NOW, pictures=NOW)
    assert store.retention.outdated(early, LATER).is_nothing


@pytest.mark.parametrize("table", [document_versions, snapshots])
def test_rows_that_never_change_are_protected_again_afterwards(kept, table):
    store, *_ = kept
    store.retention.delete(BEFORE, save=by())
    with pytest.raises(DBAPIError, match="never change"), store.database.writing() as connection:
        connection.execute(delete(table))
