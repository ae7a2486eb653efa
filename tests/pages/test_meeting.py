"""A page in the meeting, and for readers with a link."""

from datetime import UTC, date, datetime, timedelta

import pytest

from cs_planning.ui import session
from cs_planning.workspace import Save
from tests.pages.looking import at, links, metrics, unfold, words

GOAL, PRESENT, SHARED, SETTINGS = "pages/goal_page.py", "pages/present.py", "pages/shared.py", "pages/settings.py"
TODAY = date(2026, 11, 10)
NOW = datetime(2026, 11, 10, 9, tzinfo=UTC)
TOKEN = "a-token-of-more-than-twenty-two-characters"


def shared(workspace, page, *, live=True, days=7, now=None):
    moment = now or NOW
    return workspace.shares.share(page, TOKEN, TODAY, days=days, live=live, save=Save("Mika", "share", moment))


def look_into(app, menu):
    """Opens a menu, whose content is made only then."""
    app.session_state[menu] = True
    app.run()


@pytest.mark.slow
def test_one_section_is_on_and_next_leads_on(open_app, sample_home, page):
    app = at(open_app, sample_home, PRESENT, goal=page.goal)
    assert not app.exception
    assert app.title[0].value.startswith("Answer the telephone within a minute, also in winter by ")
    app.button(key="present-next").click().run()
    assert app.title[0].value == "How likely it is"
    app.button(key="present-back").click().run()
    assert app.title[0].value.startswith("Answer the telephone within a minute, also in winter by ")
    assert app.button(key="present-back").disabled


@pytest.mark.slow
def test_a_decision_typed_in_the_meeting_is_kept_once(open_app, sample_home, page, workspace):
    app = at(open_app, sample_home, PRESENT, goal=page.goal)
    app.text_area[0].set_value("Start the bot in January <script>alert(1)</script>")
    app.button(key="decide").click().run()
    assert not app.exception
    (kept,) = [one for one in workspace.talk.decisions(page) if "bot" in one.what]
    assert kept.on == TODAY
    assert not app.text_area[0].value
    app.button(key="decide").click().run()
    assert app.warning
    assert len([one for one in workspace.talk.decisions(page) if "bot" in one.what]) == 1


@pytest.mark.slow
def test_what_was_decided_is_read_back_at_the_end_with_what_it_lacks(open_app, sample_home, page, workspace):
    workspace.talk.decide(page, "", "Start the bot", owner="Ama", due=TODAY, today=TODAY, save=Save("Mika", "1", NOW))
    workspace.talk.decide(page, "", "Ask *again*", today=TODAY, save=Save("Mika", "2", NOW))
    app = at(open_app, sample_home, PRESENT, goal=page.goal)
    while not app.button(key="present-next").disabled:
        app.button(key="present-next").click().run()
    assert app.title[0].value == "What was decided"
    said = [one.value for one in app.markdown if one.value.startswith("- ")]
    assert "- **Start the bot** — Ama, Nov 10, 2026" in said
    (other,) = [one for one in said if "Start the bot" not in one]
    assert "nobody yet" in other
    assert "no date yet" in other
    app.button(key="present-end").click().run()
    assert not app.exception
    assert "Why it stands so" in words(app)
    assert not [one for one in app.button if one.key == "present-next"]


@pytest.mark.slow
def test_a_comment_stands_at_its_cell_until_it_is_resolved(open_app, sample_home, page, workspace):
    app = at(open_app, sample_home, GOAL, goal=page.goal)
    app.session_state["folded-forecast"] = True
    look_into(app, "talk-forecast")
    field = next(area for area in app.text_area if area.label == "Your comment")
    field.set_value("Is *that* the whole team?")
    app.session_state["folded-forecast"] = app.session_state["talk-forecast"] = True
    app.button(key="say-forecast").click().run()
    assert not app.exception
    said = workspace.talk.comments(workspace.pages.page(page.goal))
    assert [(one.cell, one.words, one.resolved) for one in said] == [("forecast", "Is *that* the whole team?", False)]
    assert abs((said[0].at.date() - TODAY).days) <= 1, "a moved day moves the moment; the zones are a day apart at most"
    app.session_state["folded-forecast"] = True
    look_into(app, "talk-forecast")
    app.session_state["folded-forecast"] = app.session_state["talk-forecast"] = True
    app.button(key=f"resolve-{said[0].id}").click().run()
    resolved = workspace.talk.comments(workspace.pages.page(page.goal))[0]
    assert resolved.resolved
    assert resolved.at == said[0].at


