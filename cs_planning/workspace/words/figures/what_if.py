"""What is computed about levers: waits, chances, cost, and what came of it."""

from cs_planning.language import text
from cs_planning.workspace.words.figures.figure import Figure

WHAT_IF = (
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
