from __future__ import annotations

import json
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from communique import cli, errors
from communique.loading import Loaded, Unread, load
from communique.report import figures, words, write_site
from communique.report.pages import data_block, page
from communique.report.site import release_page
from communique.report.sums import Totals
from communique_models import Counted, Record
from records import example_record


def changed(**commitment: Any) -> Record:
    """The example with its commitment changed."""
    record = example_record()
    return record.model_copy(update={"commitments": [record.commitments[0].model_copy(update=commitment)]})


def test_a_card_says_who_whom_how_much_when_and_what_counts() -> None:
    tree = html.fromstring(release_page(example_record()))
    (card,) = tree.xpath("//article[@id='c1']")
    told = " ".join(card.text_content().split())
    assert told.startswith("1 Havna Fund → Molde pledged fund · “will provide”")
    assert "EUR 1,500,000 counts EUR 500,000.25 Not all counted: part of a total that counts." in told
    assert "in kind2 ambulances" in told
    assert "madeFriday (unresolved)" in told
    assert "ifsubject to the approval of the board" in told
    assert "said byAne Vik" in told
    assert "told again1 time" in told
    assert "0.75" in told
    assert "provide future" in told


def test_a_card_and_its_words_lead_to_each_other() -> None:
    tree = html.fromstring(release_page(example_record()))
    assert tree.xpath("//article[@id='c1']//h3/a/@href") == ["#tc1"]
    assert tree.xpath("//*[@id='tc1']/following-sibling::a[1]/text()") == ["will provide"]
    assert [(link.text, link.get("href"), link.get("data-n")) for link in tree.xpath("//section[@id='text']//a")] == [
        ("gives", "#c1", "1"),
        ("will provide", "#c1", "1"),
    ]
    lit = tree.xpath("//section[@id='text']//*[contains(concat(' ', @data-c, ' '), ' c1 ')]/text()")
    assert {"Havna Fund", "€1.5 million", "will provide", "two ambulances", "subject to the approval of the board"} <= set(lit)


def test_the_record_is_told_without_its_text_and_notices_with_their_words() -> None:
    tree = html.fromstring(release_page(example_record(), "x.json", "../index.html"))
    told = json.loads(tree.xpath("string(//pre)"))
    assert "text" not in told
    assert told["commitments"][0]["id"] == "c1"
    assert tree.xpath("//section[@id='json']//a/@href") == ["x.json"]
    assert " ".join(tree.xpath("string(//section[@id='notices'])").split()) == "Notices unresolved date: not resolved Friday"


@pytest.mark.parametrize(("source", "linked"), [
    ("https://example.org/a", True), ("javascript:alert(1)", False), ("data:text/html,x", False), ("a/b.txt", False),
    ("http:", False), ("https://[", False),
])  # fmt: skip
def test_only_addresses_of_the_web_are_links(source: str, linked: bool) -> None:
    tree = html.fromstring(release_page(example_record(source=source)))
    assert (tree.xpath("//p[@class='dek']/a/@href") == [source]) is linked
    assert source in tree.xpath("string(//p[@class='dek'])")


def test_what_a_release_says_stays_text() -> None:
    hostile = "<script>alert(1)</script> <img src=x onerror=alert(1)> \u202egnorw\u202c"
    told = release_page(example_record(title=hostile))
    assert "<script>alert" not in told
    assert "<img" not in told
    assert "\u202e" not in told
    assert "[U+202E]gnorw" in told


def test_no_page_runs_or_loads_but_what_its_policy_names() -> None:
    told = release_page(example_record())
    (policy,) = html.fromstring(told).xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    assert not re.search(r"<[^>]+\s(?:on\w+|style)=", told)
    assert len(re.findall(r"<script", told)) == 1


def test_data_cannot_end_its_block() -> None:
    told = str(data_block({"a": "</script><!-- & "}))
    assert "<" not in told
    assert json.loads(told) == {"a": "</script><!-- & "}


def test_what_is_not_given_to_a_template_is_an_error() -> None:
    with pytest.raises(Exception, match="undefined"):
        page("release.html")


def test_currencies_never_meet_and_only_what_counts_adds() -> None:
    totals = Totals()
    totals.add(example_record())
    dollars = example_record().amounts[0].model_copy(update={"currency": "USD"})
    totals.add(example_record().model_copy(update={"amounts": [dollars, example_record().amounts[1]]}))
    totals.add(changed(counted=Counted(amounts=[], reason="other")))
    totals.add(example_record())
    told = [(currency, money.total) for currency, money in totals.currencies()]
    assert told == [("EUR", Decimal(3_000_000)), ("USD", Decimal(1_500_000))]
    assert totals.currencies()[0][1].by_month == {("2024-04", "pledged"): Decimal(3_000_000)}


def test_plots_have_their_numbers_beside_them_and_lead_to_the_table() -> None:
    totals = Totals()
    totals.add(example_record())
    (panel,) = figures.panels(totals)
    assert [figure.title for figure in panel.figures] == ["by provider", "by status", "by month of publication"]
    assert [list(figure.rows) for figure in panel.figures] == [
        [("Havna Fund", "1,500,000")], [("pledged", "1,500,000")], [("2024-04", "pledged", "1,500,000")],
    ]  # fmt: skip
    assert 'href="#who=Havna+Fund&amp;currency=EUR"' in panel.figures[0].svg
    assert all('aria-hidden="true"' in figure.svg and "<script" not in figure.svg for figure in panel.figures)
    assert [figure.links[0] for figure in panel.figures] == [
        "#who=Havna+Fund&currency=EUR",
        "#status=pledged&currency=EUR",
        "#status=pledged&currency=EUR&from=2024-04-01&to=2024-04-30&counted=1",
    ]
    matrix = figures.parties(totals)
    assert matrix is not None
    assert list(matrix.rows) == [("Havna Fund", "Molde", "1")]
    assert figures.timeline(totals) is None  # its date is not resolved


