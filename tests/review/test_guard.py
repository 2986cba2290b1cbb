from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from communique.review.guard import HEADERS
from records import example_record
from review.served import load, served


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    with served(load(tmp_path / "r.db", havna=example_record())) as address:
        yield address


@pytest.fixture
def client(address: str) -> Iterator[httpx.Client]:
    base = address.split("?")[0].rstrip("/")
    with httpx.Client(base_url=base, trust_env=False) as client:
        assert client.get(address).status_code == 303
        yield client


def ours(client: httpx.Client) -> dict[str, str]:
    return {"Origin": str(client.base_url).rstrip("/"), "X-Communique": "1", "Content-Type": "application/json"}


def test_the_page_needs_the_token(address: str) -> None:
    base = address.split("?")[0]
    assert httpx.get(base, trust_env=False).status_code == 403
    assert httpx.get(f"{base}?token=guessed", trust_env=False).status_code == 403
    assert httpx.get(f"{base}api/way", trust_env=False).status_code == 403
    assert httpx.get(f"{base}api/way", trust_env=False, headers={"Cookie": "=;;\x01"}).status_code == 403


def test_the_token_becomes_a_cookie_that_scripts_and_other_sites_do_not_get(address: str) -> None:
    answer = httpx.get(address, trust_env=False)
    assert answer.headers["location"] == "/"
    cookie = answer.headers["set-cookie"]
    assert all(word in cookie for word in ("HttpOnly", "SameSite=strict", "Path=/"))


def test_every_answer_has_the_headers(client: httpx.Client) -> None:
    for path in ("/", "/api/way", "/assets/review.js", "/nothing"):
        answer = client.get(path)
        assert {name: answer.headers[name] for name in HEADERS} == HEADERS
    assert "'unsafe" not in HEADERS["Content-Security-Policy"]


def test_a_name_that_was_made_to_lead_here_is_turned_away(client: httpx.Client) -> None:
    for host in ("evil.example", "127.0.0.1", "127.0.0.1.evil.example:80", ""):
        assert client.get("/api/way", headers={"Host": host}).status_code in (400, 421)


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": ""},
        {"X-Communique": None},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_another_page_can_decide_nothing(client: httpx.Client, headers: dict[str, str | None]) -> None:
    sent = {name: value for name, value in {**ours(client), **headers}.items() if value is not None}
    assert client.post("/api/undo", headers=sent, content="{}").status_code == 403


def test_a_form_can_decide_nothing(client: httpx.Client) -> None:
    sent = {**ours(client), "Content-Type": "application/x-www-form-urlencoded"}
    assert client.post("/api/undo", headers=sent, content="a=b").status_code == 415


def test_what_is_too_long_is_not_read(client: httpx.Client) -> None:
    assert client.post("/api/undo", headers=ours(client), content=b"x" * 1_000_001).status_code == 413


def test_our_own_page_can(client: httpx.Client) -> None:
    answer = client.post("/api/undo", headers=ours(client), content="{}")
    assert (answer.status_code, answer.json()) == (409, {"error": "There is nothing of yours left to undo."})


@pytest.mark.parametrize("path", ["/docs", "/openapi.json", "/assets/../guard.py", "/assets/guard.py", "/api/releases/none"])
def test_there_is_nothing_else(client: httpx.Client, path: str) -> None:
    assert client.get(path).status_code == 404


def test_what_is_sent_is_checked(client: httpx.Client) -> None:
    release = client.get("/api/way").json()["releases"][0]["id"]
    url = f"/api/releases/{release}"
    for path, body in (
        ("words", {"start": 5, "end": 3}),
        ("words", {"start": 0, "end": 10_000}),
        ("proposals", {"start": 0, "end": 10_000}),
        ("decisions", {"subject": "x", "verdict": "corrected"}),
        ("decisions", {"subject": "x", "verdict": "added", "told": {"trigger": {"start": -1, "end": 4}}}),
        ("decisions", {"subject": "x", "verdict": "added", "told": {"trigger": []}}),
        ("decisions", {"subject": "x", "verdict": "maybe"}),
        ("decisions", {"subject": "no such", "verdict": "rejected"}),
    ):
        answer = client.post(f"{url}/{path}", headers=ours(client), json=body)
        assert answer.status_code in (409, 422), (path, body, answer.text)
    assert client.get("/api/way?below=7").status_code == 422
