"""How every computed number comes about, each told once: for the help at the number, the glossary and the documentation."""

from cs_planning.workspace.words.figures.figure import Figure
from cs_planning.workspace.words.figures.following import FOLLOWING
from cs_planning.workspace.words.figures.forecasts import FORECASTS
from cs_planning.workspace.words.figures.records import RECORDS
from cs_planning.workspace.words.figures.what_if import WHAT_IF

__all__ = ["FIGURES", "Figure"]

FIGURES = {figure.id: figure for figure in (*FORECASTS, *FOLLOWING, *RECORDS, *WHAT_IF)}
"""Every computed number by its id."""
