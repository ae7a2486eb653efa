"""Ready-made operational goals."""

from __future__ import annotations

from cs_planning.goals.goal import GoalType, Measure
from cs_planning.goals.templates.template import PlannedAction, PlannedMilestone, Template
from cs_planning.language import text

_LEAD = text("team lead")
_PLANNER = text("workforce planner")
_AGENTS = text("agents")

OPERATIONAL = (
    Template(
        id="faster-first-response",
        type=GoalType.OPERATIONAL,
        name=text("Answer written enquiries sooner"),
        why=text("The first answer decides whether a customer writes a second time."),
        how=text(
            "Sort new messages every morning, answer simple ones at once, and keep templates for the ten most frequent topics."
        ),
        kpi="frt_median",
        change_percent=25,
        milestones=(
            PlannedMilestone(after=0.4, way=0.3, note=text("Templates are in daily use")),
            PlannedMilestone(after=0.75, way=0.7, note=text("No message waits overnight without a first answer")),
        ),
        actions=(
            PlannedAction(what=text("Count the ten most frequent topics of the last quarter"), role=_LEAD, after=0.1),
            PlannedAction(what=text("Write and test a template for each of them"), role=_AGENTS, after=0.3),
            PlannedAction(what=text("Reserve the first hour of each shift for new messages"), role=_PLANNER, after=0.4),
        ),
        practices=("standards",),
    ),
    Template(
        id="phone-service-level",
        type=GoalType.OPERATIONAL,
        name=text("Answer more calls in time"),
        why=text("Customers who wait too long hang up, call again or complain."),
        how=text("Fit the shifts to the arrivals by half-hour, and move training and breaks out of the peaks."),
        kpi="service_level",
        change_points=5,
        milestones=(PlannedMilestone(after=0.5, way=0.5, note=text("Monday peaks are staffed")),),
        actions=(
            PlannedAction(what=text("Compare arrivals and staff by half-hour"), role=_PLANNER, after=0.1),
            PlannedAction(what=text("Agree on a new shift plan with the team"), role=_LEAD, after=0.3),
            PlannedAction(what=text("Offer a callback when the queue is long"), role=_LEAD, after=0.6),
        ),
        guard="occupancy",
        practices=("standards", "workload"),
    ),
    Template(
        id="fewer-abandoned",
        type=GoalType.OPERATIONAL,
        name=text("Lose fewer callers in the queue"),
        why=text("Every caller who gives up is a question without an answer."),
        how=text("Tell the waiting time, offer a callback, and add a second line at the daily peak."),
        kpi="abandonment_rate",
        change_percent=25,
        milestones=(PlannedMilestone(after=0.5, way=0.5, note=text("Callbacks are offered at every peak")),),
        actions=(
            PlannedAction(what=text("Find the half-hours in which most callers give up"), role=_PLANNER, after=0.1),
            PlannedAction(what=text("Announce the expected waiting time"), role=_LEAD, after=0.4),
            PlannedAction(what=text("Start callbacks at peaks"), role=_LEAD, after=0.5),
        ),
    ),
    Template(
        id="clear-backlog",
        type=GoalType.OPERATIONAL,
        name=text("Clear the backlog and keep it clear"),
        why=text("Old open cases cause repeat contacts and make every answer slower."),
        how=text("Close or answer the oldest cases first in two fixed hours a day, and stop what makes new ones wait."),
        kpi="backlog",
        change_percent=40,
        milestones=(
            PlannedMilestone(after=0.3, way=0.4, note=text("No case is older than a month")),
            PlannedMilestone(after=0.7, way=0.8, note=text("No case is older than a week")),
        ),
        actions=(
            PlannedAction(what=text("List open cases by age and cause"), role=_LEAD, after=0.05),
            PlannedAction(what=text("Reserve two hours a day for the oldest cases"), role=_AGENTS, after=0.1),
            PlannedAction(
                what=text("Agree on answering times with the departments that are waited for"), role=_LEAD, after=0.5
            ),
        ),
        practices=("departments",),
    ),
    Template(
        id="first-contact-resolution",
        type=GoalType.OPERATIONAL,
        name=text("Solve more at the first contact"),
        why=text("A question that is solved at once costs one contact; one that is not costs two or three."),
        how=text("Give agents the rights and the knowledge for the five topics that are most often passed on."),
        kpi="fcr",
        change_points=5,
        milestones=(PlannedMilestone(after=0.6, way=0.5, note=text("The first two topics are solved without passing on")),),
        actions=(
            PlannedAction(what=text("Find the five topics that are most often passed on"), role=_LEAD, after=0.1),
            PlannedAction(what=text("Extend rights and limits for these topics"), role=_LEAD, after=0.4),
            PlannedAction(what=text("Write an article on each of them"), role=_AGENTS, after=0.5),
        ),
        guard="aht_mean",
        practices=("empower", "knowledge"),
    ),
    Template(
        id="shorter-resolution",
        type=GoalType.OPERATIONAL,
        name=text("Solve cases sooner"),
        why=text("Customers judge service by when the problem is gone, not by when somebody wrote."),
        how=text("Look at every case that waits longer than two days, and give each waiting reason an owner."),
        kpi="resolution_time_median",
        change_percent=20,
        milestones=(PlannedMilestone(after=0.5, way=0.4, note=text("Every waiting reason has an owner")),),
        actions=(
            PlannedAction(what=text("Mark why a case waits: customer, supplier, department, us"), role=_AGENTS, after=0.2),
            PlannedAction(what=text("Hold a short daily meeting on old cases"), role=_LEAD, after=0.3),
        ),
        guard="reopen_rate",
        practices=("departments", "standards"),
    ),
    Template(
        id="bot-basics",
        type=GoalType.OPERATIONAL,
        name=text("Let a chatbot take basic enquiries"),
        why=text("Simple questions keep people from the difficult ones."),
        how=text("Start with three topics that have one right answer, hand over on request, and read the failed talks weekly."),
        kpi="contact_volume",
        change_percent=10,
        measure=Measure.AVERAGE,
        months=6,
        milestones=(PlannedMilestone(after=0.5, way=0.4, note=text("Three topics run without complaints")),),
        actions=(
            PlannedAction(what=text("Choose three topics with one right answer"), role=_LEAD, after=0.1),
            PlannedAction(what=text("Run a trial with a tenth of the customers"), role=_LEAD, after=0.3),
            PlannedAction(what=text("Read failed talks every week and repair them"), role=_AGENTS, after=0.4),
        ),
        guard="csat",
        practices=("ai_agents", "conversational"),
    ),
)
