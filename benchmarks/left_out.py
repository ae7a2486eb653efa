"""How the widths do on a collection that had no say in them: chosen on all collections but one, and scored on that one."""

from __future__ import annotations

from dataclasses import replace
from unittest import mock

import pandas as pd

from benchmarks.forecast_scores import Score, score_panel
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
    "few points wider": replace(RULE, few=1.5),
}
_AIM = 0.8


def left_out_table(long: pd.DataFrame, panels: tuple[tuple[str, int, int], ...], most: int | None) -> str:
    """For each collection the rule that the others would choose, and how it does there, in Markdown.

    Method: the rule with the smallest mean of |coverage − .8| + calibration error over the panels of the other collections.
    """
    names = [str(name) for name in long["competition"].unique()]
    scores: dict[tuple[str, str], list[tuple[str, Score]]] = {}
    for name in names:
        for period, length, horizon in panels:
            panel = make_panel(long[long["competition"] == name], period, length, horizon, most=most)
            if panel.history.empty:
                continue
            for variant, rule in VARIANTS.items():
                with mock.patch.object(width_rule, "RULE", rule):
                    found = score_panel(panel, {})
                scores.setdefault((name, variant), []).append((f"{period.lower()} {length}/{horizon}", found))
    lines = ["| left out | chosen by the others | panel | skill | ECE | 80 % in |", "|---|---|---|---|---|---|"]
    for name in names if len(names) > 1 else ():
        others = [other for other in names if other != name]
        chosen = min(VARIANTS, key=lambda variant: sum(_loss(scores[other, variant]) for other in others))
        for title, found in scores[name, chosen]:
            lines.append(f"| {name} | {chosen} | {title} | {found.skill} | {found.calibration_error} | {found.coverage80} |")
    return "\n".join(lines)


def _loss(scores: list[tuple[str, Score]]) -> float:
    return sum(abs(one.coverage80.value - _AIM) + one.calibration_error.value for _, one in scores) / len(scores)
