"""What is computed while goals are followed: where they stand, what moved, how a person's year is scored."""

from cs_planning.language import text
from cs_planning.workspace.words.figures.figure import Figure

FOLLOWING = (
    Figure(
        "year_so_far",
        text("Year so far"),
        text("What the company goal measures over the periods of its year that are over: the last value, average or total."),
    ),
    Figure(
        "status",
        text("Status"),
        text(
            "Reached or missed once it is decided. Until then: on track from 70 % probability, or from 50 % if the way is not "
            "more than 10 points behind the time and past forecasts were better than assuming no change; off track below "
            "25 % and behind; else at risk. Without a "
            "probability, the lag "
            "decides: up to 10 points on track, up to 35 at risk."
        ),
    ),
    Figure(
        "kpi_value",
        text("Value of a KPI"),
        text("What was measured in the newest period that has a value; the glossary has the formula of each KPI."),
    ),
    Figure(
        "kpi_change",
        text("Change of a KPI"),
        text("The newest value less that of the period before, or of the same period a year before."),
    ),
    Figure(
        "now",
        text("Now"),
        text(
            "What the goal measures, over the periods that are over: the last value, the average, the total or the worst one."
        ),
    ),
    Figure(
        "way",
        text("Way to the target"),
        text(
            "(Now − baseline) ÷ (target − baseline), beside the days that passed ÷ the days from start to deadline. A total is "
            "compared with the target itself."
        ),
    ),
    Figure(
        "pace",
        text("Required pace"),
        text(
            "(Target − now) ÷ periods left. For an average or a total: the value that every period left must "
            "have for the target "
            "to be met exactly."
        ),
    ),
    Figure(
        "probability_moved",
        text("Change of the probability"),
        text("The probability is computed again with one thing changed after the other; the differences add up to the change."),
    ),
    Figure(
        "next_review",
        text("Next review"),
        text("The earliest date on which a review is due, by the review rhythm of each goal and its last check-in."),
    ),
    Figure("overdue", text("Overdue actions"), text("Actions that are not done and whose date is before today.")),
    Figure(
        "moved_goals",
        text("Since the last check-in"),
        text(
            "Running goals whose status is better or worse than at their last check-in, or whose probability "
            "moved by 10 points or more."
        ),
    ),
    Figure("data_until", text("Data until"), text("The last day that any of the imported KPIs knows something about.")),
    Figure(
        "sheet_weights",
        text("Sum of the weights"),
        text("The weights of all goals on the sheet; a sheet is proposed once they add up to the whole."),
    ),
    Figure(
        "sheet_score",
        text("Weighted score"),
        text(
            "Each goal’s grade counts by its weight: the sum of weight × points, divided by the sum of the weights. "
            "Difficulty is told on the sheet and does not enter."
        ),
    ),
    Figure("plan_counts", text("Actions"), text("Counted over the actions of the plan that is shown.")),
)
