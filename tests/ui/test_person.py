"""A person's name is asked for once, and is never the system account's."""

import getpass

import pytest
from streamlit.testing.v1 import AppTest

from cs_planning.ui import session


def screen() -> None:
    import streamlit as st  # noqa: PLC0415 - the app runs this text alone

    from cs_planning.ui import person, session  # noqa: PLC0415

    person.draw_question("here")
    st.markdown(f"by {session.named(session.author())}")


@pytest.fixture
def app(monkeypatch) -> AppTest:
    monkeypatch.delenv("CS_PLANNING_USER", raising=False)
    monkeypatch.delenv("CS_PLANNING_ACCOUNT_HEADER", raising=False)
    return AppTest.from_function(screen, default_timeout=60).run()


def test_it_is_asked_until_it_was_answered_and_then_stands_beside_what_is_said(app: AppTest):
    assert app.markdown[0].value == "by somebody"
    assert getpass.getuser() not in app.markdown[0].value
    app.text_input[0].set_value("  Mariko Sato ").run()
    assert app.markdown[0].value == "by Mariko Sato"
    assert not app.text_input


def test_a_name_from_the_environment_is_not_asked_for(monkeypatch):
    monkeypatch.setenv("CS_PLANNING_USER", "Ren")
    app = AppTest.from_function(screen, default_timeout=60).run()
    assert app.markdown[0].value == "by Ren"
    assert not app.text_input


def test_without_a_visitor_there_is_no_name(monkeypatch):
    monkeypatch.delenv("CS_PLANNING_USER", raising=False)
    assert session.person() == ""
    assert str(session.named(session.author())) == "somebody"
