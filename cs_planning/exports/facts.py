"""What every export says about a page as a whole, and the words for findings."""

from __future__ import annotations

from cs_planning.goals.finding import Finding, Verdict
from cs_planning.kpis.period_names import written_period_words
from cs_planning.language import Text, text
from cs_planning.notebook.blocks.block import Words
from cs_planning.notebook.run import RunPage

SIGNS = {Verdict.PASS: "✓", Verdict.WARN: "!", Verdict.FAIL: "✗"}
"""A sign for each verdict, beside its word."""


def title_of(page: RunPage) -> Words:
    """The title of the page, or a word for one without."""
    return page.title or text("Goal page")


def facts_of(page: RunPage) -> tuple[Text, ...]:
    """As of when the data are, when the page was run, and with which parameters."""
    facts: list[Text] = []
    if page.data_as_of is not None:
        facts.append(text("Data up to {day}", day=page.data_as_of))
    seen_back = bool(page.page.parameters.quarter)
    facts.append(text("as of {day}", day=page.today) if seen_back else text("computed on {day}", day=page.today))
    return (*facts, *view_of(page))


def view_of(page: RunPage) -> tuple[Text, ...]:
    """With which parameters the page was run."""
    facts: list[Text] = []
    named = {
        "quarter": text("Quarter"),
        "team": text("Team"),
        "channel": text("Channel"),
        "scenario": text("Scenario"),
        "bot": text("Contacts that a bot ends (%)"),
        "people": text("People on the queue, more or fewer"),
        "demand": text("Contacts, more or fewer (%)"),
    }
    for name, value in (page.page.parameters.as_query() | {"scenario": page.scenario}).items():
        if name in named and value:
            said = written_period_words(value, page.year_starts_in) if name == "quarter" else value
            facts.append(text("{name}: {value}", name=named[name], value=said))
    return tuple(facts)


def maker_of(page: RunPage) -> Text:
    """Which program made the file, with which seed."""
    return text("Made by cs-planning {version}, seed {seed}.", version=page.product_version, seed=str(page.seed))


def verdict_of(finding: Finding) -> Text:
    """A letter with its verdict."""
    verdict = {Verdict.PASS: text("passes"), Verdict.WARN: text("needs a look"), Verdict.FAIL: text("is missing")}
    return text("{letter} – {verdict}", letter=finding.letter.label, verdict=verdict[finding.verdict])
