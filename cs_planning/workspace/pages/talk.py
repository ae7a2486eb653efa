"""The use cases of talking about a page: comments on its cells, and decisions typed where they are made."""

from __future__ import annotations

import re
from datetime import date

from cs_planning.errors import InvalidPage
from cs_planning.goals.following.review import Decision
from cs_planning.language import text
from cs_planning.notebook.pages.page import Page
from cs_planning.notebook.records import Comment
from cs_planning.storage import COMMENT, Document, Save, Store
from cs_planning.workspace.following.decisions import ACTION, DECISION, Decisions
from cs_planning.workspace.pages.goal_pages import GoalPages
from cs_planning.workspace.pages.mentions import CommentMention, is_mentioned
from cs_planning.workspace.pages.sources import RESOLVED, comment_of

_OPEN = "open"
_MARKED = re.compile("[@＠]")


class PageTalk:
    """Comments and decisions of pages."""

    def __init__(self, store: Store, pages: GoalPages) -> None:
        self._store = store
        self._pages = pages
        self._decisions = Decisions(store)

    def comments(self, page: Page) -> tuple[Comment, ...]:
        """The comments on a page and its cells, the oldest first."""
        if not page.id:
            return ()
        found = [comment_of(one) for one in self._store.documents.list(COMMENT, parent=page.id)]
        return tuple(sorted(found, key=lambda one: one.at))

    def comment(self, page: Page, cell: str, words: str, *, save: Save) -> Comment:
        """Adds a comment to a cell; to the page as a whole when `cell` is empty.

        Raises:
            InvalidPage: there are no words.
        """
        if not words.strip():
            raise InvalidPage(text("The comment is empty."), text("Write what you want to say."))
        kept = self._pages.kept(page, save=save.part("page"))
        body = Comment(page=kept.id, cell=cell, author=save.author, at=save.now, words=words.strip())
        document = Document(
            kind=COMMENT,
            state=_OPEN,
            parent=kept.id,
            part=cell or None,
            body=body.model_dump_json(exclude={"id", "at", "resolved"}),
        )
        return comment_of(self._store.documents.save(document, save=save))

    def people(self) -> tuple[str, ...]:
        """Everybody whom the workspace knows by name, by name: who answers for goals and steps, decides and comments."""
        documents = self._store.documents
        named = [one.owner for kind in ("goal", ACTION, DECISION) for one in documents.list(kind)]
        named += [one.author for one in documents.list(COMMENT)]
        return tuple(sorted({one.strip() for one in named if one and one.strip()}))

    def mentions_of(self, person: str) -> tuple[CommentMention, ...]:
        """The comments that mention somebody and wait for an answer, the newest first."""
        waiting = [comment_of(one) for one in self._store.documents.list(COMMENT, state=_OPEN)] if person.strip() else []
        waiting = [one for one in waiting if _MARKED.search(one.words)]
        if not waiting:
            return ()
        people = self.people()
        pages = {one.id: one for one in self._pages.pages()}
        found = [
            CommentMention(one, one.page, self._pages.title(pages[one.page]))
            for one in waiting
            if one.page in pages and is_mentioned(one.words, person, people)
        ]
        return tuple(sorted(found, key=lambda one: one.comment.at, reverse=True))

    def resolve(self, id: str, resolved: bool, *, save: Save) -> Comment:
        """Marks a comment as resolved, or opens it again; who wrote it stays.

        Raises:
            NotFound: there is no such comment.
        """
        kept = self._store.documents.load(COMMENT, id)
        changed = kept.model_copy(update={"state": RESOLVED if resolved else _OPEN})
        return comment_of(self._store.documents.save(changed, save=save))

    def decide(
        self,
        page: Page,
        cell: str,
        what: str,
        *,
        owner: str = "",
        due: date | None = None,
        today: date,
        save: Save,
    ) -> Decision:
        """Keeps a decision about the goal of a page, made while looking at one of its cells, and its step in the action plan.

        Raises:
            InvalidPage: there are no words.
        """
        if not what.strip():
            raise InvalidPage(text("The decision is empty."), text("Write what was decided."))
        decision = Decision(goal_id=page.goal, on=today, what=what.strip(), owner=owner.strip(), due=due)
        return self._decisions.decide(decision, cell=cell, save=save)

    def decisions(self, page: Page) -> tuple[Decision, ...]:
        """The decisions about the goal of a page, the newest first."""
        return self._decisions.list(page.goal)
