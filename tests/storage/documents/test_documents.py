from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from cs_planning.errors import Conflict, NameTaken, NotFound
from cs_planning.storage import Document, Store
from tests.storage.building import NOW, by, document


def test_a_document_comes_back_as_it_was_with_its_author_and_times(store: Store):
    given = document(due=date(2026, 4, 1), series="csat", part="cell-3", variant="tool", owner="Aiko", team="E-mail")
    saved = store.documents.save(given, save=by("Ben"))
    times = {"author": "Ben", "created_at": NOW, "updated_at": NOW}
    assert saved == given.model_copy(update={"id": saved.id, "version": 1, **times})
    assert store.documents.load("action", saved.id) == saved


def test_the_body_is_kept_character_by_character(store: Store):
    body = '{ "b": 1.10,\n"a": "\\u0000 é 日本 \\ud83d\\ude00", "unknown cell": {"z": null} }'
    saved = store.documents.save(document(kind="page", body=body), save=by())
    assert store.documents.load("page", saved.id).body == body
    changed = store.documents.save(saved.model_copy(update={"body": "[]"}), save=by())
    assert store.documents.load("page", saved.id, version=1).body == body
    assert changed.version == 2


@pytest.mark.parametrize("body", ["", "{", "nan nan", '{"a": 1} x'])
def test_a_body_that_is_not_json_is_refused(body: str):
    with pytest.raises(ValidationError):
        Document(kind="page", body=body)


def test_the_time_of_creation_stays_and_that_of_the_last_save_moves(store: Store):
    saved = store.documents.save(document(), save=by())
    later = store.documents.save(saved, save=by("Ben", after_minutes=60))
    assert (later.created_at, later.author) == (NOW, "Ben")
    assert later.updated_at > NOW


def test_documents_are_filtered_by_every_fact(store: Store):
    first = store.documents.save(document(due=date(2026, 4, 1), owner="Aiko", variant="tool"), save=by())
    second = store.documents.save(document(state="done", part="cell-2", series="csat"), save=by(after_minutes=1))
    other = store.documents.save(document(kind="comment", parent="page-1", team="Phone"), save=by(after_minutes=2))
    assert store.documents.list("action") == (first, second)
    assert store.documents.list("comment", parent="page-1") == (other,)
    assert store.documents.list("comment", team="Phone") == (other,)
    assert store.documents.list("action", state="open") == (first,)
    assert store.documents.list("action", owner="Aiko") == (first,)
    assert store.documents.list("action", variant="tool") == (first,)
    assert store.documents.list("action", parent="goal-1", part="cell-2") == (second,)
    assert store.documents.list("action", series="csat") == (second,)
    assert store.documents.list("action", due_to=date(2026, 4, 1)) == (first,)
    assert store.documents.list("action", due_from=date(2026, 4, 2)) == ()


def test_an_id_belongs_to_one_kind(store: Store):
    saved = store.documents.save(document(), save=by())
    with pytest.raises(NotFound, match="no comment"):
        store.documents.load("comment", saved.id)
    with pytest.raises(NotFound):
        store.documents.save(saved.model_copy(update={"kind": "comment"}), save=by())


def test_two_people_editing_lose_nothing(store: Store):
    opened = store.documents.save(document(kind="page"), save=by())
    theirs = store.documents.save(opened.model_copy(update={"body": '["theirs"]'}), save=by("Ben"))
    mine = opened.model_copy(update={"body": '["mine"]'})
    with pytest.raises(Conflict) as caught:
        store.documents.save(mine, save=by())
    assert (caught.value.mine, caught.value.theirs) == (mine, theirs)


def test_archived_documents_are_listed_apart_and_come_back(store: Store):
    saved = store.documents.save(document(), save=by())
    archived = store.documents.archive("action", saved.id, version=1, save=by())
    assert store.documents.list("action") == ()
    assert store.documents.list("action", archived=True) == (archived,)
    assert len(store.documents.list("action", archived=None)) == 1
    restored = store.documents.restore("action", saved.id, to_version=1, version=2, save=by())
    assert store.documents.list("action") == (restored,)
    assert [change.action for change in store.documents.history("action", saved.id)] == ["restored", "archived", "created"]


def test_null_characters_in_a_title_do_not_stop_a_save(store: Store):
    saved = store.documents.save(document(title="a\0b", owner="x\0y"), save=by())
    assert store.documents.load("action", saved.id).title == "a\ufffdb"
    assert len(store.documents.list("action", owner="x\0y")) == 1


def test_text_that_looks_like_sql_is_text(store: Store):
    evil = "'; DROP TABLE documents; -- %s %(x)s :name"
    saved = store.documents.save(document(title=evil, owner=evil), save=by(evil))
    assert store.documents.list("action", owner=evil) == (saved,)


def scenario(title: str, **fields: Any) -> Document:
    return document(kind="scenario", title=title, **fields)


def test_two_present_scenarios_never_have_the_same_name_whichever_way_the_second_one_comes(store: Store):
    first = store.documents.save(scenario("Bot"), save=by())
    renamed = store.documents.save(first.model_copy(update={"title": "Chatbot"}), save=by())
    away = store.documents.save(scenario("Away"), save=by())
    store.documents.archive("scenario", away.id, version=1, save=by())
    for taken in ("Bot", "ＡＷＡＹ"):
        store.documents.save(scenario(taken), save=by("Ben"))
    with pytest.raises(NameTaken, match="by Ben"):
        store.documents.save_all([scenario("bot ")], save=by())
    with pytest.raises(NameTaken, match="by Ben"):
        store.documents.restore("scenario", renamed.id, to_version=1, version=2, save=by())
    with pytest.raises(NameTaken, match="by Ben"):
        store.documents.restore("scenario", away.id, to_version=1, version=2, save=by())
    assert store.documents.load("scenario", renamed.id).title == "Chatbot"
    assert store.documents.list("scenario", archived=True)[0].title == "Away"
    store.documents.save(scenario("Away", archived=True), save=by())
    assert len(store.documents.list("scenario", archived=True)) == 2, "what is put away takes nobody's name"
