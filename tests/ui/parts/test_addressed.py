"""What a link names is said to be gone to whoever comes by the link, and to nobody else."""

from streamlit.testing.v1 import AppTest

from tests.pages.conftest import BUSY_MACHINE_SECONDS


def page() -> None:
    import streamlit as st  # noqa: PLC0415 - the script of a page stands by itself

    from cs_planning.ui.parts.addressed import say_if_gone  # noqa: PLC0415

    say_if_gone("sheet", ["spring"])
    st.text_input("Sheet", key="sheet")


def opened(**query: str) -> AppTest:
    app = AppTest.from_function(page, default_timeout=BUSY_MACHINE_SECONDS)
    for name, value in query.items():
        app.query_params[name] = value
    return app.run()


def test_a_link_to_what_is_not_here_is_told_once():
    app = opened(sheet="autumn")
    assert "nothing at this address" in app.warning[0].value
    assert not app.run().warning, "what was put away before one's eyes is no news"


def test_a_link_to_what_is_here_and_no_link_say_nothing():
    assert not opened(sheet="spring").warning
    assert not opened().warning
