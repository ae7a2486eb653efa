"""The Feedback page."""

import pandas as pd
import pytest

from cs_planning.kpis.frequency import Frequency
from tests.kpis.feedback.test_topics import ENGLISH
from tests.pages.looking import words
from tests.pages.test_import import IMPORT, confirmed, uploaded

FEEDBACK = "pages/feedback.py"


def remarks(repeat=40) -> bytes:
    many = [*ENGLISH, ("<b>delivery</b> <script>alert(1)</script>", 0.0)] * repeat
    frame = pd.DataFrame(
        {
            "Ticket ID": range(len(many)),
            "Created at": pd.date_range("2025-11-03 10:00", periods=len(many), freq="30h").strftime("%Y-%m-%d %H:%M:%S"),
            "Satisfaction": [{0.0: "Bad", 1.0: "Good"}.get(answer, "") for _, answer in many],
            "Comment": [text for text, _ in many],
        }
    )
    return frame.to_csv(index=False).encode()


def test_without_words_the_page_says_what_to_import(open_app, tmp_path):
    app = open_app(tmp_path, FEEDBACK)
    assert not app.exception
    assert "no tickets with subjects, remarks or tags" in words(app)


def test_topics_are_listed_and_their_words_shown_as_text(open_app, tmp_path):
    confirmed(uploaded(open_app(tmp_path, IMPORT), "remarks.csv", remarks()))
    app = open_app(tmp_path, FEEDBACK)
    assert not app.exception
    table = next(frame.value for frame in app.dataframe if "topic" in frame.value)
    assert table["topic"].iloc[0] == "Delivery"
    assert "loyalty card points" in set(table["topic"])
    assert any("<script>" in element.value for element in app.text)
    assert not any("<script>" in element.value for element in app.markdown)


@pytest.mark.slow
def test_one_click_drafts_a_goal_that_halves_the_complaints(open_app, tmp_path):
    confirmed(uploaded(open_app(tmp_path, IMPORT), "remarks.csv", remarks()))
    app = open_app(tmp_path, FEEDBACK)
    next(button for button in app.button if button.key == "feedback-draft-words-delivery").click().run()
    assert not app.exception
    from cs_planning.ui import cached  # noqa: PLC0415

    workspace = cached.workspace()
    goal = next(goal for goal in workspace.planning.goals() if goal.series == "complaints|topic=delivery")
    assert goal.primary == goal.baseline.value / 2
    assert len(workspace.data.series("complaints|topic=delivery", Frequency.MONTH)) >= 6
