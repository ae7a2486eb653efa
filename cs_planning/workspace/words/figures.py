"""How every computed number comes about, each told once: for the help at the number, the glossary and the documentation."""

from __future__ import annotations

from dataclasses import dataclass

from cs_planning.language import Text, text


@dataclass(frozen=True)
class Figure:
    """A number that the product computes.

    Attributes:
        id: under which a screen asks for it.
        name: as it stands on the screens.
        formula: in words, from what and by what.
    """

    id: str
    name: Text
    formula: Text


_ALL = (
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
    Figure(
        "gap",
        text("Gap"),
        text("Goal − current, or current − goal where lower is better. Current is the last period that is over."),
    ),
    Figure(
        "verdict",
        text("Verdict"),
        text(
            "By the gap: none is met, negative is better than the goal. It is far behind from a quarter of the goal on; for a "
            "percentage, of its distance to 0 or 100 %, whichever is nearer; for points, of 40. Below the minimum sample "
            "nothing is said."
        ),
    ),
    Figure(
        "trend",
        text("Trend"),
        text(
            "Every period of the last year is compared with every later one (Mann–Kendall test at 90 %). Only a "
            "clear direction "
            "is named."
        ),
    ),
    Figure(
        "best_period",
        text("Best quarter"),
        text("The best value of this KPI over all quarters that are over and have enough answers, beside the last quarter."),
    ),
    Figure(
        "audit_counts",
        text("Metrics of the audit"),
        text("Metrics by their verdict, each against its running goal or standard."),
    ),
    Figure(
        "benchmark_step",
        text("Steps of a benchmark"),
        text(
            "Metrics by the step that is next for them: define a goal, measure it, achieve it, improve on it. Each metric "
            "stands at one step, by its verdict."
        ),
    ),
    Figure(
        "audit_score",
        text("Score of the audit"),
        text("Points given ÷ the most that the answered areas could have; areas count the same."),
    ),
    Figure(
        "maturity",
        text("Self-assessment"),
        text("Points from 0 to 4 ÷ the most that the answered practices could have; every practice counts the same."),
    ),
    Figure(
        "correlation",
        text("How closely two KPIs go together"),
        text(
            "The correlation of their changes from period to period, at the lag of a few periods where it is "
            "strongest. It proves no effect."
        ),
    ),
    Figure("rows_accepted", text("Rows accepted"), text("Rows of the file that could be read and will be kept.")),
    Figure(
        "value_of_file",
        text("Value of a KPI of the file"),
        text("The value of the newest period that the file gives, with its course over all of them, before anything is kept."),
    ),
    Figure("rows_left_out", text("Rows left out"), text("Rows that could not be read; each is listed with its reason.")),
    Figure(
        "interval",
        text("95 % range of a value"),
        text(
            "How far the true value may be from the measured one, given the number of answers or contacts behind it (Wilson "
            "interval for shares)."
        ),
    ),
    Figure(
        "findings",
        text("To check"),
        text(
            "Findings that could bend goals and forecasts, such as gaps, standstills or a change of unit; hints do not count."
        ),
    ),
    Figure("imports", text("Imports"), text("Files that were confirmed and kept, those that replaced older values included.")),
    Figure(
        "complaints_by_cause",
        text("Complaints by cause"),
        text(
            "Complaints of the last three whole months whose topic has this cause, and their share of those with a known cause."
        ),
    ),
    Figure(
        "wait",
        text("Mean wait"),
        text(
            "The mean wait for a person over everybody who wanted one, those who gave up included, by Erlang A interval by "
            "interval; channels count by their contacts."
        ),
    ),
    Figure(
        "first_answer",
        text("First answer"),
        text(
            "The time until the bot’s own answer where a bot takes the contacts, else the mean wait for a person; by contacts."
        ),
    ),
    Figure(
        "until_person",
        text("Until a person"),
        text("The mean wait for a person, plus the time with the bot before the hand-over."),
    ),
    Figure(
        "until_solution",
        text("Until the solution"),
        text(
            "Until a person plus the handle time; the time with the bot for contacts that need nobody. The mean "
            "over all contacts."
        ),
    ),
    Figure(
        "service_level",
        text("Service level"),
        text("Contacts answered by a person within the time of the target ÷ contacts that wanted a person."),
    ),
    Figure(
        "chance_of_target",
        text("Chance of the service target"),
        text("Simulated days or months in which the service level is at or above its target ÷ all simulated ones."),
    ),
    Figure("abandonment", text("Abandonment"), text("Contacts that gave up in the queue ÷ contacts that wanted a person.")),
    Figure("occupancy", text("Occupancy"), text("Time that people are busy ÷ time that they are present.")),
    Figure(
        "handle_time",
        text("Handle time of people"),
        text("The mean time of contacts that people handle; a bot leaves them the longer ones."),
    ),
    Figure(
        "cost_per_month",
        text("Cost a month"),
        text(
            "Hours on the queue ÷ (1 − shrinkage) × cost of an hour, plus fees and licences of bot and partner. Saved minutes "
            "count only when hours leave the roster."
        ),
    ),
    Figure(
        "cost_per_contact",
        text("Cost per contact"),
        text("Cost a month ÷ contacts that asked for service, those of bot and partner included."),
    ),
    Figure(
        "cost_per_resolved",
        text("Cost per resolved issue"),
        text("Cost a month ÷ issues that are settled and do not come back."),
    ),
    Figure(
        "payback",
        text("Paid back after"),
        text("The first month at whose end the savings since the start have paid back what was paid once; not discounted."),
    ),
    Figure(
        "present_value",
        text("Present value"),
        text("The savings of the months looked at, discounted by the interest given, − what is paid once at the start."),
    ),
    Figure(
        "break_even",
        text("Containment at which the bot breaks even"),
        text("The smallest containment at which a month costs no more and people wait no longer than without the bot."),
    ),
    Figure(
        "reality",
        text("What came of a scenario"),
        text(
            "The mean of the whole months since the start beside the mean of their simulated 80 % ranges. Until "
            "the lever works fully, the range lies as far from the team as it is as the lever had grown by then. "
            "Half a point, or a hundredth, beyond the range says nothing yet."
        ),
    ),
    Figure(
        "what_if_range",
        text("80 % range of a what-if"),
        text(
            "What is not known for certain is drawn many times; the median is shown, and the range that holds 80 of 100 draws."
        ),
    ),
)
FIGURES = {figure.id: figure for figure in _ALL}
"""Every computed number by its id."""