def test_a_currency_that_nobody_told_has_a_panel_too() -> None:
    record = example_record()
    unknown = record.amounts[0].model_copy(update={"currency": None})
    totals = Totals()
    totals.add(record.model_copy(update={"amounts": [unknown, record.amounts[1]]}))
    assert [panel.currency for panel in figures.panels(totals)] == ["?"]


def test_a_site_has_a_page_a_release_and_a_row_a_commitment(tmp_path: Path) -> None:
    site = write_site([Loaded("a/havna", example_record()), Loaded("b", example_record()), Unread("c", "broken")], tmp_path)
    (one,) = site.pages
    assert (len(site.rows), site.twice, one.published, one.issuer) == (1, ["b"], "2024-04-05", "Havna Fund")
    assert Record.model_validate_json((tmp_path / "releases" / f"{one.file}.json").read_bytes()) == example_record()
    tree = html.fromstring((tmp_path / "index.html").read_text(encoding="utf-8"))
    data = json.loads(tree.xpath("string(//script[@id='data'])"))
    assert data["releases"] == [[one.file, "Havna Fund gives", "2024-04-05"]]
    (row,) = data["rows"]
    assert row["sums"] == [["EUR", "1500000", "EUR 1,500,000", True], ["EUR", "500000.25", "EUR 500,000.25", False]]
    assert (tmp_path / tree.xpath("//table[contains(@class, 'releases')]//a/@href")[0]).exists()
    assert "Not shown: c: broken" in " ".join(tree.xpath("string(//section[@class='notices'])").split())


def test_the_pages_of_an_earlier_report_are_gone(tmp_path: Path) -> None:
    write_site([Loaded("old", example_record())], tmp_path)
    (tmp_path / "releases" / "notes.html").touch()
    write_site([Loaded("new", example_record())], tmp_path)
    assert sorted(path.name.split("-")[0] for path in (tmp_path / "releases").iterdir()) == ["new", "new", "notes.html"]


def test_a_site_without_records_says_so(tmp_path: Path) -> None:
    write_site([], tmp_path)
    tree = html.fromstring((tmp_path / "index.html").read_text(encoding="utf-8"))
    assert "there is no record here" in tree.xpath("string(//section[@id='commitments'])")


def test_the_same_records_give_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a", "b"):
        write_site([Loaded("havna", example_record())], tmp_path / name)
    assert (tmp_path / "a/index.html").read_bytes() == (tmp_path / "b/index.html").read_bytes()


def test_the_command_writes_a_report(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    records = tmp_path / "records"
    records.mkdir()
    (records / "havna.txt.json").write_text(example_record().model_dump_json())
    (records / "havna.meta.json").write_text("{}")
    assert cli.call(["report", str(records), "-o", str(tmp_path / "site")]) == 0
    assert "1 release with 1 commitment: open" in capsys.readouterr().out
    (records / "broken.json").write_text("{")
    assert cli.call(["report", str(records), "-o", str(tmp_path / "site")]) == errors.EXIT_SOME_FAILED
    assert "passed over broken: Invalid JSON" in capsys.readouterr().err
    assert cli.call(["report", str(records / "broken.json"), "-o", str(tmp_path / "site")]) == errors.InvalidRecordError.exit_code
    assert cli.call(["report", str(tmp_path / "nothing"), "-o", str(tmp_path / "site")]) == errors.InputMissingError.exit_code
    assert cli.call(["report", str(records), "-o", str(records / "broken.json")]) == errors.OutputError.exit_code


def test_records_are_known_among_other_json(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(example_record().model_dump_json())
    (tmp_path / "b.json").write_text('{"schema_version": "1.0", "release": {}, "text": ""}')
    (tmp_path / "list.json").write_text("[]")
    (tmp_path / ".hidden").mkdir()
    (tmp_path / ".hidden" / "c.json").write_text(example_record().model_dump_json())
    told = list(load([tmp_path]))
    assert [type(one) for one in told] == [Loaded, Unread]
    assert isinstance(told[1], Unread)
    assert told[1].reason.startswith("release.id: Field required")


@pytest.mark.parametrize(("value", "told"), [
    ("P5Y", "5 years"), ("P1D", "1 day"), ("R/P1Y", "each year"), ("R/P2M", "every 2 months"), ("2024/..", "2024/.."),
])  # fmt: skip
def test_durations_in_words(value: str, told: str) -> None:
    assert words.duration_words(value) == told


def test_sums_in_words() -> None:
    one = example_record().amounts[0]
    ranged = one.model_copy(update={"value": None, "low": "3500000", "high": "4000000.50", "comparator": "range"})
    assert words.sum_words(ranged) == "EUR 3,500,000 to 4,000,000.5"
    assert words.worth(ranged) == Decimal("4000000.50")
    assert words.listed(["a", "b", "c"]) == "a, b and c"
