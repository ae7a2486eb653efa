"""What is computed about the future of a KPI, and what a probability is worth."""

from cs_planning.language import text
from cs_planning.workspace.words.figures.figure import Figure

FORECASTS = (
    Figure(
        "probability",
        text("Probability of the target"),
        text(
            "Simulated futures in which the target is reached ÷ all simulated futures. A future continues the "
            "KPI from its last "
            "value by one of many structural models, drawn the more often the better it explained this KPI."
        ),
    ),
    Figure(
        "no_change",
        text("If nothing changes"),
        text("A random walk from where the KPI is now, by the steps that it usually makes: no trend, no season."),
    ),
    Figure(
        "second_opinion",
        text("Independent standard model"),
        text("Exponential smoothing with a damped trend and shrunken seasonal figures, which shares no model with ours."),
    ),
    Figure(
        "expected",
        text("Expected"),
        text("The median of what the goal measures over all simulated futures; 8 of 10 futures lie inside the 80 % range."),
    ),
    Figure(
        "step",
        text("Step"),
        text(
            "What the newest measured period should reach on the way: the steps of the goal, moved as a whole so that the last "
            "one, their mean or their sum is the target."
        ),
    ),
    Figure(
        "honest_target",
        text("Honest targets"),
        text(
            "The value that exactly so many of the simulated futures reach: 80 % the acceptable limit, 55 % the target, "
            "20 % the stretch."
        ),
    ),
    Figure(
        "needed_change",
        text("What would have to change"),
        text(
            "All simulated futures are moved by the same step in every period, and the smallest step that makes 80 % is taken."
        ),
    ),
    Figure(
        "joint",
        text("Several goals at once"),
        text(
            "Futures in which all of the goals, or at least one, are reached ÷ all futures. Goals on one KPI share its "
            "futures; those of different KPIs are paired as the misses of their past forecasts went together, drawn towards "
            "independence where few periods are known."
        ),
    ),
    Figure(
        "coverage",
        text("Inside the range"),
        text(
            "Past forecasts of this KPI whose outcome fell inside their range ÷ all past forecasts. 80 % of an 80 % range is "
            "right; far less means too sure, far more too cautious."
        ),
    ),
    Figure(
        "past_forecasts",
        text("Past forecasts"),
        text("How many forecasts were made again from moments in the past of this KPI, without what came later."),
    ),
    Figure(
        "skill",
        text("Better than “no change”"),
        text(
            "1 − Brier score of past forecasts ÷ Brier score of a random walk. Above 0 the forecast knows more "
            "than “no change”."
        ),
    ),
    Figure(
        "brier",
        text("Brier score"),
        text("Mean squared distance of probability and outcome: 0 is perfect, 0.25 is always saying 50 %."),
    ),
    Figure(
        "expected_to_be_met",
        text("Expected on average"),
        text("The mean of the probabilities that stood beside the closed goals at their start."),
    ),
    Figure("met", text("Met"), text("Closed goals that met their target ÷ closed goals that had a probability.")),
    Figure(
        "money_at_stake",
        text("Money at stake"),
        text(
            "What reaching the goal is worth over its time: what its owner says, else, for a goal on cost, baseline − target "
            "for each contact or period of that time, with as many contacts as in the last year."
        ),
    ),
    Figure(
        "money_at_risk",
        text("Likely missed"),
        text("Money at stake × (1 − probability of the target)."),
    ),
    Figure(
        "plan_move",
        text("Goals more"),
        text(
            "By how much the decision raises the number of goals that are reached on average: the sum of the changes of their "
            "probabilities, from the same forecasts."
        ),
    ),
)
