"""The audit and what the goals serve."""

import pytest

from cs_planning.ui.audit.alignment_tree import _label
from cs_planning.workspace.words.terms import TERMS
from tests.pages.looking import links, metrics, words

AUDIT, ALIGNMENT = "pages/audit.py", "pages/alignment.py"


def press(app, key):
    next(one for one in app.button if one.key and one.key.startswith(key)).click().run()
    assert not app.exception


@pytest.mark.slow
@pytest.mark.parametrize("part", ["gaps", "checklist", "roles", "assessment", "benchmarks", "standards"])
def test_each_part_of_the_audit_is_drawn(open_app, sample_home, part):
    app = open_app(sample_home, AUDIT)
    app.get_by_key("part").set_value(part).run()
    assert not app.exception
    assert not app.error


@pytest.mark.parametrize("said", ["roles", "By role", "役割別"])
def test_an_address_names_a_part_by_its_word_in_any_language(open_app, sample_home, said):
    app = open_app(sample_home, AUDIT, part=said)
    assert not app.exception
    assert app.get_by_key("part").value == "roles"
    assert app.get_by_key("audit-role")


def test_the_audit_stands_in_the_frame_of_the_four_steps(open_app, sample_home):
    app = open_app(sample_home, AUDIT)
    assert [label.rpartition(" ")[2] for label in metrics(app)][:4] == ["Define", "Measure", "Achieve", "Improve"]
    next(one for one in app.button if one.label == "Look at the own best").click().run()
    assert app.get_by_key("part").value == "benchmarks"
    next(one for one in app.button if one.label == "See the gaps").click().run()
    assert app.get_by_key("part").value == "gaps"


@pytest.mark.slow
def test_a_gap_becomes_a_draft_with_one_click(open_app, sample_home):
    app = open_app(sample_home, AUDIT)
    app.get_by_key("part").set_value("standards").run()
    app.get_by_key("standard-kpi").set_value("complaints")
    app.get_by_key("standard-limit").set_value(0.5)
    press(app, "standard-save")
    app.get_by_key("part").set_value("gaps").run()
    assert int(metrics(app)[":material/trending_up: Achieve"]) > 0
    assert "Open the goal" in links(app)
    press(app, "draft-complaints")
    app.switch_page("pages/home.py").run()
    assert len(app.get("progress")) == 7  # the five of the sample, the control goal of the standard, the draft of the gap


@pytest.mark.slow
def test_a_suggested_template_becomes_a_draft_with_one_click(open_app, sample_home):
    app = open_app(sample_home, AUDIT)
    press(app, "suggest-")
    assert not app.error
    app.switch_page("pages/plan.py").run()
    assert int(metrics(app)["Actions"]) > 0


@pytest.mark.slow
def test_an_audit_is_kept_with_its_score_and_pitfalls(open_app, sample_home):
    app = open_app(sample_home, AUDIT)
    app.get_by_key("part").set_value("checklist").run()
    app.get_by_key("area-knowledge").set_value(1)
    press(app, "audit-save")
    assert metrics(app)["Audit of Nov 10, 2026"] == "33 %"
    assert "No agent took part" in words(app)


@pytest.mark.slow
def test_the_self_assessment_shows_survey_figures_as_correlations(open_app, sample_home):
    app = open_app(sample_home, AUDIT)
    app.get_by_key("part").set_value("assessment").run()
    app.get_by_key("practice-training").set_value(2)
    press(app, "assessment-save")
    assert metrics(app)["Self-assessment of Nov 10, 2026"] == "50 %"
    assert "correlation" in words(app)
    assert "Source of the 21 figures" in words(app)


@pytest.mark.slow
def test_a_role_goes_through_its_checklist_and_it_is_kept_for_the_quarter(open_app, sample_home):
    app = open_app(sample_home, AUDIT)
    app.get_by_key("part").set_value("roles").run()
    assert "Team lead: not gone through this quarter" in words(app)
    app.get_by_key("audit-role").set_value("team_lead").run()
    app.get_by_key("done-lead_thank").check()
    press(app, "save-team_lead")
    assert "Team lead: 1 of 8" in words(app)
    assert "Last gone through on Nov 10, 2026" in words(app)
    again = open_app(sample_home, AUDIT)
    again.get_by_key("part").set_value("roles").run()
    again.get_by_key("audit-role").set_value("team_lead").run()
    assert again.get_by_key("done-lead_thank").value
    assert not again.get_by_key("done-lead_talk").value


@pytest.mark.slow
def test_a_benchmark_needs_its_source(open_app, sample_home):
    app = open_app(sample_home, AUDIT)
    app.get_by_key("part").set_value("benchmarks").run()
    app.get_by_key("benchmark-value").set_value(90.0)
    press(app, "benchmark-save")
    assert "its source" in words(app)
    app.get_by_key("benchmark-value").set_value(90.0)
    app.get_by_key("benchmark-source").set_value("Trade report")
    press(app, "benchmark-save")
    assert "Trade report" in words(app)


@pytest.mark.slow
def test_a_standard_brings_its_control_goal(open_app, sample_home):
    app = open_app(sample_home, AUDIT)
    app.get_by_key("part").set_value("standards").run()
    app.get_by_key("standard-limit").set_value(120.0)
    app.get_by_key("standard-promise").set_value("We answer soon")
    press(app, "standard-save")
    assert "We answer soon" in words(app)
    app.switch_page("pages/home.py").run()
    assert len(app.get("progress")) + sum("No" in one.value for one in app.caption) >= 6


def test_goals_hang_under_what_they_serve_and_loose_ends_are_named(open_app, sample_home):
    app = open_app(sample_home, ALIGNMENT)
    assert not app.exception
    assert any("company goals are served by no goal" in box.label for box in app.expander)
    assert "flowchart RL" in words(app)
    assert '"padding": 26' in words(app)  # the picture has no font of the page: wider ones need room in their boxes
    assert "First answer to an e-mail" in links(app)
    assert "correlation" in words(app).lower()
    assert "Claim of the trade: A good experience raises spending by up to 140 %." in words(app)


def test_the_glossary_draws_a_chapter_when_it_is_opened_and_what_a_search_finds_at_once(open_app, sample_home):
    app = open_app(sample_home, "pages/glossary.py")
    assert [one.label for one in app.expander][:1] == [f"**Words ({len(TERMS)})**"]
    assert not app.table
    assert not any("Service level" in one.value for one in app.markdown)
    app.get_by_key("glossary-search").set_value("occupancy").run()
    assert not app.exception
    assert any("ccupancy" in one.value for one in app.markdown)
    assert len(app.table) == 1


def test_the_glossary_finds_a_claim_by_its_figure_and_says_the_source(open_app, sample_home):
    app = open_app(sample_home, "pages/glossary.py")
    app.get_by_key("glossary-search").set_value("25 times").run()
    assert not app.exception
    assert "Harvard Business Review" in words(app)
    assert "Bain" not in words(app)


def test_words_of_users_stay_words_in_the_drawing():
    assert '"' not in _label('a"] --> b["<script>')
    assert "<" not in _label("<img src=x onerror=alert(1)>")
    assert _label("顧客満足度 90 %") == "顧客満足度 90 %"
