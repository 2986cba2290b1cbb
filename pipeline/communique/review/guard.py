"""What keeps the page to the person who started it: a token, a cookie, and checks of where a request comes from.

Other pages that the browser shows can send requests to loopback, and names that they own can be made to lead there. So a request
must name this host, carry the cookie that the token was traded for, and, where it changes something, come from our own page.
"""

from __future__ import annotations

import secrets
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qsl, urlencode

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cache-Control": "no-store",
}
SAFE = frozenset({"GET", "HEAD"})
MARK = "X-Communique"  # a header that no form can send, and no other site without being asked first
LONGEST = 1_000_000  # bytes of a request
TURNED_AWAY = "This page needs the address that `communique review` printed in the terminal, with its token."


class Guard:
    """Lets through what comes from our own page at our own address."""

    def __init__(self, app: ASGIApp, token: str, port: int) -> None:
        self._app = app
        self._token = token
        self._cookie = f"communique_{port}"  # cookies do not know ports
        self._hosts = {f"{name}:{port}" for name in ("127.0.0.1", "localhost", "[::1]")}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer what is turned away; hand on the rest, with our headers on what comes back."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":  # there are no websockets here
            return

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers[name] = value
            await send(message)

        answer = self._turned_away(scope)
        await (answer or self._app)(scope, receive, sent)

    def _turned_away(self, scope: Scope) -> Response | None:
        headers = Headers(scope=scope)
        host, method = headers.get("host", ""), scope["method"]
        if host not in self._hosts:
            return PlainTextResponse("This is another host.", status_code=421)
        query = parse_qsl(scope["query_string"].decode("latin-1"))
        told = dict(query).get("token")
        if told is not None and method in SAFE:
            return self._welcomed(scope["path"], query) if self._is_token(told) else _refused()
        if not self._is_token(_cookie(headers, self._cookie)):
            return _refused()
        if headers.get("sec-fetch-site", "none") not in ("same-origin", "none"):
            return _refused()
        if method in SAFE:
            return None
        if headers.get("origin") != f"http://{host}" or MARK not in headers:
            return _refused()
        if headers.get("content-type", "").split(";")[0] != "application/json":
            return PlainTextResponse("Send JSON.", status_code=415)
        length = headers.get("content-length", "")
        if not length.isdigit() or int(length) > LONGEST:
            return PlainTextResponse("That is too long.", status_code=413)
        return None

    def _welcomed(self, path: str, query: list[tuple[str, str]]) -> Response:
        """The token traded for a cookie, so that it stands in no history and no page."""
        rest = urlencode([(name, value) for name, value in query if name != "token"])
        answer = RedirectResponse(f"/{path.lstrip('/')}{f'?{rest}' if rest else ''}", status_code=303)  # to no other host
        answer.set_cookie(self._cookie, self._token, httponly=True, samesite="strict", path="/")
        return answer

    def _is_token(self, told: str | None) -> bool:
        return told is not None and secrets.compare_digest(told.encode(), self._token.encode())


def _cookie(headers: Headers, name: str) -> str | None:
    try:
        found = SimpleCookie(headers.get("cookie", "")).get(name)
    except CookieError:
        return None
    return found.value if found else None


def _refused() -> Response:
    return HTMLResponse(f'<!doctype html><html lang="en"><title>communique</title><p>{TURNED_AWAY}</p></html>', status_code=403)
