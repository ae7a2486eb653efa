"""Who saves, when, and the key under which it happens once."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Self

_LONGEST_KEY = 200


@dataclass(frozen=True)
class Save:
    """One save, as it was asked for.

    Attributes:
        author: who saves.
        key: made once when the form was opened, 1 to 200 characters: a second save with the same key changes nothing and
            returns the first result.
        now: when, aware.

    Raises:
        ValueError: the key is too short or too long, or `now` has no time zone.
    """

    author: str
    key: str
    now: datetime

    def __post_init__(self) -> None:
        if not 0 < len(self.key) <= _LONGEST_KEY:
            raise ValueError(f"The key of a save has 1 to {_LONGEST_KEY} characters, got {len(self.key)}.")
        if self.now.tzinfo is None:
            raise ValueError(f"{self.now.isoformat()} has no time zone; pass an aware moment such as datetime.now(UTC).")

    @classmethod
    def once(cls, author: str, now: datetime) -> Self:
        """A save under a key that nobody else knows, for what can't be asked for twice, such as a command that was typed."""
        return cls(author, secrets.token_hex(16), now)

    def part(self, name: str) -> Self:
        """The same save for one of the several things that it keeps, each under a key of its own."""
        key = f"{self.key}-{name}"
        if len(key) > _LONGEST_KEY:
            key = hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()
        return type(self)(self.author, key, self.now)
