"""What a folded section says of itself."""

from cs_planning.language import ntext, text, use_language
from cs_planning.notebook.blocks.block import Markdown, Metric, Metrics, Paragraph, ProblemBlock, TableBlock, TableColumn
from cs_planning.notebook.blocks.gist import gist_of

TABLE = TableBlock(columns=(TableColumn(name="what", label="Action"),), rows=(("Call",), ("Write",)))


def test_figures_come_before_rows_and_rows_are_called_what_they_are():
    metrics = Metrics(
        items=(Metric(label="Now", value="42 min"), Metric(label="Way", value="3 %"), Metric(label="x", value="y"))
    )
    steps = gist_of([metrics, TABLE], lambda count: ntext("{count} step", "{count} steps", count))
    assert steps == "Now: 42 min · Way: 3 % · 2 steps"
    assert gist_of([TABLE]) == "2 rows"


def test_words_speak_where_nothing_else_does_and_are_cut_where_they_are_long():
    assert gist_of([Markdown(source="**Decided:** go\n\nMore"), TABLE]) == "2 rows"
    assert gist_of([Markdown(source="**Decided:** go\n\nMore")]) == "Decided: go"
    cut = gist_of([Paragraph(words="very " * 40)])
    assert cut.endswith("…")
    assert len(cut) <= 80


def test_a_problem_is_said_in_the_language_of_the_reader():
    problem = ProblemBlock(message=text("This cell could not be computed."))
    with use_language("ja"):
        assert gist_of([problem]) == str(problem.message)
    assert gist_of([problem]) == "This cell could not be computed."
    assert gist_of([]) == ""
