"""The use cases of sharing: a read-only link to a page, live or frozen, that ends and can be taken back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from cs_planning.errors import PlanningError, SharingOff
from cs_planning.language import text
from cs_planning.notebook.cells.page_head import Parameters
from cs_planning.notebook.pages.page import Page
from cs_planning.notebook.run import RunPage
from cs_planning.storage import Save, Share, Store
from cs_planning.workspace.pages.choices import Choices
from cs_planning.workspace.pages.goal_pages import GoalPages
from cs_planning.workspace.pages.snapshots import PageSnapshots

_ALLOWED = "links_for_readers"


@dataclass(frozen=True)
class SharedPage:
    """What a link opens.

    Attributes:
        share: the link.
        page: the page; for a frozen link as it was frozen.
        frozen: the results of a frozen link; `None` when it is live.
    """

    share: Share
    page: Page
    frozen: RunPage | None


class PageShares:
    """Links to pages for people who only read."""

    def __init__(self, store: Store, pages: GoalPages, snapshots: PageSnapshots) -> None:
        self._store = store
        self._pages = pages
        self._snapshots = snapshots

    @property
    def allowed(self) -> bool:
        """Whether this workspace opens pages by a link; it does until somebody turns it off."""
        return self._store.settings.load(_ALLOWED, True) is True

    def allow(self, allowed: bool, *, save: Save) -> None:
        """Turns links for readers on or off; those that are out open nothing while they are off, and are not taken back."""
        self._store.settings.save(_ALLOWED, allowed, save=save)

    def count_open(self, now: datetime) -> int:
        """How many links would open a page, were links allowed."""
        return self._store.shares.count_open(now)

    def share(self, page: Page, token: str, today: date, *, days: int, live: bool, save: Save) -> Share:
        """Opens a link to a page.

        Args:
            page: the page, in the view that its parameters give.
            token: at least 22 random characters, made together with the idempotency key.
            today: the day of the results of a frozen link.
            days: after which the link ends.
            live: whether it shows data that arrive later; else the page is frozen first.
            save: who saves, when, and the key under which it happens once.

        Raises:
            SharingOff: this workspace allows no links.
        """
        if not self.allowed:
            raise SharingOff(
                text("This workspace opens no page by a link."), text("Whoever looks after it can allow links under Settings.")
            )
        kept = self._pages.kept(page, save=save.part("page"))
        frozen = None if live else self._snapshots.freeze(kept, today, save=save.part("frozen")).id
        return self._store.shares.save(
            token,
            kept.id,
            snapshot=frozen,
            live=live,
            expires_at=save.now + timedelta(days=days),
            save=save,
        )

    def of_page(self, page: Page) -> tuple[Share, ...]:
        """The links to a page, open or not, the newest first."""
        return self._store.shares.list(page.id) if page.id else ()

    def revoke(self, id: str, *, save: Save) -> None:
        """Takes a link back; a second call changes nothing.

        Raises:
            NotFound: there is no such link.
        """
        self._store.shares.revoke(id, save=save)

    def opened(self, token: str, now: datetime) -> SharedPage | None:
        """What a token opens; `None` alike for forged, truncated, expired and revoked ones, for pages that are gone, and for
        every token while links are not allowed."""
        share = self._store.shares.find(token, now) if self.allowed else None
        if share is None:
            return None
        try:
            if share.snapshot is not None:
                frozen = self._snapshots.open(share.snapshot).result
                return SharedPage(share, frozen.page, frozen)
            return SharedPage(share, self._pages.page(share.page), None)
        except PlanningError:
            return None

    def result(self, shared: SharedPage, parameters: Parameters, today: date) -> RunPage:
        """The page with its results, in the reader's view; a frozen one as it was frozen."""
        if shared.frozen is not None:
            return shared.frozen
        return self._pages.run(shared.page.model_copy(update={"parameters": parameters}), today)

    def choices(self, shared: SharedPage, today: date) -> Choices:
        """What a reader can choose."""
        return self._pages.choices(shared.page, today)
