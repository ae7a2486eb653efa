"""The scripts of the browser know the names that pages give to fields whose words are kept."""

from streamlit.testing.v1 import AppTest

from cs_planning.ui.browser import document
from tests.ui.loops import in_a_loop_of_its_own


def script() -> None:
    from cs_planning.ui.parts import typed  # noqa: PLC0415 - AppTest runs the source of this function alone

    typed.done("notes <page>/one")
    typed.draw_done()
    typed.draw_done()


def test_what_was_kept_is_told_to_the_browser_once_and_as_a_name_that_can_not_be_anything_else():
    drawn = [one.proto.body for one in AppTest.from_function(script, default_timeout=30).run().get("html")]
    assert drawn == ['<span data-cs-typed-done="notes--page--one"></span>']


def test_the_script_that_keeps_words_is_sent_with_the_names_of_the_pages():
    async def names_are_in_it() -> None:
        written = bytes((await document.language_script(None)).body).decode()
        for name in (document.TYPED, document.TYPED_DONE_ATTRIBUTE, document.FOUND_ATTRIBUTE, document.PLACE_PARAMETER):
            assert name in written

    in_a_loop_of_its_own(names_are_in_it())
