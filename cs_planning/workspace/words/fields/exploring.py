"""Fields of the forecast and the what-if."""

from cs_planning.language import text
from cs_planning.workspace.words.fields.field import Field

FIELDS: dict[str, tuple[Field, ...]] = {
    "Forecast": (
        Field("forecast_of", text("Forecast of"), text("A goal with its own target, or any KPI that was imported.")),
        Field(
            "forecast_target",
            text("Target"),
            text("Move it: every number on the page follows at once. The goal itself is not changed."),
        ),
        Field("direction", text("It should be"), text("On which side of the target the KPI has to be.")),
        Field(
            "since", text("Since"), text("The change of the probability from this day until today is split into its causes.")
        ),
        Field(
            "why_scenario",
            text("Scenario that is counted on by now"),
            text("A scenario that is believed to come true moves the forecast."),
        ),
        Field("together", text("Goals"), text("Two or more goals, to see how likely they are all reached.")),
        Field(
            "holidays",
            text("Public holidays of"),
            text("What holidays did to this KPI so far is expected of those to come; where they did nothing, nothing changes."),
        ),
        Field("holidays_part", text("Part of the country"), text("Adds the holidays that only this part of the country has.")),
        Field("event_name", text("What was it?"), text("In a few words; it stands in the chart.")),
        Field(
            "event_kind",
            text("What it did"),
            text("Whether its periods are left out, or the level changed at once or little by little."),
        ),
        Field("event_first", text("From"), text("Its first day.")),
        Field("event_last", text("To"), text("Its last day; empty for a single day.")),
    ),
    "What-if": (
        Field("scenario_from", text("Start from"), text("A kept scenario to go on with; empty for a new one.")),
        Field(
            "scenario_name",
            text("Name of the scenario"),
            text("Under this name it stands on goal pages and in the comparison."),
        ),
        Field("team.handle_time_seconds", text("Handle time (seconds)"), text("Talk, hold and wrap-up together, on average.")),
        Field("team.contacts_per_day", text("Contacts a day"), text("Contacts that arrive on an open day, answered or not.")),
        Field(
            "team.agents",
            text("People on the queue at once"),
            text("On average over the opening hours, breaks and absence taken off."),
        ),
        Field(
            "team.opening_hours_per_day",
            text("Opening hours a day"),
            text("How long contacts are answered on an open day; it may run past midnight."),
        ),
        Field(
            "by_weekday",
            text("Working hours by weekday"),
            text("E-mail waits while nobody works: the hours matter more than the load."),
        ),
        Field(
            "team.hours_by_weekday",
            text("Monday … Sunday"),
            text("From when to when, such as 09:00-18:00; with a break 09:00-12:00, 13:00-18:00; empty for a closed day."),
        ),
        Field("team.opens_at_hour", text("Opens at (hour)"), text("The hour of the day at which work begins.")),
        Field(
            "profile_interval",
            text("Interval (minutes)"),
            text("The length of one row of the table. Waits are computed interval by interval."),
        ),
        Field("profile_weekdays", text("Each weekday by itself"), text("One column for each weekday instead of one for all.")),
        Field(
            "team.patience_seconds",
            text("Patience (seconds)"),
            text("Mean time until people give up; where waits were measured, calibration replaces it."),
        ),
        Field(
            "team.answer_within_seconds",
            text("Answer within (seconds)"),
            text("The time of the service target: within it an answer counts as in time."),
        ),
        Field("team.chats_at_once", text("Chats at once"), text("How many chats one person has open at the same time.")),
        Field(
            "team.slowdown_per_extra_chat",
            text("Each further chat slows by"),
            text("How much longer each chat takes for every other one that is open."),
        ),
        Field(
            "team.recontact_after_service",
            text("Come back with the same issue"),
            text("The share of answered contacts that come again because the issue is not solved."),
        ),
        Field("team.price_per_contact", text("Price of a visit"), text("What a visit costs besides the licence.")),
        Field(
            "team.monthly_cost", text("Licence and upkeep a month"), text("What is paid every month, however much it is used.")
        ),
        Field(
            "team.solved_share",
            text("Visits that end there"),
            text("Those who don't succeed are part of the contacts of the first channel that people answer."),
        ),
        Field("team.backlog_at_start", text("Waiting already"), text("Open contacts at the beginning of the month.")),
        Field("team.open_weekdays", text("Open on"), text("Days on which people work on them.")),
        Field(
            "team.arrival_weekdays", text("Customers write on"), text("Days on which contacts come, at any hour of the day.")
        ),
        Field(
            "team.cost_per_agent_hour",
            text("Cost of a paid hour"),
            text("Wage and everything that comes with it, for each paid hour."),
        ),
        Field("team.currency", text("Currency (three letters)"), text("The ISO code, such as USD or JPY.")),
        Field("team.days_per_month", text("Open days a month"), text("How many open days a month has on average.")),
        Field(
            "team.open_days_per_month",
            text("Open days a month"),
            text("How many open days a month this channel has, where they are not those of the team."),
        ),
        Field("team.shrinkage", text("Shrinkage: paid time off the queue"), text("Leave, illness, meetings, courses.")),
        Field("team.service_target", text("Service target"), text("The share of contacts that is to be answered in time.")),
        Field(
            "service_target_period",
            text("It counts"),
            text("Whether the target has to be kept on every single day or over the month. A day is harder."),
        ),
        Field("team.horizon_months", text("Months looked at"), text("For payback and present value.")),
        Field("team.annual_rate", text("Interest a year"), text("Money of later months counts less by it.")),
        Field("team.outsourced_share", text("Answered by a partner"), text("The share of contacts that a partner handles.")),
        Field(
            "team.outsourced_price_per_contact",
            text("The partner's price per contact"),
            text("What the partner takes for each contact."),
        ),
        Field(
            "team.outsourced_minimum_contacts",
            text("The partner's minimum a month"),
            text("So many contacts are paid even if fewer come."),
        ),
        Field(
            "team.service_level",
            text("Service level"),
            text("As it was measured over the same months; shares of all contacts that wanted a person."),
        ),
        Field(
            "team.abandonment_rate",
            text("Abandonment"),
            text("As it was measured: those who gave up, of all who wanted a person."),
        ),
        Field(
            "team.mean_wait_seconds",
            text("Mean wait (s)"),
            text("Of all contacts. Reports usually average the answered ones only; those who gave up are added here."),
        ),
        Field(
            "channel_shown",
            text("Wait and service level of"),
            text("Waits of seconds and of hours are not averaged. Cost is always that of the whole team."),
        ),
        Field(
            "clock",
            text("Clock of the goals on response time"),
            text(
                "A bot answers at once; people are not helped sooner by that. From hand-over, only the wait for a "
                "person counts."
            ),
        ),
        Field("hour_by_hour", text("Hour by hour"), text("Contacts and people by interval, the same every day or by weekday.")),
        Field(
            "calibrate",
            text("Calibrate on measured waits"),
            text("People really available and patience are fitted, so that the model gives what was measured."),
        ),
        Field(
            "search_goal",
            text("What would lift this goal to 80 %?"),
            text("The smallest change of each lever that makes this goal 80 % likely is looked for."),
        ),
        Field("calls_file", text("Log of calls (CSV)"), text("A row for each call. It is only read; nothing is kept.")),
        Field(
            "calls_split",
            text("First day that is predicted"),
            text("Calls before it calibrate the model; from it on, the model is compared with what came."),
        ),
        Field(
            "calls_within", text("Answered within (seconds)"), text("A call answered within it counts for the service level.")
        ),
    ),
    "Levers": (
        Field(
            "lever.containment",
            text("Contacts it ends (containment)"),
            text("The share of contacts that the bot ends without a person."),
        ),
        Field(
            "lever.false_containment",
            text("Of those, not really solved: they come back"),
            text("Contacts that the bot counts as ended although the customer asks again."),
        ),
        Field(
            "lever.easiest_first",
            text("Easy contacts leave first"),
            text("0 %: at random; 100 %: exactly the shortest. What is left for people takes longer."),
        ),
        Field(
            "lever.escalated_handle_time_change",
            text("After a handover, handling takes longer by"),
            text("People read first what was said to the bot, or ask again."),
        ),
        Field(
            "lever.deflection",
            text("Contacts that stay away (negative: more come)"),
            text("People who find the answer by themselves and do not ask."),
        ),
        Field(
            "lever.uplift",
            text("New demand because service is easier to reach"),
            text("Contacts that would not have come without the new way."),
        ),
        Field(
            "lever.solved_share_change",
            text("Of the visits to the pages, more end there (points)"),
            text("How many points more of the visits need no contact."),
        ),
        Field(
            "lever.handle_time_change",
            text("Handle time changes by"),
            text("On average over all contacts that people handle; negative is shorter."),
        ),
        Field(
            "lever.novice_share",
            text("Share of the team in its first months"),
            text("New people gain more from help than experienced ones."),
        ),
        Field(
            "lever.novice_handle_time_change",
            text("Handle time of those changes by"),
            text("For the new people alone; negative is shorter."),
        ),
        Field(
            "lever.recontact_change",
            text("Repeat contacts change by"),
            text("Of contacts that come again with the same issue; negative is fewer."),
        ),
        Field(
            "lever.agents_change", text("People on the queue, more or fewer"), text("Added to the roster in every interval.")
        ),
        Field(
            "lever.agents_share_change",
            text("Or in percent of the roster"),
            text("In proportion to the roster of each interval."),
        ),
        Field(
            "lever.shrinkage_change",
            text("Paid time away from the queue, points more or fewer"),
            text("Fewer points mean more people on the queue for the same pay."),
        ),
        Field("lever.price_change", text("Price per contact changes by"), text("Of the partner; negative is cheaper.")),
        Field(
            "lever.recontact_added",
            text("Of the partner's contacts, more come back"),
            text("Cheaper contacts that solve less come back to your own people."),
        ),
        Field("lever.volume_change", text("Contacts change by"), text("Growth, season or a campaign; negative is fewer.")),
        Field("lever.price_per_resolution", text("Price per resolution"), text("Paid for each contact that the bot ends.")),
        Field(
            "lever.price_per_conversation", text("Price per conversation"), text("Paid for each conversation, solved or not.")
        ),
        Field(
            "lever.seconds_before_handover",
            text("Seconds with the bot before a person"),
            text("Time that customers spend before they reach the queue."),
        ),
        Field(
            "lever.cost_per_agent_month", text("Licence for each person a month"), text("Paid for every person on the roster.")
        ),
        Field(
            "lever.minimum_contacts_per_month",
            text("Minimum contacts a month"),
            text("So many contacts are paid even if fewer come."),
        ),
        Field("lever.ramp_months", text("Months until it works fully"), text("The effect grows evenly over these months.")),
        Field("lever.one_off_cost", text("Cost at the start"), text("Paid once; the payback counts from it.")),
        Field(
            "lever.upkeep_share",
            text("Yearly upkeep, of the cost at the start"),
            text("What keeping it running costs every year, as a share of the cost at the start."),
        ),
        Field("lever.monthly_cost", text("Licence a month"), text("Paid every month from the start on.")),
        Field("lever.start", text("Start (empty: next month)"), text("The month in which it begins to work.")),
        Field("lever.channels", text("Works on (empty: all channels)"), text("Contacts of other channels are not changed.")),
        Field(
            "lever.range",
            text("How sure are we? Ranges"),
            text("The smallest and the largest effect that you think possible; draws are taken from between."),
        ),
    ),
    "Compare": (
        Field(
            "compare",
            text("Scenarios, beside the team as it is"),
            text("The address of this page names them: whoever gets it sees the same comparison."),
        ),
    ),
}
"""By the page on which they stand."""
