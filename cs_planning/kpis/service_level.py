"""How a service level is counted: within which time, of which contacts, and which short waits are no waits at all."""

from __future__ import annotations

from enum import StrEnum

import numpy as np

from cs_planning.language import Text, text

ANSWER_WITHIN_SECONDS = 20.0
"""Within which time a service level counts where nobody said it, in every command and on every page that measures it."""


class LevelBase(StrEnum):
    """The contacts of which a service level is a share."""

    OFFERED = "offered"
    ANSWERED = "answered"
    WITHOUT_SHORT = "offered_without_short"

    @property
    def label(self) -> Text:
        """The contacts in words."""
        return {
            "offered": text("all contacts offered"),
            "answered": text("contacts answered"),
            "offered_without_short": text("contacts offered without those abandoned after a short wait"),
        }[self.value]


def base_of(
    base: LevelBase, offered: np.ndarray, answered: np.ndarray | None, short: np.ndarray | None
) -> tuple[np.ndarray, LevelBase]:
    """The number of contacts that a service level is a share of, and which ones they are where those wanted are not known.

    Args:
        base: which ones are wanted.
        offered: contacts offered in each period, shape (n,).
        answered: those answered, None when the file does not say it.
        short: those abandoned after a short wait, None when the file does not say it.
    """
    if base is LevelBase.ANSWERED and answered is not None:
        return answered, base
    if base is LevelBase.WITHOUT_SHORT and short is not None:
        return offered - np.nan_to_num(short), base
    return offered, LevelBase.OFFERED
