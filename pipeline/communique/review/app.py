"""The application: the page, what it asks for, and what people decide."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from importlib.resources import files
from typing import Annotated, Any

from fastapi import FastAPI, HTTPException, Query, Request
from fastapi.responses import HTMLResponse, JSONResponse, Response
from pydantic import BaseModel, ConfigDict, Field
from starlette.exceptions import HTTPException as StarletteHTTPException

from communique.errors import DatabaseError
from communique.overlay import Card, Decision, Flag, Overlaid, Told, Verdict, select
from communique.overlay.apply import COMPLETE
from communique.report.pages import environment
from communique.review import view
from communique.review.drafts import DraftError, proposal, told_from
from communique.review.reading import read_words
from communique.review.walk import Filter, way
from communique.store.reviews import ConflictError, Reviews
from communique_models import Action, Basis, DateRole, Kind, Per, Purpose, Record, Status

ASSETS = {
    "review.js": ("communique.review", "text/javascript"),
    "editor.js": ("communique.review", "text/javascript"),
    "marking.js": ("communique.review", "text/javascript"),
    "keys.js": ("communique.review", "text/javascript"),
    "review.css": ("communique.review", "text/css"),
    "report.css": ("communique.report", "text/css"),
}
"""The files of the page, with the package that has each."""
CONFLICT, UNPROCESSABLE, UNAVAILABLE = 409, 422, 503


class Sent(BaseModel):
    """A decision as the page sends it; `after` is the one that it saw of the same subject."""

    model_config = ConfigDict(extra="forbid")

    subject: str = Field(max_length=100)
    verdict: Verdict
    told: dict[str, Any] | None = None
    after: int | None = None
    as_found: bool = False  # accept what communique says now, not what was decided before


class Span(BaseModel):
    """Words that were marked."""

    model_config = ConfigDict(extra="forbid")

    start: int = Field(ge=0)
    end: int = Field(gt=0)


def make_app(reviews: Reviews, reviewer: str) -> FastAPI:
    """The application over a database, for one person; who may use it is for `Guard` to say."""
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    templates = environment("communique.review", "communique.report")

    def found(release_id: str) -> tuple[str, Record, Overlaid]:
        told = reviews.release(release_id)
        if told is None:
            raise HTTPException(404, "This release is no longer in the database.")
        return told

    def shown(release_id: str) -> dict[str, Any]:
        _, record, overlaid = found(release_id)
        keys = view.keys_of(overlaid)
        issuer = next((one.name for one in record.parties if one.id == record.release.issuer), None)
        html = templates.get_template("text.html").render(
            record=record, issuer=issuer, paragraphs=list(view.text_of(overlaid, keys))
        )
        cards = templates.get_template("cards.html").render(
            cards=view.cards_seen(record, overlaid, keys), complete=overlaid.complete, left=overlaid.left
        )
        return {"text_html": html, "cards_html": cards, **view.data_of(overlaid, keys)}

    @app.get("/", response_class=HTMLResponse)
    def page() -> str:
        vocabularies = {
            "actions": view.options(Action), "statuses": view.options(Status), "roles": view.options(DateRole),
            "kinds": view.options(Kind), "bases": view.options(Basis), "rates": view.options(Per),
            "purposes": view.options(Purpose), "comparators": view.COMPARATORS,
        }  # fmt: skip
        return templates.get_template("review.html").render(place=reviews.place, reviewer=reviewer, vocabularies=vocabularies)

    @app.get("/assets/{name}")
    def asset(name: str) -> Response:
        if name not in ASSETS:
            raise HTTPException(404, "There is no such file.")
        package, media_type = ASSETS[name]
        return Response((files(package) / "assets" / name).read_bytes(), media_type=media_type)

    @app.get("/api/way")
    def the_way(wanted: Annotated[Filter, Query()]) -> dict[str, Any]:
        return way(reviews.lines(), reviews.entries(), wanted)

    @app.get("/api/releases/{release_id}")
    def release(release_id: str) -> dict[str, Any]:
        return shown(release_id)

    @app.post("/api/releases/{release_id}/words")
    def marked(release_id: str, span: Span) -> dict[str, Any]:
        _, record, _ = found(release_id)
        select(record.text, span.start, span.end)
        return read_words(record, span.start, span.end)

    @app.post("/api/releases/{release_id}/proposals")
    def proposed(release_id: str, span: Span) -> dict[str, Any]:
        _, _, overlaid = found(release_id)
        return proposal(overlaid.record, span.start, span.end)

    @app.post("/api/releases/{release_id}/decisions")
    def decide(release_id: str, sent: Sent) -> dict[str, Any]:
        name, record, overlaid = found(release_id)
        reviews.decide(_decision(sent, name, record, overlaid, reviewer), sent.after)
        return shown(release_id)

    @app.post("/api/undo")
    def undo(_: dict[str, Any]) -> dict[str, Any]:
        taken = reviews.undo(reviewer)
        if taken is None:
            raise HTTPException(CONFLICT, "There is nothing of yours left to undo.")
        return {"release": taken.release_id, "subject": taken.subject, "verdict": taken.verdict}

    _tell_errors(app)
    return app


def _decision(sent: Sent, name: str, record: Record, overlaid: Overlaid, reviewer: str) -> Decision:
    """What was sent, as it is kept."""
    card = next((one for one in overlaid.cards if one.subject == sent.subject), None)
    if card is None and sent.verdict not in (Verdict.ADDED, Verdict.COMPLETE):
        raise ConflictError("this commitment is no longer there")
    verdict, told = sent.verdict, _told(sent, record, card)
    seen = card.found if card else None
    if verdict is Verdict.REJECTED and card and card.decision and card.flag is not Flag.LOST:
        seen = seen or card.decision.seen  # should it be found again, it is rejected still
    if verdict in (Verdict.ACCEPTED, Verdict.CORRECTED):
        verdict = Verdict.ADDED if seen is None else Verdict.ACCEPTED if told == seen else Verdict.CORRECTED
    return Decision(
        release_id=record.release.id,
        name=name,
        subject=COMPLETE if verdict is Verdict.COMPLETE else sent.subject,
        verdict=verdict,
        told=told,
        seen=seen,
        decided_by=reviewer,
        decided_at=datetime.now(UTC).isoformat(timespec="seconds"),
    )


def _told(sent: Sent, record: Record, card: Card | None) -> Told | None:
    """The commitment as a decision leaves it: what was sent, or of an accepted one what stands there."""
    if sent.verdict in (Verdict.REJECTED, Verdict.COMPLETE):
        return None
    if sent.verdict is Verdict.ACCEPTED and card:
        if card.flag is Flag.LOST:
            raise DraftError("the words of this commitment are no longer in the text: correct it, or reject it")
        return card.found if sent.as_found else card.told
    if sent.told is None:
        raise DraftError("a correction has to say what is right")
    return told_from(sent.told, record.text)


def _tell_errors(app: FastAPI) -> None:
    """Errors as one sentence each, for people."""

    def says(status: int) -> Callable[[Request, Any], Awaitable[JSONResponse]]:
        async def handler(_: Request, error: Any) -> JSONResponse:
            return JSONResponse({"error": str(error)}, status)

        return handler

    async def http(_: Request, error: Any) -> JSONResponse:
        return JSONResponse({"error": str(error.detail)}, error.status_code)

    app.add_exception_handler(DatabaseError, says(UNAVAILABLE))
    app.add_exception_handler(ConflictError, says(CONFLICT))
    app.add_exception_handler(ValueError, says(UNPROCESSABLE))  # words that are not there, drafts that are no commitment
    app.add_exception_handler(StarletteHTTPException, http)
