"""The server of the page: on loopback alone, until it is interrupted."""

from __future__ import annotations

import secrets
import socket
import webbrowser
from collections.abc import Callable
from dataclasses import dataclass

from communique.errors import ExtraMissingError, SettingsError

try:
    import uvicorn

    from communique.review.app import make_app
except ImportError as error:
    raise ExtraMissingError("review") from error

from communique.review.guard import Guard
from communique.store.reviews import Reviews

HOST = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class Served:
    """A server that listens, with the address of its page."""

    server: uvicorn.Server
    listening: socket.socket
    address: str

    def run(self) -> None:
        """Serve until it is interrupted."""
        with self.listening:
            self.server.run(sockets=[self.listening])


def prepare(reviews: Reviews, reviewer: str, port: int) -> Served:
    """A server on a port of loopback, 0 for any that is free; raises `SettingsError` if it is taken."""
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((HOST, port))
    except OSError as error:
        listening.close()
        raise SettingsError(f"--port: {port} cannot be used ({error.strerror}); give another, or 0 for any") from error
    port = listening.getsockname()[1]
    token = secrets.token_urlsafe(24)
    app = Guard(make_app(reviews, reviewer), token, port)
    config = uvicorn.Config(app, log_level="warning", access_log=False, server_header=False, ws="none", lifespan="off")
    return Served(uvicorn.Server(config), listening, f"http://{HOST}:{port}/?token={token}")


def serve(reviews: Reviews, reviewer: str, port: int, tell: Callable[[str], None], *, browse: bool) -> None:
    """Serve the page until it is interrupted; `tell` gets its address with the token."""
    served = prepare(reviews, reviewer, port)
    tell(served.address)
    if browse:
        webbrowser.open(served.address)
    served.run()
