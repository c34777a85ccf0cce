"""What every answer carries and which questions are not answered: headers, names of the host, odd paths."""

import ipaddress
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'self'",
    "base-uri": "'none'",
}
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


def policy(**changes: str) -> dict[str, str]:
    """The header of a page that needs more than the others: `policy(style_src_attr="'unsafe-inline'")`.

    Every directive not named stays strict. Never allow inline scripts or another host.
    """
    wanted = _POLICY | {name.replace("_", "-"): value for name, value in changes.items()}
    return {"Content-Security-Policy": "; ".join(f"{name} {value}" for name, value in wanted.items())}


class SafeAnswers:
    """Refuses hosts it was not started for, and adds the headers of `policy()` to every answer that has none.

    A class because Starlette makes one for each application and calls it for each request.
    """

    def __init__(self, app: ASGIApp, hosts: frozenset[str]) -> None:
        self.app, self.hosts = app, hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        if not is_allowed(Headers(scope=scope).get("host", ""), self.hosts):
            await safe(PlainTextResponse("this explorer is not served under that name\n", 400))(scope, receive, send)
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                _guard(message)
            await send(message)

        await self.app(scope, receive, guarded)


def is_allowed(host: str, names: frozenset[str]) -> bool:
    """Whether a Host header is loopback, a plain address or one of the names given.

    A page elsewhere on the web cannot make a browser send a plain address for a name of its own, so these are safe.
    """
    try:
        name = urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return False
    return name in names | {"localhost", "testserver"} or _is_address(name)


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def safe(answer: Response) -> Response:
    """An answer with the headers of every answer, for those that are given outside of `SafeAnswers`."""
    _add(answer.headers)
    return answer


def _guard(message: Message) -> None:
    headers = MutableHeaders(raw=message["headers"])
    _add(headers)
    message["headers"] = headers.raw


def _add(headers: MutableHeaders) -> None:
    missing: Mapping[str, Any] = {**policy(), **_HEADERS}
    for name, value in missing.items():
        headers.setdefault(name, value)
