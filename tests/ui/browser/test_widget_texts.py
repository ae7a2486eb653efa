"""What the script is told that says the words of the widgets in the reader's language."""

from typing import Any

from cs_planning.ui.browser import widget_texts


def test_every_word_of_a_widget_is_told_in_every_other_language():
    told: Any = widget_texts.settings()["words"]
    assert set(told) == {"ja"}
    assert told["ja"]["Upload"] == "ファイルを選択"
    assert all(word != said for word, said in told["ja"].items())


def test_a_word_that_changes_keeps_its_place():
    patterns: Any = widget_texts.settings()["patterns"]
    for pattern, target in patterns["ja"]:
        assert "(" in pattern
        assert target.count("{name}") == 1
