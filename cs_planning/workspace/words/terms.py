"""The words of the product, each explained once: for the help at a field, the glossary and the documentation."""

from __future__ import annotations

from dataclasses import dataclass

from cs_planning.language import Text, text


@dataclass(frozen=True)
class Term:
    """A word and what it means here.

    Attributes:
        id: under which a field asks for it.
        name: as it stands on the screens.
        meaning: one or two sentences.
    """

    id: str
    name: Text
    meaning: Text


_ALL = (
    Term(
        "kpi",
        text("KPI"),
        text(
            "A measure of service that is read every week, month or quarter, such as the response rate. It "
            "steers the daily work."
        ),
    ),
    Term(
        "kgi",
        text("Company goal (KGI)"),
        text("What the company wants in the end, such as loyal customers. It is read once a year; KPIs serve it."),
    ),
    Term(
        "smart",
        text("SMART"),
        text("Five questions to a goal: is it specific, measurable, achievable, relevant and time-bound?"),
    ),
    Term(
        "rhythm",
        text("Rhythm"),
        text("How often the KPI is read for this goal. Longer periods are made from counts, never from averages of averages."),
    ),
    Term("baseline", text("Baseline"), text("Where the KPI stood when the goal was set. Progress is measured from here.")),
    Term("target", text("Target"), text("The value that counts as success. Its probability is shown beside it.")),
    Term(
        "stretch",
        text("Stretch target"),
        text("A harder target beside the first one: reached in about one of five futures, it is worth a celebration."),
    ),
    Term(
        "floor",
        text("Acceptable limit"),
        text("The value that must not be missed even if the target is. It should be reached in about eight of ten futures."),
    ),
    Term(
        "measure",
        text("What the target counts"),
        text("The value of the last period, the average or the total over the goal’s time, or every single period."),
    ),
    Term(
        "deadline",
        text("Deadline"),
        text("The last day of the goal. The last period that is over on that day is the one that counts."),
    ),
    Term(
        "milestone",
        text("Milestone"),
        text("A value on the way with a date. Reaching it is celebrated, missing it is said in the review."),
    ),
    Term(
        "guard",
        text("KPI that must not suffer"),
        text("A second KPI with a limit: the goal may not be won by losing there, such as lower cost by worse quality."),
    ),
    Term("owner", text("Owner"), text("The one person who answers for the goal. Others contribute.")),
    Term(
        "objective",
        text("Company goal that it serves"),
        text("Which KGI becomes better when the goal is reached. Without one, nobody upstream needs the goal."),
    ),
    Term(
        "customer_experience",
        text("Customer service and customer experience"),
        text(
            "Service is what happens when a customer turns to you; the experience is everything that a customer meets, "
            "product, price and delivery among it. A service goal moves its part of the experience alone."
        ),
    ),
    Term(
        "nps_across_cultures",
        text("NPS across cultures"),
        text(
            "How readily people give a 9 or 10 differs from country to country, and in Japan the middle of the scale is usual. "
            "Compare an NPS with its own history, not with that of another country."
        ),
    ),
    Term(
        "triple_metric",
        text("Triple metric"),
        text(
            "One KPI of the service, the outcome with customers that it should move, and the company metric above it, side by "
            "side: what a better service is for."
        ),
    ),
    Term(
        "parent", text("Goal above"), text("A wider goal that this one is part of. The two should not contradict each other.")
    ),
    Term(
        "horizon",
        text("Strategic or tactical"),
        text(
            "Strategic goals look years ahead and serve mission and market; tactical ones concern the "
            "service of the next quarters."
        ),
    ),
    Term("cadence", text("Review rhythm"), text("How often the goal is talked about: every month, quarter or year.")),
    Term(
        "probability",
        text("Probability"),
        text(
            "The share of a few thousand equally likely futures of the KPI in which the target is reached, "
            "judged by the KPI’s own history."
        ),
    ),
    Term(
        "range",
        text("80 % range"),
        text("Eight of ten futures lie inside it. How often past ranges held what they promised stands beside the forecast."),
    ),
    Term(
        "record",
        text("Record of the forecast"),
        text(
            "The same forecast made at many past moments of this KPI and compared with what came: how often "
            "ranges and probabilities were right."
        ),
    ),
    Term(
        "second_opinion",
        text("Independent standard model"),
        text("A forecast that shares nothing with ours. When the two differ by much, trust neither blindly."),
    ),
    Term(
        "break",
        text("Break"),
        text("A lasting change of level or trend, such as after a new tool. History before it says less about the future."),
    ),
    Term(
        "event",
        text("Marked event"),
        text("A stretch of time that you know to be special. The forecast leaves it out, or expects a step or a ramp."),
    ),
    Term(
        "minimum_sample",
        text("Minimum sample"),
        text("Below this number of answers or contacts a value is noise and is shown as such."),
    ),
    Term(
        "status",
        text("Status"),
        text(
            "On track, at risk or off track by probability and pace; reached or missed once it is decided. "
            "The rule stands beside it."
        ),
    ),
    Term(
        "check_in",
        text("Check-in"),
        text("One click and a sentence that freeze status, value and probability of the day. It is never changed afterwards."),
    ),
    Term(
        "calibration_record",
        text("Our record"),
        text(
            "The probabilities that you were shown at the start against what became of the goals. In balance"
            " means: of those called 70 %, about 70 % were reached."
        ),
    ),
    Term(
        "brier",
        text("Brier score"),
        text("The mean squared distance between probability and outcome: 0 is perfect, 0.25 is a coin toss."),
    ),
    Term("action", text("Action"), text("A step of the plan: who does what by when, and what it should bring.")),
    Term(
        "what_if",
        text("What-if"),
        text(
            "Computes what a change of staff, volume or automation does to waits, cost and goals. Nothing is"
            " multiplied by a promise."
        ),
    ),
    Term(
        "lever",
        text("Lever"),
        text("One change in a what-if, such as a chatbot or an agent more, with its size and its range."),
    ),
    Term("containment", text("Containment"), text("The share of contacts that a bot solves without a person.")),
    Term(
        "false_containment",
        text("False containment"),
        text("Contacts that the bot counts as solved although the customer comes back, usually angrier and by telephone."),
    ),
    Term(
        "erlang_a",
        text("Erlang A"),
        text("A queueing model with customers who give up after a while. Waits and losses come from it."),
    ),
    Term("patience", text("Patience"), text("How long callers wait on average before they give up.")),
    Term(
        "shrinkage",
        text("Shrinkage"),
        text("The share of paid time in which agents are not available: breaks, training, illness."),
    ),
    Term(
        "occupancy", text("Occupancy"), text("The share of available time in which agents are busy. Near 100 % waits explode.")
    ),
    Term(
        "calibration",
        text("Calibration of the what-if"),
        text(
            "The model is adjusted until it explains the waits that you measured. Without it, trust "
            "differences more than levels."
        ),
    ),
    Term(
        "snapshot",
        text("Snapshot"),
        text("A goal page frozen with its numbers, so that the next meeting can see what was known."),
    ),
    Term(
        "gap",
        text("Gap"),
        text(
            "How far a KPI is from its goal or standard, in the audit. It leads to that goal; one from a standard becomes a "
            "draft goal with one click."
        ),
    ),
    Term(
        "standard",
        text("Service standard"),
        text("A promise to customers, such as the longest wait. It becomes a goal for every period."),
    ),
    Term(
        "benchmark",
        text("Benchmark"),
        text(
            "A value to compare with: your own best quarter or channel first; outside values only with their source and date."
        ),
    ),
    Term(
        "alignment",
        text("Alignment"),
        text("Which company goals your goals serve, which they leave out, and whether the data agree."),
    ),
)
TERMS = {term.id: term for term in _ALL}
"""Every term by its id."""


def meaning(term: str) -> str:
    """What a term means, in the language in force."""
    return str(TERMS[term].meaning)
