"""How the widths do on a collection that had no say in them: chosen on all collections but one, and scored on that one."""

from __future__ import annotations

from dataclasses import replace
from unittest import mock

import pandas as pd

from benchmarks.forecast_scores import Judged, Score, judged, score_of
from benchmarks.panel import make_panel
from cs_planning.forecasting.models import width_rule
from cs_planning.forecasting.models.width_rule import RULE, WidthRule

VARIANTS: dict[str, WidthRule] = {
    "as it is": RULE,
    "past errors ignored": replace(RULE, prior_errors=1e9),
    "past errors count twice": replace(RULE, prior_errors=RULE.prior_errors / 2),
    "past errors taken as they are": replace(RULE, understated=1.0),
    "past errors a half larger": replace(RULE, understated=1.5),
    "lighter tails": replace(RULE, degrees_of_freedom=8.0),
    "few points no wider": replace(RULE, few=0.0),
    "few points wider still": replace(RULE, few=RULE.few * 1.25),
}
_AIM = 0.8


def left_out_table(long: pd.DataFrame, panels: tuple[tuple[str, int, int], ...], most: int | None) -> str:
    """For each collection the rule that the others would choose, and how it does there, in Markdown.

    Method: the rule with the smallest mean of |coverage − .8| + calibration error over the panels of the other collections.
    """
    names = [str(name) for name in long["competition"].unique()]
    said: dict[tuple[str, str], dict[str, Judged]] = {}
    for name in names:
        for period, length, horizon in panels:
            panel = make_panel(long[long["competition"] == name], period, length, horizon, most=most)
            if panel.history.empty:
                continue
            for variant, rule in VARIANTS.items():
                with mock.patch.object(width_rule, "RULE", rule):
                    said.setdefault((name, variant), {})[f"{period.lower()} {length}/{horizon}"] = judged(panel, {})
    losses = {place: _loss([score_of([one]) for one in panels.values()]) for place, panels in said.items()}
    lines = ["| left out | chosen by the others | panel | series | skill | ECE | 80 % in |", "|---|---|---|---|---|---|---|"]
    for name in names if len(names) > 1 else ():
        others = [other for other in names if other != name]
        chosen = min(VARIANTS, key=lambda variant: sum(losses[other, variant] for other in others))
        found = said[name, chosen]
        for title, parts in {**{title: [one] for title, one in found.items()}, "**all together**": [*found.values()]}.items():
            score = score_of(parts)
            figures = f"{score.series} | {score.skill} | {score.calibration_error} | {score.coverage80}"
            lines.append(f"| {name} | {chosen} | {title} | {figures} |")
    return "\n".join(lines)


def _loss(scores: list[Score]) -> float:
    """How far a rule is from right on the panels of a collection, on average."""
    return sum(abs(one.coverage80.value - _AIM) + one.calibration_error.value for one in scores) / len(scores)
