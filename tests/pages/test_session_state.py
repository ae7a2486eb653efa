"""What pages keep between two runs can be kept elsewhere, and the check of that works in page tests too."""

from streamlit import config

from cs_planning.ui import glossary, session

GLOSSARY = "pages/glossary.py"


def test_page_tests_run_with_the_check_of_the_product(open_app, tmp_path):
    assert not open_app(tmp_path, GLOSSARY).exception
    assert config.get_option("runner.enforceSerializableSessionState")


def test_a_page_that_keeps_what_can_not_be_kept_elsewhere_fails(open_app, tmp_path, monkeypatch):
    def keeping(*_facts, **_named):
        session.keep("wrong", lambda: None)

    monkeypatch.setattr(glossary, "draw", keeping)
    app = open_app(tmp_path, GLOSSARY)
    assert len(app.exception) == 1
