"""Ready-made goals on what customers say."""

from __future__ import annotations

from cs_planning.goals.goal import GoalType, Horizon, Measure
from cs_planning.goals.templates.template import PlannedAction, PlannedMilestone, Template
from cs_planning.language import text

_LEAD = text("team lead")
_QUALITY = text("quality manager")
_AGENTS = text("agents")

SATISFACTION = (
    Template(
        id="raise-csat",
        type=GoalType.SATISFACTION,
        name=text("Raise customer satisfaction"),
        why=text("Satisfied customers stay and tell others."),
        how=text(
            "Read every bad rating within two days, call back where it helps, and remove the most frequent cause each month."
        ),
        kpi="csat",
        change_points=4,
        milestones=(PlannedMilestone(after=0.5, way=0.4, note=text("The first frequent cause is removed")),),
        actions=(
            PlannedAction(what=text("Sort the bad ratings of the last quarter by cause"), role=_QUALITY, after=0.1),
            PlannedAction(what=text("Call back unhappy customers within two days"), role=_AGENTS, after=0.2),
            PlannedAction(what=text("Remove one cause each month"), role=_LEAD, after=0.4),
        ),
        practices=("feedback", "follow_up"),
    ),
    Template(
        id="survey-after-contact",
        type=GoalType.SATISFACTION,
        name=text("Ask customers automatically after each contact"),
        why=text("Who asks only now and then hears from the very angry and the very happy."),
        how=text(
            "Let the helpdesk send one question when a contact is solved, in every channel and in the language of the contact; "
            "read the comments each week, and answer those who were unhappy."
        ),
        kpi="csat",
        change_points=2,
        months=4,
        milestones=(
            PlannedMilestone(after=0.25, way=0.1, note=text("The question goes out by itself in the first channel")),
            PlannedMilestone(after=0.6, way=0.5, note=text("Every channel asks, and each has enough answers for a figure")),
        ),
        actions=(
            PlannedAction(what=text("Choose one question, its scale and one field for words"), role=_QUALITY, after=0.05),
            PlannedAction(
                what=text("Set up the trigger: when a contact is solved, within an hour, once a customer in 30 days"),
                role=_LEAD,
                after=0.15,
            ),
            PlannedAction(
                what=text(
                    "Try it for two weeks in one channel: does it arrive, does it open, does the answer find its contact?"
                ),
                role=_AGENTS,
                after=0.25,
            ),
            PlannedAction(what=text("Switch it on for every channel, after calls by text message"), role=_LEAD, after=0.45),
            PlannedAction(
                what=text("Compare those who answered with those who were asked, by channel and topic"),
                role=_QUALITY,
                after=0.6,
            ),
            PlannedAction(
                what=text("Read the comments each week and call back who was unhappy, within two days"),
                role=_AGENTS,
                after=0.65,
            ),
        ),
        practices=("follow_up", "feedback"),
        measuring=text("One question that the helpdesk sends by itself after each solved contact"),
    ),
    Template(
        id="raise-nps",
        type=GoalType.SATISFACTION,
        name=text("Turn passives into promoters"),
        why=text("People who recommend us bring customers that no advertising brings."),
        how=text("Ask passives what was missing, and give the two most frequent wishes to the product team with numbers."),
        kpi="nps",
        change_points=8,
        horizon=Horizon.STRATEGIC,
        months=9,
        milestones=(
            PlannedMilestone(after=0.35, way=0.2, note=text("The two most frequent wishes are known")),
            PlannedMilestone(after=0.75, way=0.6, note=text("The first wish is fulfilled and told to those who asked")),
        ),
        actions=(
            PlannedAction(what=text("Interview twenty passives"), role=_QUALITY, after=0.15),
            PlannedAction(what=text("Present the wishes with numbers to the product team"), role=_LEAD, after=0.3),
            PlannedAction(what=text("Tell customers what was changed because of them"), role=_LEAD, after=0.7),
        ),
        practices=("feedback", "executive"),
    ),
    Template(
        id="less-effort",
        type=GoalType.SATISFACTION,
        name=text("Make it easier to be helped"),
        why=text("Effort drives customers away more surely than delight holds them."),
        how=text("Follow one request a week through all channels, and remove one repeated question or transfer after another."),
        kpi="ces",
        change_percent=10,
        milestones=(PlannedMilestone(after=0.5, way=0.4, note=text("Nobody has to give the order number twice")),),
        actions=(
            PlannedAction(what=text("Draw the way of the three most frequent requests"), role=_QUALITY, after=0.15),
            PlannedAction(what=text("Show agents the whole history before they answer"), role=_LEAD, after=0.5),
        ),
        practices=("journey", "whole_record"),
    ),
    Template(
        id="halve-complaints",
        type=GoalType.SATISFACTION,
        name=text("Halve the complaints about one topic"),
        why=text("Most complaints come from few causes, and the causes are known."),
        how=text(
            "Take the topic with most complaints, rewrite what customers are told before it happens, and check it monthly."
        ),
        kpi="complaints",
        change_percent=50,
        measure=Measure.LEVEL,
        milestones=(
            PlannedMilestone(after=0.35, way=0.3, note=text("The new notice is sent")),
            PlannedMilestone(after=0.7, way=0.6, note=text("A month with a third fewer complaints")),
        ),
        actions=(
            PlannedAction(what=text("Count complaints by topic"), role=_QUALITY, after=0.05),
            PlannedAction(what=text("Rewrite the notice on this topic and test it"), role=_AGENTS, after=0.25),
            PlannedAction(what=text("Agree with the department that causes it"), role=_LEAD, after=0.4),
        ),
        practices=("feedback", "departments"),
    ),
    Template(
        id="keep-customers",
        type=GoalType.SATISFACTION,
        name=text("Keep more customers"),
        why=text("Keeping a customer is said to cost a fraction of winning one."),
        how=text("Call customers who complained twice or stopped ordering, and solve what drove them away."),
        kpi="retention_rate",
        change_points=2,
        horizon=Horizon.STRATEGIC,
        months=6,
        milestones=(
            PlannedMilestone(after=0.5, way=0.4, note=text("A list of endangered customers is worked through weekly")),
        ),
        actions=(
            PlannedAction(what=text("Describe how endangered customers are recognised"), role=_QUALITY, after=0.15),
            PlannedAction(what=text("Call them within a week"), role=_AGENTS, after=0.3),
        ),
        practices=("retention", "follow_up"),
    ),
    Template(
        id="follow-up",
        type=GoalType.SATISFACTION,
        name=text("Fewer customers who have to come back"),
        why=text("A case that opens again was never solved."),
        how=text("Ask two days after the solution whether it holds, and repair the answers that don't."),
        kpi="reopen_rate",
        change_percent=25,
        milestones=(PlannedMilestone(after=0.5, way=0.5, note=text("Follow-up is asked for every solved case")),),
        actions=(
            PlannedAction(what=text("Send a short question two days after the solution"), role=_LEAD, after=0.2),
            PlannedAction(what=text("Rewrite the five answers that fail most"), role=_AGENTS, after=0.5),
        ),
        practices=("follow_up", "knowledge"),
    ),
)
