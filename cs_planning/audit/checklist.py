"""The audit by hand: areas with evidence and score, questions to staff and customers, pitfalls, and the audits before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field

from cs_planning.goals.goal import LongText, ShortText
from cs_planning.goals.templates import TemplateNeed
from cs_planning.language import Text, text

HIGHEST_SCORE = 3
_STALE_DAYS = 366
_POOR = 1


class Area(StrEnum):
    """What an audit looks at."""

    FEEDBACK = "feedback"
    RESPONSE_TIMES = "response_times"
    SATISFACTION = "satisfaction"
    PROCESSES = "processes"
    TRAINING = "training"
    KNOWLEDGE = "knowledge"
    CHANNELS = "channels"
    STAFF_SURVEY = "staff_survey"
    FEEDBACK_LOOP = "feedback_loop"
    TAGGING = "tagging"
    CAUSES = "causes"
    FOCUS_GROUPS = "focus_groups"
    GREETING = "greeting"
    VOICE_MENU = "voice_menu"
    RECOGNITION = "recognition"
    AGENT_APPRAISAL = "agent_appraisal"


@dataclass(frozen=True)
class AreaGuide:
    """What is asked in an area.

    Attributes:
        practice: the practice whose templates help when the area is poor.
        template: the id of the template that is made for just this, where there is one.
    """

    area: Area
    name: Text
    question: Text
    evidence: Text
    practice: str
    template: str | None = None


AREAS: tuple[AreaGuide, ...] = (
    AreaGuide(
        Area.FEEDBACK,
        text("Feedback analysis"),
        text("Is feedback of all channels read together and sorted by cause?"),
        text("the last report, with its causes"),
        "feedback",
    ),
    AreaGuide(
        Area.RESPONSE_TIMES,
        text("Response times"),
        text("Are response times known for each channel, and do customers know what to expect?"),
        text("times by channel, the published promise"),
        "standards",
    ),
    AreaGuide(
        Area.SATISFACTION,
        text("Satisfaction scores"),
        text("Is satisfaction asked after contacts of every channel, with enough answers?"),
        text("answers a month by channel"),
        "follow_up",
        "survey-after-contact",
    ),
    AreaGuide(
        Area.PROCESSES,
        text("Process review"),
        text("Were the most frequent processes walked through during the last year?"),
        text("notes of the walk-through"),
        "journey",
    ),
    AreaGuide(
        Area.TRAINING,
        text("Training review"),
        text("Does every agent get training that is followed by a measured skill?"),
        text("training plan, results before and after"),
        "training",
    ),
    AreaGuide(
        Area.KNOWLEDGE,
        text("Knowledge base"),
        text("Is every article reviewed at least twice a year, and do agents use it?"),
        text("date of the oldest article, views"),
        "knowledge",
    ),
    AreaGuide(
        Area.CHANNELS,
        text("Handle time and first contact resolution by channel"),
        text("Are handle time and first contact resolution known for each channel?"),
        text("both figures by channel"),
        "empower",
    ),
    AreaGuide(
        Area.STAFF_SURVEY,
        text("Employee survey"),
        text("Were agents asked about their work, and did they see what came of it?"),
        text("date, share of answers, what was changed"),
        "engage",
    ),
    AreaGuide(
        Area.FEEDBACK_LOOP,
        text("Feedback loop"),
        text("Is what customers ask for implemented, and do they hear of it?"),
        text("the last three changes that came from customers"),
        "feedback",
    ),
    AreaGuide(
        Area.TAGGING,
        text("Tagging of contacts"),
        text("Does every contact carry a topic that agents agree on?"),
        text("share of contacts without a topic, agreement of two readers"),
        "whole_record",
    ),
    AreaGuide(
        Area.CAUSES,
        text("Company causes apart from agent causes"),
        text("Are causes in products and rules kept apart from mistakes of agents?"),
        text("shares of both in the last month"),
        "departments",
    ),
    AreaGuide(
        Area.FOCUS_GROUPS,
        text("Focus groups"),
        text("Did a handful of customers talk about the service with you, beyond what surveys ask?"),
        text("date, who took part, what they said"),
        "feedback",
    ),
    AreaGuide(
        Area.GREETING,
        text("Greeting and closing words"),
        text("Do agents greet and close in a way that fits the company and leaves room for their own words?"),
        text("the script, three recordings"),
        "standards",
    ),
    AreaGuide(
        Area.VOICE_MENU,
        text("Voice menu (IVR)"),
        text("Was the voice menu called as a customer would, and does every way through it end at the right place?"),
        text("ways tried, seconds until a person answers"),
        "journey",
    ),
    AreaGuide(
        Area.RECOGNITION,
        text("Recognition of good work"),
        text("Does good work get a word of thanks that others hear, and not only what went wrong?"),
        text("the last three times, and for what"),
        "engage",
    ),
    AreaGuide(
        Area.AGENT_APPRAISAL,
        text("Appraisal of agents each quarter"),
        text("Does every agent hear once a quarter how the work is seen, with examples and a next step?"),
        text("date of the last talk by agent"),
        "engage",
    ),
)
"""Every area with its question, in the order of an audit."""

STAFF_QUESTIONS: tuple[Text, ...] = (
    text("Which question do you answer most often although it should not arise at all?"),
    text("What do you need that you don’t have when a customer is waiting?"),
    text("Which rule makes you say no where you would say yes?"),
    text("Which of our numbers drives you to do the wrong thing?"),
    text("What did customers praise last month?"),
)
"""What to ask the people who talk to customers."""

CUSTOMER_QUESTIONS: tuple[Text, ...] = (
    text("How easy was it to get help?"),
    text("Was your problem solved, and how often did you have to contact us?"),
    text("How long did you expect to wait?"),
    text("What should we have told you earlier?"),
    text("Which channel would you have liked to use?"),
)
"""What to ask customers."""


class AreaAnswer(BaseModel):
    """How an area was found.

    Attributes:
        score: 0 nothing, 1 begun, 2 done, 3 done and improved regularly.
        evidence: what was seen; without it the score is an opinion.
    """

    model_config = ConfigDict(frozen=True)

    area: Area
    score: int = Field(ge=0, le=HIGHEST_SCORE)
    evidence: LongText = ""
    note: LongText = ""


class Audit(BaseModel):
    """One audit; it is kept as it was.

    Attributes:
        agents_involved: how many agents took part or were asked.
        departments: which other departments took part.
        staff_answers, customer_answers: what was said, in their words.
    """

    model_config = ConfigDict(frozen=True)

    id: str = ""
    on: date
    by: ShortText = ""
    answers: tuple[AreaAnswer, ...] = ()
    agents_involved: int = Field(default=0, ge=0)
    departments: tuple[ShortText, ...] = ()
    staff_answers: tuple[LongText, ...] = ()
    customer_answers: tuple[LongText, ...] = ()


@dataclass(frozen=True)
class AuditScore:
    """How an audit came out.

    Attributes:
        percent: points of the answered areas, 0…100; `None` when nothing is answered.
        answered: how many areas.
        without_evidence: areas that were scored without evidence.
        poor: areas with hardly anything, the poorest first.
        changes: score now minus score before, by area, where both audits answered.
    """

    percent: float | None
    answered: int
    without_evidence: tuple[Area, ...]
    poor: tuple[Area, ...]
    changes: Mapping[Area, int]


def score_of(audit: Audit, before: Audit | None = None) -> AuditScore:
    """The score of an audit, and how it moved against the one before."""
    by_area = {answer.area: answer for answer in audit.answers}
    earlier = {answer.area: answer.score for answer in before.answers} if before is not None else {}
    points = [answer.score for answer in by_area.values()]
    poor = sorted((answer for answer in by_area.values() if answer.score <= _POOR), key=lambda one: one.score)
    return AuditScore(
        percent=100 * sum(points) / (HIGHEST_SCORE * len(points)) if points else None,
        answered=len(points),
        without_evidence=tuple(area for area, answer in by_area.items() if answer.score and not answer.evidence.strip()),
        poor=tuple(answer.area for answer in poor),
        changes={area: answer.score - earlier[area] for area, answer in by_area.items() if area in earlier},
    )


def pitfalls_of(audit: Audit, before: Audit | None, today: date) -> tuple[Text, ...]:
    """What usually makes an audit worthless, where this one shows it."""
    found = []
    if audit.agents_involved == 0 and not audit.staff_answers:
        found.append(text("No agent took part: those who know the causes were not asked."))
    if not audit.customer_answers:
        found.append(text("No customer was asked."))
    if not audit.departments:
        found.append(text("No other department took part, although most causes lie there."))
    if (today - audit.on).days > _STALE_DAYS:
        found.append(text("The audit is more than a year old."))
    if before is not None and audit.answers and audit.answers == before.answers:
        found.append(text("Every answer is the same as last time: was anybody looking?"))
    if len(audit.answers) < len(AREAS):
        found.append(text("{count} of {all} areas are not answered.", count=len(AREAS) - len(audit.answers), all=len(AREAS)))
    return tuple(found)


def needs_of_audit(audit: Audit) -> list[TemplateNeed]:
    """The poor areas as needs for which templates can be suggested."""
    guides = {guide.area: guide for guide in AREAS}
    return [
        TemplateNeed(
            severity=(HIGHEST_SCORE - answer.score) / HIGHEST_SCORE,
            reason=text(
                "“{area}” scored {score} of {highest} in the audit.",
                area=guides[answer.area].name,
                score=answer.score,
                highest=HIGHEST_SCORE,
            ),
            practice=guides[answer.area].practice,
            template=guides[answer.area].template,
        )
        for answer in audit.answers
        if answer.score <= _POOR
    ]


def next_audit_after(audits: Sequence[Audit], today: date) -> date:
    """When the next audit is due: a quarter after the last one, today without any."""
    if not audits:
        return today
    last = max(audit.on for audit in audits)
    month = last.month + 2
    return date(last.year + month // 12, month % 12 + 1, min(last.day, 28))