def test_a_reader_sees_the_page_and_has_nothing_to_change(open_app, sample_home, page, workspace):
    shared(workspace, page)
    app = at(open_app, sample_home, SHARED, token=TOKEN)
    assert not app.exception
    assert "How likely it is" in words(app)
    assert not app.text_area
    assert not app.button
    assert "Why it stands so" in words(app)
    assert app.selectbox(key="quarter")


@pytest.mark.slow
def test_a_frozen_link_shows_what_was_frozen(open_app, sample_home, page, workspace):
    shared(workspace, page, live=False)
    newest = workspace.pages.page(page.goal)
    workspace.pages.edit_cell(newest, newest.cell("notes"), markdown="Written later", save=Save("Ren", "later", NOW))
    app = at(open_app, sample_home, SHARED, token=TOKEN)
    assert not app.exception
    assert "Why it stands so" in words(app)
    assert metrics(unfold(app, "forecast", "goal"))
    assert "Written later" not in words(app)


@pytest.mark.slow
def test_forged_truncated_expired_and_revoked_links_say_the_same(open_app, sample_home, page, workspace):
    share = shared(workspace, page, now=NOW - timedelta(days=8))
    expired = words(at(open_app, sample_home, SHARED, token=TOKEN))
    workspace.shares.revoke(share.id, save=Save("Mika", "revoke", NOW))
    revoked = words(at(open_app, sample_home, SHARED, token=TOKEN))
    forged = words(at(open_app, sample_home, SHARED, token="x" * 43))
    truncated = words(at(open_app, sample_home, SHARED, token=TOKEN[:-1]))
    none = words(at(open_app, sample_home, SHARED))
    assert expired == revoked == forged == truncated == none
    assert page.title not in none


@pytest.mark.slow
def test_an_ended_link_stays_closed_whatever_day_the_address_names(open_app, sample_home, page, workspace):
    shared(workspace, page, now=NOW - timedelta(days=8))
    earlier = str((NOW - timedelta(days=7)).date())
    assert page.title not in words(at(open_app, sample_home, SHARED, token=TOKEN, as_of=earlier))


@pytest.mark.slow
def test_with_links_off_a_link_says_what_a_forged_one_says_and_none_can_be_made(open_app, sample_home, page, workspace):
    shared(workspace, page)
    settings = open_app(sample_home, SETTINGS)
    assert "1 link has not ended" in words(settings)
    settings.toggle(key="share-allowed").set_value(False).run()
    assert not settings.exception
    assert not workspace.shares.allowed
    forged, real = (words(at(open_app, sample_home, SHARED, token=token)) for token in ("x" * 43, TOKEN))
    assert real == forged
    assert page.title not in real
    owner = at(open_app, sample_home, GOAL, goal=page.goal)
    look_into(owner, "share")
    assert "opens no page by a link" in words(owner)
    assert "Allow links under Settings" in links(owner)
    assert not [one for one in owner.button if one.key == "share-make"]


@pytest.mark.slow
def test_who_has_no_account_reads_by_a_link_and_sees_nothing_else(open_app, sample_home, page, workspace, monkeypatch):
    shared(workspace, page)
    monkeypatch.setenv("CS_PLANNING_ACCOUNT_HEADER", "X-Forwarded-User")
    start = open_app(sample_home)
    assert "Sign in to go on" in words(start)
    assert page.title not in words(start)
    assert not links(start)
    reader = at(open_app, sample_home, SHARED, token=TOKEN)
    assert not reader.exception
    assert "How likely it is" in words(reader)
    for script in (GOAL, PRESENT, SETTINGS, "pages/home.py", "pages/import_data.py"):
        with pytest.raises(ValueError, match="Could not find a navigation page"):
            start.switch_page(script)


@pytest.mark.slow
def test_who_signed_in_at_the_proxy_stands_beside_what_was_said(open_app, sample_home, page, workspace, monkeypatch):
    monkeypatch.setenv("CS_PLANNING_ACCOUNT_HEADER", "X-Forwarded-User")
    monkeypatch.setenv("CS_PLANNING_PROXY_SECRET", "a secret of the proxy")
    sent = {"X-Forwarded-User": " ren@example.org ", "X-CS-Planning-Proxy-Secret": "a secret of the proxy"}
    monkeypatch.setattr(session, "_header", sent.get)
    app = at(open_app, sample_home, GOAL, goal=page.goal)
    app.session_state["folded-forecast"] = True
    look_into(app, "talk-forecast")
    app.session_state["folded-forecast"] = app.session_state["talk-forecast"] = True
    next(area for area in app.text_area if area.label == "Your comment").set_value("Seen")
    app.button(key="say-forecast").click().run()
    assert not app.exception
    assert workspace.talk.comments(workspace.pages.page(page.goal))[0].author == "ren@example.org"
