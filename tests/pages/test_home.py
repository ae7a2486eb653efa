"""The list of goals."""


def words(app) -> str:
    return " ".join(str(element.value) for kind in (app.markdown, app.caption, app.title, app.info) for element in kind)


def test_an_empty_workspace_explains_the_first_step(open_app, tmp_path):
    app = open_app(tmp_path)
    assert not app.exception
    assert "first step" in words(app)


def test_every_sample_goal_is_listed_with_its_probability(open_app, sample_home):
    app = open_app(sample_home)
    assert not app.exception
    labels = " ".join(element.proto.label for element in app.get("page_link"))
    assert "First answer to an e-mail within 80 minutes" in labels
    assert len(app.get("progress")) == 5


def test_a_type_filter_leaves_goals_of_that_type_only(open_app, sample_home):
    app = open_app(sample_home, type="financial")
    links = [element.proto.label for element in app.get("page_link")]
    assert any("Cost per contact" in label for label in links)
    assert not any("telephone" in label for label in links)
