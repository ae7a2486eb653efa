"""Ready-made goals on money, each with a KPI that must not suffer."""

from __future__ import annotations

from cs_planning.goals.goal import GoalType, Horizon, Measure
from cs_planning.goals.templates.template import PlannedAction, PlannedMilestone, Template
from cs_planning.language import text

_LEAD = text("service manager")
_PLANNER = text("workforce planner")
_BUYER = text("purchasing")
_AGENTS = text("agents")

FINANCIAL = (
    Template(
        id="cost-per-contact",
        type=GoalType.FINANCIAL,
        name=text("Lower the cost of an enquiry"),
        why=text("The same budget helps more customers."),
        how=text("Automate the wrap-up of the three most frequent contact types, and stop double documentation."),
        kpi="cost_per_contact",
        change_percent=8,
        months=6,
        milestones=(PlannedMilestone(after=0.5, way=0.4, note=text("Wrap-up of the first type is automatic")),),
        actions=(
            PlannedAction(what=text("Measure what each step of a contact costs"), role=_LEAD, after=0.15),
            PlannedAction(what=text("Automate the wrap-up of one contact type after another"), role=_LEAD, after=0.5),
        ),
        guard="csat",
        practices=("profit_and_loss",),
    ),
    Template(
        id="outsourcing-price",
        type=GoalType.FINANCIAL,
        name=text("Renegotiate the price per ticket"),
        why=text("Old contracts pay for a volume and a mix that are long gone."),
        how=text("Show the partner the real mix, ask for three offers, and pay for solved cases instead of touched ones."),
        kpi="cost_per_contact",
        change_percent=20,
        months=6,
        milestones=(PlannedMilestone(after=0.5, way=0.1, note=text("Three offers are on the table")),),
        actions=(
            PlannedAction(what=text("Describe volume and mix of the last year"), role=_LEAD, after=0.15),
            PlannedAction(what=text("Ask for three offers"), role=_BUYER, after=0.35),
            PlannedAction(what=text("Write quality and reopening into the contract"), role=_BUYER, after=0.6),
        ),
        guard="reopen_rate",
        practices=("profit_and_loss", "funding"),
    ),
    Template(
        id="self-service",
        type=GoalType.FINANCIAL,
        name=text("Answers that customers find themselves"),
        why=text("An article is written once and read a thousand times."),
        how=text("Publish answers to the twenty most frequent questions, and link them where the question arises."),
        kpi="contact_volume",
        change_percent=12,
        measure=Measure.AVERAGE,
        months=6,
        milestones=(PlannedMilestone(after=0.4, way=0.3, note=text("Twenty articles are published")),),
        actions=(
            PlannedAction(what=text("List the twenty most frequent questions"), role=_LEAD, after=0.1),
            PlannedAction(what=text("Write and publish the articles"), role=_AGENTS, after=0.4),
            PlannedAction(what=text("Review the articles that don't help each month"), role=_AGENTS, after=0.6),
        ),
        guard="csat",
        practices=("knowledge",),
    ),
    Template(
        id="less-overtime",
        type=GoalType.FINANCIAL,
        name=text("Plan better, pay less overtime"),
        why=text("Overtime is the dearest hour, and it makes the next day worse."),
        how=text("Forecast by week and half-hour, agree on flexible shifts, and move projects out of the season."),
        kpi="service_cost",
        change_percent=5,
        measure=Measure.AVERAGE,
        milestones=(PlannedMilestone(after=0.5, way=0.5, note=text("A month without unplanned overtime")),),
        actions=(
            PlannedAction(what=text("Compare forecast and arrivals of the last quarter"), role=_PLANNER, after=0.15),
            PlannedAction(what=text("Agree on flexible shifts"), role=_LEAD, after=0.4),
        ),
        guard="service_level",
        practices=("workload", "profit_and_loss"),
    ),
    Template(
        id="revenue-kept",
        type=GoalType.FINANCIAL,
        name=text("Keep revenue by losing fewer customers"),
        why=text("Each lost customer takes years of revenue along."),
        how=text("Give agents three offers for customers who want to leave, and count what is kept."),
        kpi="churn_rate",
        change_percent=10,
        horizon=Horizon.STRATEGIC,
        months=9,
        milestones=(PlannedMilestone(after=0.5, way=0.4, note=text("Every customer who wants to leave gets an offer")),),
        actions=(
            PlannedAction(what=text("Count why customers leave"), role=_LEAD, after=0.1),
            PlannedAction(what=text("Agree on three offers with sales"), role=_LEAD, after=0.3),
            PlannedAction(what=text("Show the revenue that was kept each month"), role=_LEAD, after=0.5),
        ),
        guard="csat",
        practices=("revenue_driver", "retention"),
    ),
    Template(
        id="repeat-contacts",
        type=GoalType.FINANCIAL,
        name=text("Pay only once for each problem"),
        why=text("Repeat contacts are the most expensive ones: they cost money and goodwill."),
        how=text("Trace repeat contacts to the answer that failed, and repair one cause every two weeks."),
        kpi="service_cost",
        change_percent=6,
        measure=Measure.AVERAGE,
        months=6,
        milestones=(PlannedMilestone(after=0.5, way=0.5, note=text("Six causes are repaired")),),
        actions=(
            PlannedAction(what=text("Mark repeat contacts for four weeks"), role=_AGENTS, after=0.15),
            PlannedAction(what=text("Repair one cause every two weeks"), role=_LEAD, after=0.4),
        ),
        guard="fcr",
        practices=("feedback", "profit_and_loss"),
    ),
    Template(
        id="win-market-share",
        type=GoalType.FINANCIAL,
        name=text("Win market share through service"),
        why=text("Where products are alike, customers choose by how they are looked after."),
        how=text(
            "Ask customers who came from a competitor and customers who left for one what service had to do with it, and make "
            "up for the two reasons named most."
        ),
        kpi="market_share",
        change_points=1,
        horizon=Horizon.STRATEGIC,
        months=12,
        milestones=(
            PlannedMilestone(after=0.3, way=0.1, note=text("The reasons for coming and leaving are counted")),
            PlannedMilestone(after=0.7, way=0.5, note=text("The reason named most is gone")),
        ),
        actions=(
            PlannedAction(
                what=text("Agree on the market, its region and who counts its sales, and keep to it"), role=_LEAD, after=0.1
            ),
            PlannedAction(what=text("Ask who came from a competitor and who left for one"), role=_AGENTS, after=0.25),
            PlannedAction(what=text("Settle with sales and product who makes up for which reason"), role=_LEAD, after=0.4),
        ),
        guard="csat",
        practices=("revenue_driver", "strategy"),
    ),
    Template(
        id="outdo-competitor",
        type=GoalType.FINANCIAL,
        name=text("Outdo the strongest competitor"),
        why=text("A share of the market says little as long as one competitor grows faster."),
        how=text(
            "Contact the strongest competitor as a customer would each quarter, compare waits, answers and promises with your "
            "own, and be better at the one thing that customers name when they choose."
        ),
        kpi="relative_market_share",
        change_percent=5,
        horizon=Horizon.STRATEGIC,
        months=12,
        milestones=(PlannedMilestone(after=0.5, way=0.3, note=text("Better than the competitor at the thing named most")),),
        actions=(
            PlannedAction(
                what=text("Contact competitors as a customer and note wait, answer and promise, with the date"),
                role=_LEAD,
                after=0.15,
            ),
            PlannedAction(what=text("Enter what was found as benchmarks, with source and date"), role=_LEAD, after=0.2),
            PlannedAction(what=text("Choose one service standard to be better at, and tell customers"), role=_LEAD, after=0.4),
        ),
        guard="csat",
        practices=("strategy", "standards"),
    ),
)
