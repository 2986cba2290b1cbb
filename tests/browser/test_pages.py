from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import expect

from browser.conftest import Check, Visit
from communique import Pipeline, cli
from communique.explain_page import explanation_page
from communique.read import read
from communique.settings import Settings
from communique_models import Record
from records import example_record

SAMPLES = Path(__file__).parents[2] / "samples"
DARK = [False, True]


def scheme(dark: bool) -> dict[str, str]:
    return {"color_scheme": "dark"} if dark else {}


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    """The example, and the example changed."""
    record = json.loads(example_record().model_dump_json())
    changed = json.loads(json.dumps(record))
    changed["commitments"][0] |= {"status": "proposed", "receivers": [], "counted": {"amounts": [], "reason": "not_yet_pledged"}}
    for name, told in (("a", record), ("b", changed)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "havna.json").write_text(json.dumps(told))
        Record.model_validate(told)
    return tmp_path / "a", tmp_path / "b"


@pytest.mark.parametrize("dark", DARK)
def test_a_page_of_changes_tells_them_field_by_field(
    visit: Visit, objections: Check, folders: tuple[Path, Path], dark: bool
) -> None:
    file = folders[0].parent / "changes.html"
    assert cli.call(["diff", *map(str, folders), "--html", str(file)]) == 0
    page = visit(file, **scheme(dark))
    status = page.locator(".change dl div", has_text="status")
    expect(status.locator("del")).to_have_text("pledged")
    expect(status.locator("ins")).to_have_text("proposed")
    expect(page.locator(".change blockquote")).to_contain_text("The Havna Fund will provide")
    expect(page.locator("#money tbody")).to_contain_text("1,500,000")
    assert objections(page) == []


@pytest.mark.parametrize("dark", DARK)
def test_a_page_of_scores_marks_what_is_wrong(visit: Visit, objections: Check, folders: tuple[Path, Path], dark: bool) -> None:
    gold = {
        "parties": [{"name": "Havna Fund", "kind": "nonprofit"}], "amounts": [], "dates": [],
        "commitments": [{"trigger": {"quote": "signed"}, "providers": ["Havna Fund"], "action": ["agree"], "status": ["agreed"]}],
    }  # fmt: skip
    (folders[0] / "havna.gold.json").write_text(json.dumps(gold))
    file = folders[0].parent / "scores.html"
    assert cli.call(["evaluate", *map(str, (folders[0], folders[0])), "--html", str(file)]) == 0
    page = visit(file, **scheme(dark))
    page.click("details.wrong summary")
    expect(page.locator(".text .m-missed")).to_have_text("signed")
    expect(page.locator(".text .m-invented", has_text="will provide")).to_be_visible()
    expect(page.locator(".findings li", has_text="missed")).to_contain_text("commitment: signed")
    assert objections(page) == []


@pytest.mark.parametrize("dark", DARK)
def test_an_explanation_shows_and_hides_what_was_found(
    visit: Visit, objections: Check, pipeline: Pipeline, tmp_path: Path, dark: bool
) -> None:
    name = "norway-moldova.txt"
    doc = pipeline.annotate(read(SAMPLES / name, name, Settings()))
    (tmp_path / "explanation.html").write_text(explanation_page(doc, name), encoding="utf-8")
    page = visit(tmp_path / "explanation.html", **scheme(dark))
    expect(page.locator(".line-commitment").first).to_contain_text("Norway → Moldova")
    expect(page.locator(".line-commitment code").first).to_contain_text("verb:")
    page.uncheck("#show-commitment")
    expect(page.locator(".line-commitment").first).to_be_hidden()
    assert objections(page) == []
