"""Drafting a goal whose target varies."""

from cs_planning.goals.drafts.steps import path_of
from tests.pages.looking import words
from tests.pages.test_draft import DRAFT, likely, widget


def varied(open_app, sample_home):
    app = open_app(sample_home, DRAFT)
    widget(app, "-quarter").set_value("2027-06-30").run()
    next(one for one in app.toggle if one.key and one.key.endswith("-varies")).set_value(True).run()
    assert not app.exception
    return app


def test_a_target_that_varies_is_kept_with_its_steps(open_app, sample_home, workspace):
    app = varied(open_app, sample_home)
    assert "The last step" in words(app)
    widget(app, "-title").set_value("Steps of this test").run()
    next(button for button in app.button if button.label == "Keep as a draft").click().run()
    assert not app.exception
    (kept,) = [goal for goal in workspace.planning.goals() if goal.title == "Steps of this test"]
    path = path_of(kept)
    assert len(path) > 1
    assert path[-1].value == kept.primary
    assert "Step of" in words(app) or "Steps" in words(app)


def test_what_counts_as_reached_changes_the_probability_to_that_of_all_steps(open_app, sample_home):
    app = varied(open_app, sample_home)
    assert "Reached is what meets the target in the last period" in words(app)
    before = likely(app)
    widget(app, "-measure-").set_value("every").run()
    assert not app.exception
    assert "the probability is that of meeting them all" in words(app)
    plain = next(one for one in app.toggle if one.key and one.key.endswith("-varies"))
    with_steps = likely(app)
    plain.set_value(False).run()
    assert {before, with_steps, likely(app)} != {before}


def test_the_steps_begin_evenly_or_with_the_season(open_app, sample_home):
    app = varied(open_app, sample_home)
    for button in ("In even steps", "As the season asks"):
        next(one for one in app.button if one.label == button).click().run()
        assert not app.exception
        assert "The last step" in words(app)
