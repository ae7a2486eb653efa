import hashlib
from datetime import timedelta

import pytest
from sqlalchemy import text as sql
from sqlalchemy.exc import DBAPIError

from cs_planning.errors import Conflict, NotFound
from cs_planning.storage import Store
from tests.storage.building import NOW, by, goal

TOKEN = "a-token-of-more-than-22-characters"


def test_a_snapshot_comes_back_character_by_character(store: Store):
    body = '{"p": 0.62, "as of": "2026-03-09"}'
    info = store.snapshots.save("page-1", "Review", body, save=by())
    snapshot = store.snapshots.load(info.id)
    assert (snapshot.info, snapshot.body) == (info, body)
    assert (info.page, info.title, info.author, info.taken_at) == ("page-1", "Review", "Mika", NOW)


def test_snapshots_are_listed_newest_first_by_page(store: Store):
    first = store.snapshots.save("page-1", "March", "{}", save=by())
    second = store.snapshots.save("page-1", "April", "{}", save=by(after_minutes=1))
    store.snapshots.save("page-2", "Other", "{}", save=by())
    assert store.snapshots.list("page-1") == (second, first)


def test_a_second_click_freezes_once(store: Store):
    key = by(key="freeze")
    assert store.snapshots.save("page-1", "March", "{}", save=key) == store.snapshots.save("page-1", "March", "{}", save=key)
    assert len(store.snapshots.list("page-1")) == 1


def test_a_snapshot_that_is_not_json_or_not_there(store: Store):
    with pytest.raises(ValueError):
        store.snapshots.save("page-1", "March", "{", save=by())
    with pytest.raises(NotFound):
        store.snapshots.load("nowhere")


@pytest.mark.parametrize("table", ["snapshots", "document_versions", "audit_trail"])
@pytest.mark.parametrize("command", ["UPDATE {table} SET author = 'x'", "DELETE FROM {table}"])
def test_the_database_itself_refuses_to_change_what_never_changes(store: Store, table: str, command: str):
    store.snapshots.save("page-1", "March", "{}", save=by())
    store.goals.save(goal(), save=by())
    with pytest.raises(DBAPIError, match=f"rows of {table} never change"), store.database.writing() as connection:
        connection.execute(sql(command.format(table=table)))
    assert len(store.snapshots.list("page-1")) == 1


def test_a_share_opens_by_its_token_until_it_ends(store: Store):
    share = store.shares.save(TOKEN, "page-1", live=True, expires_at=NOW + timedelta(days=7), save=by())
    assert store.shares.find(TOKEN, NOW) == share
    assert store.shares.find(TOKEN, NOW + timedelta(days=7)) is None
    assert store.shares.find(TOKEN[:-1], NOW) is None
    assert store.shares.find("", NOW) is None
    assert store.shares.list("page-1") == (share,)


def test_a_share_can_be_taken_back_once_and_for_all(store: Store):
    share = store.shares.save(TOKEN, "page-1", snapshot="s-1", save=by())
    revoked = store.shares.revoke(share.id, save=by("Ben"))
    assert revoked.revoked_at == NOW
    assert store.shares.revoke(share.id, save=by("Ben", after_minutes=1440)) == revoked
    assert store.shares.find(TOKEN, NOW) is None
    with pytest.raises(NotFound):
        store.shares.revoke("nowhere", save=by("Ben"))


def test_a_second_click_shares_once_and_another_token_is_refused(store: Store):
    key = by(key="share")
    assert store.shares.save(TOKEN, "page-1", save=key) == store.shares.save(TOKEN, "page-1", save=key)
    with pytest.raises(Conflict):
        store.shares.save(TOKEN + "!", "page-1", save=key)
    with pytest.raises(ValueError, match="22"):
        store.shares.save("short", "page-1", save=by())


def test_only_a_hash_of_the_token_is_kept(store: Store):
    store.shares.save(TOKEN, "page-1", save=by())
    with store.database.reading() as connection:
        for table in ("shares", "saves", "audit_trail"):
            rows = connection.execute(sql(f"SELECT * FROM {table}")).all()
            assert rows
            assert TOKEN not in repr(rows)


def test_a_picture_is_kept_once_and_comes_back_byte_by_byte(store: Store):
    content = bytes(range(256)) * 400
    image = store.images.save(content, "image/png", "chart.png", save=by("Mika"))
    assert image.id == hashlib.sha256(content).hexdigest()
    before = store.changes.content_version()
    assert store.images.save(content, "image/png", "chart.png", save=by("Mika")) == image
    assert store.changes.content_version() == before
    assert store.images.load(image.id) == image
    with pytest.raises(NotFound):
        store.images.load("nowhere")


def test_an_ended_link_stays_closed_when_the_clock_goes_back(store):
    store.shares.save("t" * 22, "page", expires_at=NOW + timedelta(days=7), save=by())
    store.shares.save("u" * 22, "page", expires_at=NOW + timedelta(days=30), save=by())
    assert store.shares.find("t" * 22, NOW) is not None
    assert store.shares.find("t" * 22, NOW + timedelta(days=8)) is None
    assert store.shares.find("t" * 22, NOW) is None
    assert store.shares.find("u" * 22, NOW) is not None, "the other one has not ended yet"


def test_what_one_link_saw_of_the_time_holds_for_every_other(store):
    store.shares.save("t" * 22, "page", expires_at=NOW + timedelta(days=7), save=by())
    store.shares.save("u" * 22, "page", expires_at=NOW + timedelta(days=30), save=by())
    assert store.shares.find("u" * 22, NOW + timedelta(days=8)) is not None
    assert store.shares.find("t" * 22, NOW) is None
