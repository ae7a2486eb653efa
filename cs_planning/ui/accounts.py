"""Who the proxy before the app says has signed in, believed only together with the secret that both share."""

from __future__ import annotations

import hmac
import os
from collections.abc import Callable

SECRET_HEADER = "X-CS-Planning-Proxy-Secret"  # noqa: S105 - the name of a header
"""The request header in which the proxy sends the secret."""
_LONGEST_NAME = 200
_SHORTEST_SECRET = 16


def are_asked_for() -> bool:
    """Whether a proxy with a log-in stands before the app."""
    return bool(account_header())


def account_header() -> str:
    """The header in which the proxy says who signed in; empty without a proxy."""
    return os.environ.get("CS_PLANNING_ACCOUNT_HEADER", "").strip()


def has_secret() -> bool:
    """Whether a secret is set that nobody guesses."""
    return len(_secret()) >= _SHORTEST_SECRET


def account_of(header: Callable[[str], str | None]) -> str:
    """Who signed in; empty for a visitor without account, and for whoever sends the header without the secret.

    Args:
        header: gives the value of a request header, whatever the case of its name.
    """
    name, secret = account_header(), _secret()
    if not name or len(secret) < _SHORTEST_SECRET:
        return ""
    if not hmac.compare_digest((header(SECRET_HEADER) or "").encode(), secret.encode()):
        return ""
    return (header(name) or "").strip()[:_LONGEST_NAME]


def _secret() -> str:
    return os.environ.get("CS_PLANNING_PROXY_SECRET", "").strip()
