"""The self-assessment on the practices of strong service teams.

A survey of service organisations compared the few that call themselves high performers with the others.  How many times as
often they report a practice is shown as what it is, a correlation: nobody knows whether the practice made them strong or
their strength allowed the practice.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field, field_validator

from cs_planning.goals.goal import ShortText
from cs_planning.goals.templates import TemplateNeed
from cs_planning.language import Text, text

HIGHEST_ANSWER = 4
_GAP_FROM = 2


class Theme(StrEnum):
    """What a practice is about."""

    MONEY = "money"
    LEADERSHIP = "leadership"
    PEOPLE = "people"
    TECHNOLOGY = "technology"
    CUSTOMERS = "customers"

    @property
    def label(self) -> Text:
        """The theme as words for the screen."""
        return {
            "money": text("Money"),
            "leadership": text("Leadership"),
            "people": text("People"),
            "technology": text("Technology"),
            "customers": text("Customers"),
        }[self.value]


@dataclass(frozen=True)
class Practice:
    """One practice.

    Attributes:
        statement: what one agrees with or not.
        times_likelier: how many times as often high performers report it; `None` where no survey figure is known.
    """

    id: str
    theme: Theme
    statement: Text
    times_likelier: float | None = None

    @property
    def claim(self) -> Text | None:
        """The survey figure in words that claim no effect."""
        if self.times_likelier is None:
            return None
        return text(
            "High performers, 5 % of a survey, report this {times} times as often: a claim, and a correlation, not an effect.",
            times=self.times_likelier,
        )


PRACTICES: tuple[Practice, ...] = (
    Practice("revenue_driver", Theme.MONEY, text("We treat service as a source of revenue, not as a cost."), 7.6),
    Practice("profit_and_loss", Theme.MONEY, text("The team knows its own profit and loss."), 6.7),
    Practice("budget_grows", Theme.MONEY, text("The service budget grows with the company."), 6.2),
    Practice("funding", Theme.MONEY, text("What we have to spend is enough for what we promise."), 5.2),
    Practice("budget_next_year", Theme.MONEY, text("Next year’s budget rises by a quarter or more."), 3.4),
    Practice("executive", Theme.LEADERSHIP, text("Executives look at service metrics every day."), 9.2),
    Practice("valued", Theme.LEADERSHIP, text("Executives value service and say so."), 7.7),
    Practice("service_executive", Theme.LEADERSHIP, text("Somebody on the executive board is responsible for service."), 6.2),
    Practice("strategy", Theme.LEADERSHIP, text("There is a service strategy for three years."), 5.7),
    Practice("pay_by_nps", Theme.LEADERSHIP, text("Executive pay depends on recommendation (NPS)."), 4.2),
    Practice("full_ability", Theme.PEOPLE, text("The team works at its full ability."), 9.9),
    Practice("training", Theme.PEOPLE, text("Much more training is planned than last year."), 6.4),
    Practice("training_frequency", Theme.PEOPLE, text("Agents are content with how often they are trained."), 8.3),
    Practice("workload", Theme.PEOPLE, text("We say openly when agents are overloaded, and plan for it."), 4.3),
    Practice("engage", Theme.PEOPLE, text("Agents take part in goals and decisions.")),
    Practice("empower", Theme.PEOPLE, text("Agents may decide on the usual cases themselves.")),
    Practice("ai_workflows", Theme.TECHNOLOGY, text("Agents are content with how AI fits into their work."), 9.9),
    Practice(
        "conversational", Theme.TECHNOLOGY, text("Customers and agents talk in one running conversation across channels."), 6.8
    ),
    Practice("pause", Theme.TECHNOLOGY, text("A conversation can be paused and taken up again."), 3.7),
    Practice("ai_agents", Theme.TECHNOLOGY, text("AI bots support the agents."), 2.9),
    Practice("known_customer", Theme.TECHNOLOGY, text("We know who the customer is, and the history, without asking."), 4.8),
    Practice("whole_record", Theme.TECHNOLOGY, text("Agents see the whole customer record in one place."), 3.7),
    Practice("quality_rethought", Theme.CUSTOMERS, text("We are rethinking how quality is judged."), 4.1),
    Practice("standards", Theme.CUSTOMERS, text("Service standards are written down and known to customers.")),
    Practice("feedback", Theme.CUSTOMERS, text("Products improve because of what customers tell service.")),
    Practice("retention", Theme.CUSTOMERS, text("We notice customers who are about to leave, and act.")),
    Practice("journey", Theme.CUSTOMERS, text("We follow whole customer journeys, not single contacts.")),
    Practice("follow_up", Theme.CUSTOMERS, text("We ask after the solution whether it holds.")),
    Practice("knowledge", Theme.CUSTOMERS, text("Customers find good answers themselves.")),
    Practice("departments", Theme.CUSTOMERS, text("Service and the other departments solve causes together.")),
)
"""Every practice, by theme."""

SURVEY_SOURCE = text(
    "Source of the {count} figures “times as often”: a survey of service organisations that the trade press quotes. Its high "
    "performers are the 5 % that say of themselves that they improve products by feedback, train enough, and measure service "
    "completely and in time. It reads like the surveys of service maturity by Zendesk and the analysts ESG; the figures were "
    "not found in an original, so take them for claims.",
    count=sum(practice.times_likelier is not None for practice in PRACTICES),
)
"""Where the survey figures of the practices come from, and how far they carry."""

_BY_ID: Mapping[str, Practice] = {practice.id: practice for practice in PRACTICES}


class SelfAssessment(BaseModel):
    """What a team says of itself: 0 not at all … 4 fully, by the id of the practice; what is not answered is left out."""

    model_config = ConfigDict(frozen=True)

    id: str = ""
    on: date
    by: ShortText = ""
    answers: Mapping[str, int] = Field(default_factory=dict)

    @field_validator("answers")
    @classmethod
    def _known(cls, answers: Mapping[str, int]) -> Mapping[str, int]:
        for practice, answer in answers.items():
            if practice not in _BY_ID:
                raise ValueError(f"unknown practice {practice!r}")
            if not 0 <= answer <= HIGHEST_ANSWER:
                raise ValueError(f"{practice}: {answer} is not between 0 and {HIGHEST_ANSWER}")
        return answers


@dataclass(frozen=True)
class Maturity:
    """How a self-assessment came out.

    Attributes:
        percent: points of the answered practices, 0…100; every practice counts the same.
        by_theme: the same for each theme that has an answer.
        answered: how many practices.
        gaps: practices answered with 0 to 2, the weakest first.
    """

    percent: float | None
    by_theme: Mapping[Theme, float]
    answered: int
    gaps: tuple[Practice, ...]

    @property
    def caution(self) -> Text:
        """What has to stand beside the result."""
        return text(
            "This is what you think of yourselves. The survey figures are correlations: a practice need not bring its result."
        )


def maturity_of(assessment: SelfAssessment) -> Maturity:
    """The result of a self-assessment."""
    answers = assessment.answers
    themes = {}
    for theme in Theme:
        own = [answers[practice.id] for practice in PRACTICES if practice.theme is theme and practice.id in answers]
        if own:
            themes[theme] = 100 * sum(own) / (HIGHEST_ANSWER * len(own))
    gaps = [practice for practice in PRACTICES if answers.get(practice.id, HIGHEST_ANSWER) <= _GAP_FROM]
    return Maturity(
        percent=100 * sum(answers.values()) / (HIGHEST_ANSWER * len(answers)) if answers else None,
        by_theme=themes,
        answered=len(answers),
        gaps=tuple(sorted(gaps, key=lambda practice: answers[practice.id])),
    )


def needs_of_maturity(assessment: SelfAssessment) -> list[TemplateNeed]:
    """The gaps as needs for which templates can be suggested; weighed by the answer alone."""
    return [
        TemplateNeed(
            severity=(HIGHEST_ANSWER - assessment.answers[practice.id]) / HIGHEST_ANSWER,
            reason=text(
                "“{statement}” was answered with {answer} of {highest}.",
                statement=practice.statement,
                answer=assessment.answers[practice.id],
                highest=HIGHEST_ANSWER,
            ),
            practice=practice.id,
        )
        for practice in maturity_of(assessment).gaps
    ]
