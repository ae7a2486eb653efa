"""What every export says about a page as a whole, and the words for findings."""

from __future__ import annotations

from cs_planning.goals.finding import Finding, Verdict
from cs_planning.kpis.period_names import written_period_words
from cs_planning.language import Text, text
from cs_planning.notebook.blocks.block import Words
from cs_planning.notebook.run import RunPage, Section

SIGNS = {Verdict.PASS: "✓", Verdict.WARN: "!", Verdict.FAIL: "✗"}
"""A sign for each verdict, beside its word."""


def title_of(page: RunPage) -> Words:
    """The claim of a goal's own page, else the title of the page, or a word for one without."""
    return _claim_as_title(page) or page.title or text("Goal page")


def for_readers(page: RunPage) -> tuple[Section, ...]:
    """The sections of a file, without the heading of the opening where the file is called by its claim."""
    sections = page.for_readers
    if _claim_as_title(page) is None:
        return sections
    return (sections[0].model_copy(update={"heading": ""}), *sections[1:])


def _claim_as_title(page: RunPage) -> Words | None:
    opened = page.opened
    return opened.heading if opened is not None and page.title and str(opened.heading).startswith(page.title) else None


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
