"""Ready-made goals on skills."""

from __future__ import annotations

from cs_planning.goals.goal import GoalType
from cs_planning.goals.templates.template import PlannedAction, PlannedMilestone, Template
from cs_planning.language import text

_TRAINER = text("trainer")
_LEAD = text("team lead")
_AGENTS = text("agents")
_HALF = text("Half of the audience is trained")

TRAINING = (
    Template(
        id="active-listening",
        type=GoalType.TRAINING,
        name=text("Active listening"),
        why=text("Customers who feel heard explain less and complain less."),
        how=text("Four short sessions with recorded calls, role play in pairs, and one reviewed call a week."),
        kpi="quality_score",
        change_points=5,
        milestones=(PlannedMilestone(after=0.5, way=0.4, note=_HALF),),
        actions=(
            PlannedAction(what=text("Review ten calls of each agent before the course"), role=_LEAD, after=0.1),
            PlannedAction(what=text("Hold four sessions with role play"), role=_TRAINER, after=0.6),
            PlannedAction(what=text("Review ten calls of each agent after the course"), role=_LEAD, after=0.9),
        ),
        practices=("training",),
    ),
    Template(
        id="troubleshooting",
        type=GoalType.TRAINING,
        name=text("Troubleshooting step by step"),
        why=text("Who finds the cause at once spares the second contact."),
        how=text("Learn the question tree of the ten most frequent faults, and practise it on real cases."),
        kpi="fcr",
        change_points=4,
        milestones=(PlannedMilestone(after=0.5, way=0.4, note=_HALF),),
        actions=(
            PlannedAction(what=text("Draw a question tree for the ten most frequent faults"), role=_TRAINER, after=0.2),
            PlannedAction(what=text("Practise on last month's cases"), role=_AGENTS, after=0.6),
        ),
        practices=("training", "knowledge"),
    ),
    Template(
        id="product-knowledge",
        type=GoalType.TRAINING,
        name=text("Product knowledge before every release"),
        why=text("Questions that the first line can answer need not be passed on."),
        how=text("An hour with the product team before each release, a short test, and an article on each new question."),
        kpi="escalation_rate",
        change_percent=20,
        months=6,
        milestones=(PlannedMilestone(after=0.5, way=0.5, note=text("One release without a rise of escalations")),),
        actions=(
            PlannedAction(what=text("Fix an hour with the product team before each release"), role=_LEAD, after=0.1),
            PlannedAction(what=text("Write a short test for each release"), role=_TRAINER, after=0.3),
        ),
        practices=("training", "departments"),
    ),
    Template(
        id="tool-drill",
        type=GoalType.TRAINING,
        name=text("Master the tools"),
        why=text("Searching and copying costs minutes in every contact and helps nobody."),
        how=text("Watch how the fastest agents work, teach their shortcuts in fifteen-minute drills, and remove double entry."),
        kpi="aht_mean",
        change_percent=8,
        milestones=(PlannedMilestone(after=0.5, way=0.5, note=_HALF),),
        actions=(
            PlannedAction(what=text("Watch five agents at work and note their shortcuts"), role=_TRAINER, after=0.15),
            PlannedAction(what=text("Hold a fifteen-minute drill each week"), role=_TRAINER, after=0.3),
        ),
        guard="quality_score",
        practices=("training",),
    ),
    Template(
        id="new-hires",
        type=GoalType.TRAINING,
        name=text("New colleagues on their feet sooner"),
        why=text("Wrong answers of the first weeks come back as second contacts."),
        how=text("A plan for the first thirty days, a mentor for each new colleague, and a review of the first fifty cases."),
        kpi="reopen_rate",
        change_percent=20,
        months=6,
        milestones=(PlannedMilestone(after=0.5, way=0.5, note=text("The first group has finished its thirty days")),),
        actions=(
            PlannedAction(what=text("Write the plan for the first thirty days"), role=_TRAINER, after=0.15),
            PlannedAction(what=text("Name a mentor for each new colleague"), role=_LEAD, after=0.2),
            PlannedAction(what=text("Review the first fifty cases together"), role=_LEAD, after=0.6),
        ),
        practices=("training", "engage"),
    ),
    Template(
        id="empathy",
        type=GoalType.TRAINING,
        name=text("Empathy in difficult talks"),
        why=text("The worst ratings come from talks in which the tone failed, not the answer."),
        how=text("Refresher with role play of the ten hardest talks, and a colleague's feedback every second week."),
        kpi="csat",
        change_points=3,
        milestones=(PlannedMilestone(after=0.5, way=0.4, note=_HALF),),
        actions=(
            PlannedAction(what=text("Choose the ten hardest talks of the last quarter"), role=_LEAD, after=0.1),
            PlannedAction(what=text("Play them through in small groups"), role=_TRAINER, after=0.5),
            PlannedAction(what=text("Give feedback to each other every second week"), role=_AGENTS, after=0.6),
        ),
        practices=("training", "engage"),
    ),
)
