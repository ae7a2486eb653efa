"""What is computed from values as they are: gaps, the audit, correlations, what an import holds."""

from cs_planning.language import text
from cs_planning.workspace.words.figures.figure import Figure

RECORDS = (
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
)
