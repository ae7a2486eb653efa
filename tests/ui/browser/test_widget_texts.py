"""The script that says the words of the widgets in the reader's language."""

import json
import re

from cs_planning.ui.browser import widget_texts


def test_every_word_of_a_widget_is_told_in_every_other_language():
    told = json.loads(re.search(r"told = (\{.*?\}), patterns", widget_texts.script())[1])
    assert set(told) == {"ja"}
    assert told["ja"]["Upload"] == "ファイルを選択"
    assert all(word != said for word, said in told["ja"].items())


def test_a_word_that_changes_keeps_its_place():
    patterns = json.loads(re.search(r"patterns = (\{.*?\}), own", widget_texts.script())[1])
    for pattern, target in patterns["ja"]:
        assert "(" in pattern
        assert target.count("{name}") == 1
