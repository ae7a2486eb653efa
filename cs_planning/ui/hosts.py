"""What the server answers to: requests under its own names, and questions about itself by whoever has the token."""

from __future__ import annotations

import hmac
import os
from collections.abc import Awaitable, Callable, MutableMapping
from fnmatch import fnmatchcase
from ipaddress import ip_address
from typing import Any

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse

from cs_planning.language import Text, text
from cs_planning.ui.accounts import SECRET_HEADER

_EVERYWHERE = "0.0.0.0"  # noqa: S104 - said, not bound to
_METRICS = "/metrics"
_OWN = ("localhost", "*.localhost")
_POLICY_VIOLATION = 1008

Message = MutableMapping[str, Any]


def named_hosts(said: str | None = None) -> tuple[str, ...]:
    """The names under which the server answers besides its addresses.

    Args:
        said: as `CS_PLANNING_HOSTS` is written, names parted by commas, `*.example.com` for all below one; read from the
            environment when None.
    """
    written = os.environ.get("CS_PLANNING_HOSTS", "") if said is None else said
    return (*_OWN, *(name.strip().lower().rstrip(".") for name in written.split(",") if name.strip()))


def is_own(host: str, names: tuple[str, ...]) -> bool:
    """Whether a request with this `Host` is meant for the server.

    An address is: a foreign website can make its own *name* lead to this machine (DNS rebinding), after which the browser takes
    both for one, but nobody can make an address lead elsewhere.

    Args:
        host: the header as it came, with or without a port.
        names: from `named_hosts`.
    """
    name = _without_port(host.strip().lower())
    try:
        ip_address(name)
    except ValueError:
        return any(fnmatchcase(name.rstrip("."), one) for one in names)
    return True


def _without_port(host: str) -> str:
    if host.startswith("["):
        return host[1:].partition("]")[0]
    return host.rpartition(":")[0] if host.count(":") == 1 else host


def may_see_metrics(authorization: str, token: str) -> bool:
    """Whether a request may see how many visitors there are and what the caches hold; nobody may where no token is set.

    Args:
        authorization: the request's header, `Bearer …`.
        token: that of the operator; empty where none is set.
    """
    scheme, _sign, given = authorization.partition(" ")
    return bool(token) and scheme.lower() == "bearer" and hmac.compare_digest(given.encode(), token.encode())


def refusal_to_open(address: str | None, *, has_login: bool, is_told: bool) -> Text | None:
    """Why the server does not start as it was told; None where it may.

    Args:
        address: to which it is bound; None for all of the machine's.
        has_login: whether a proxy says who signed in.
        is_told: whether the operator said a second time that everybody on the network may do everything.
    """
    if has_login or is_told or (address is not None and _is_loopback(address)):
        return None
    return text(
        "The server would answer to everybody on the network ({address}), who could then read and change everything. Put a "
        "proxy with a login before it and name its header in {header}, bind it to 127.0.0.1, or say that this is wanted with "
        "{variable}=yes.",
        address=address or _EVERYWHERE,
        header="CS_PLANNING_ACCOUNT_HEADER",
        variable="CS_PLANNING_OPEN_TO_NETWORK",
    )


def refusal_to_believe(*, has_login: bool, has_secret: bool) -> Text | None:
    """Why the server does not start with a proxy whose word anybody could forge; None where it may.

    Args:
        has_login: whether a proxy says who signed in.
        has_secret: whether it proves by a secret that it is the proxy.
    """
    if not has_login or has_secret:
        return None
    return text(
        "{header} is set, but no secret of the proxy: whoever reaches the app beside the proxy could call himself anybody. Let "
        "the proxy send a secret of at least 16 characters in the header {sent}, and set the same in {variable}.",
        header="CS_PLANNING_ACCOUNT_HEADER",
        sent=SECRET_HEADER,
        variable="CS_PLANNING_PROXY_SECRET",
    )


def _is_loopback(address: str) -> bool:
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return address == "localhost"


class KnownHosts:
    """Refuses pages and connections under a name that is not the server's own, and metrics without their token."""

    def __init__(self, app: Callable[..., Awaitable[None]]) -> None:
        self._app = app
        self._names = named_hosts()
        self._token = os.environ.get("CS_PLANNING_METRICS_TOKEN", "")

    async def __call__(self, scope: Message, receive: Any, send: Callable[[Message], Awaitable[None]]) -> None:
        """Answers as the server does, or says which names it knows and where another one is added."""
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        host = headers.get("host", "")
        if not is_own(host, self._names):
            if scope["type"] == "websocket":
                await send({"type": "websocket.close", "code": _POLICY_VIOLATION})
            else:
                await PlainTextResponse(str(_refusal(host)), status_code=421)(scope, receive, send)
        elif scope["path"].endswith(_METRICS) and not may_see_metrics(headers.get("authorization", ""), self._token):
            await PlainTextResponse("Not Found", status_code=404)(scope, receive, send)
        else:
            await self._app(scope, receive, send)


def _refusal(host: str) -> Text:
    return text(
        "This server does not answer under the name “{host}”. If the name is right, add it to {variable} on the server and "
        "start it again.",
        host=host[:100],
        variable="CS_PLANNING_HOSTS",
    )
