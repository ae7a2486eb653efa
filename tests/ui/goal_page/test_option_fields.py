"""Each form of option that a kind of cell can declare is drawn."""

from cs_planning.notebook.cells.option import Form
from cs_planning.ui.goal_page.option_fields import FORMS


def test_every_form_of_option_is_drawn() -> None:
    assert set(FORMS) == set(Form)
