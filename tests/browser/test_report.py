from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from browser.conftest import Check, Visit
from communique import Pipeline
from communique.loading import Loaded
from communique.read import read
from communique.report import write_site
from communique.settings import Settings
from communique_models import Party, Record
from records import TEXT, example_record, mention

SAMPLES = Path(__file__).parents[2] / "samples"
SHOWN = ("norway-moldova.txt", "afdb-kenya-water.txt", "uk-vanuatu-cyclone.txt", "nordlys-becancour.md", "cerf-underfunded.txt")
RUN, RELEASE = "index.html", "releases/norway-moldova*.html"
HOSTILE = "<script>window.hacked = 1</script><img src=x onerror='window.hacked = 1'>"
LOOKS: dict[str, dict[str, Any]] = {
    "light": {},
    "dark": {"color_scheme": "dark"},
    "narrow": {"width": 390},
}


@pytest.fixture(scope="module")
def site(pipeline: Pipeline, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report of some samples."""
    folder = tmp_path_factory.mktemp("site")
    records = pipeline.extract_many([read(SAMPLES / name, name, Settings()) for name in SHOWN])
    write_site([Loaded(name, record) for name, record in zip(SHOWN, records, strict=True)], folder)
    return folder


def page_of(site: Path, name: str) -> Path:
    return next(site.glob(name))


def shown(page: Page) -> list[list[str]]:
    """The rows of the table, cell by cell."""
    return page.evaluate(
        "[...document.querySelectorAll('#table tbody tr')].map(row => [...row.cells].map(cell => cell.innerText.trim()))"
    )


def column(page: Page, number: int) -> list[str]:
    return [row[number] for row in shown(page)]


def rows(page: Page) -> list[dict[str, Any]]:
    """All rows that the page has, shown or not."""
    return page.evaluate("JSON.parse(document.getElementById('data').textContent).rows")


def money(found: list[dict[str, Any]], currency: str) -> str:
    """What the counted sums of rows in a currency add up to."""
    return (
        f"{currency} {sum(int(number) for row in found for of, number, _, counts in row['sums'] if counts and of == currency):,}"
    )


def card_of(page: Page, trigger: str) -> str:
    """The id of the card of a commitment with such a trigger."""
    return str(page.locator(".card", has_text=f"“{trigger}”").first.get_attribute("id"))


# -- the table


def test_the_table_filters_by_all_that_is_asked(visit: Visit, site: Path) -> None:
    page = visit(site / RUN)
    told = page.locator("#shown")
    every = told.inner_text()
    moldova = [row for row in rows(page) if "Moldova" in str(row["who"] + row["whom"])]
    page.fill("[name=party]", "moldova")
    expect(told).to_contain_text(f"{len(moldova)} of")
    expect(told).to_contain_text(f"New money: {money(moldova, 'NOK')}")
    assert all("Moldova" in who + whom for _, who, whom, *_ in shown(page))
    page.select_option("[name=status]", "delivered")
    expect(told).to_contain_text(money([row for row in moldova if row["status"] == "delivered"], "NOK"))
    assert set(column(page, 5)) == {"delivered"}
    assert page.evaluate("location.hash") == "#party=moldova&status=delivered"
    page.click("#clear")
    expect(told).to_have_text(every)
    page.select_option("[name=currency]", "EUR")
    page.check("[name=counted]")
    expect(told).to_contain_text("New money: EUR")
    assert all("EUR" in sums for sums in column(page, 4))
    page.click("#clear")
    page.select_option("[name=purpose]", "energy")
    expect(told).to_contain_text(" of ")
    assert all("energy" in what for what in column(page, 3))
    page.click("#clear")
    page.fill("[name=from]", "2024-10-01")
    page.fill("[name=to]", "2024-10-31")
    expect(told).to_contain_text(f"{sum(row['r'] == moldova[0]['r'] for row in rows(page))} of")
    assert set(column(page, 0)) == {"2024-10-03"}


def test_words_are_found_without_case_and_where_nothing_matches_it_is_said(visit: Visit, site: Path) -> None:
    page = visit(site / RUN, "#q=CONFERENCE+nowhere")
    expect(page.locator("#none")).to_be_visible()
    expect(page.locator("#table")).to_be_hidden()
    expect(page.locator("#shown")).to_contain_text("0 of")
    page.click("#clear-none")
    page.fill("[name=q]", "Conference donors MOLDOVA")
    expect(page.locator("#table tbody tr")).to_have_count(1)


def test_the_table_sorts_sums_within_their_currency_and_says_how(visit: Visit, site: Path) -> None:
    page = visit(site / RUN)
    head = page.locator("th:has([data-sort=sum])")
    page.select_option("#size", "250")
    page.click("[data-sort=sum]")
    expect(head).to_have_attribute("aria-sort", "descending")
    first = [next((one for one in row["sums"] if one[3]), row["sums"][0]) for row in rows(page) if row["sums"]]
    wanted = sorted(first, key=lambda one: (one[0], -float(one[1])))
    told = [row[4] for row in shown(page) if row[4] != "—"]
    assert [next(word for word in sums.split() if word.isupper()) for sums in told] == [currency for currency, *_ in wanted]
    assert told[0].splitlines()[0] == wanted[0][2]
    page.click("[data-sort=sum]")
    expect(head).to_have_attribute("aria-sort", "ascending")
    page.click("[data-sort=sum]")
    expect(head).to_have_attribute("aria-sort", "none")
    page.click("[data-sort=whom]")
    whom = [name.casefold() for name in column(page, 2) if name != "—"]
    assert whom == sorted(whom)


def test_the_newest_come_first_and_the_table_has_pages(visit: Visit, site: Path) -> None:
    page = visit(site / RUN)
    days = column(page, 0)
    assert days == sorted(days, reverse=True)
    expect(page.locator("#previous")).to_be_disabled()
    first = shown(page)
    assert len(first) == 25
    page.click("#next")
    assert shown(page)[0] != first[0]
    expect(page.locator("#page")).to_contain_text("26–")
    page.click("#previous")
    assert shown(page) == first
    page.select_option("#size", "250")
    expect(page.locator("#next")).to_be_disabled()
    assert len(shown(page)) == len(rows(page))


def test_a_row_leads_to_its_evidence_and_back_to_the_same_filter(visit: Visit, site: Path) -> None:
    page = visit(site / RUN, "#party=Norway&sort=-sum")
    page.locator("#table tbody tr", has_text="NOK 4,800,000,000").locator("a").click()
    page.wait_for_url("**/norway-moldova*#c*")
    expect(page.locator(".card.lit")).to_have_id(card_of(page, "will provide"))
    assert "will provide" in page.locator(".text .lit").all_inner_texts()
    expect(page.locator(".text a.lit").first).to_be_in_viewport()
    page.go_back()
    expect(page.locator("[name=party]")).to_have_value("Norway")
    assert all("Norway" in who + whom for _, who, whom, *_ in shown(page))


def test_a_plot_leads_to_its_rows(visit: Visit, site: Path) -> None:
    page = visit(site / RUN)
    for summary in page.locator(".more-panels > summary").all():
        summary.click()
    page.locator("section[aria-labelledby=panel-NOK] svg a").first.click()
    expect(page.locator(".chip")).to_have_text("provider: Norway ×")
    expect(page.locator("[name=currency]")).to_have_value("NOK")
    assert set(column(page, 1)) == {"Norway"}
    page.click(".chip")
    expect(page.locator(".chip")).to_have_count(0)


def test_what_is_printed_are_all_rows_that_are_shown(visit: Visit, site: Path) -> None:
    page = visit(site / RUN)
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert len(shown(page)) == len(rows(page)) > 25
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert len(shown(page)) == 25


def saved(page: Page) -> list[dict[str, str]]:
    with page.expect_download() as download:
        page.click("#csv")
    told = Path(download.value.path()).read_text(encoding="utf-8-sig")
    return list(csv.DictReader(io.StringIO(told, newline="")))


def test_the_csv_is_what_is_shown(visit: Visit, site: Path) -> None:
    page = visit(site / RUN, "#party=Moldova&currency=NOK&counted=1")
    told = [row for row in rows(page) if "Moldova" in str(row["who"] + row["whom"]) and any(one[3] for one in row["sums"])]
    lines = saved(page)
    wanted = [(row["who"], *one[:2], "yes" if one[3] else "no") for row in told for one in row["sums"]]
    assert [([line["providers"]], line["currency"], line["amount"], line["counts"]) for line in lines] == wanted
    assert all(line["why_not"] for line in lines if line["counts"] == "no")
    assert all(line["page"].startswith("releases/norway-moldova") for line in lines)


# -- a release


def test_words_and_card_light_each_other_under_the_pointer(visit: Visit, site: Path) -> None:
    page = visit(page_of(site, RELEASE))
    page.hover(f"#{card_of(page, 'will provide')}")
    lit = {" ".join(words.split()) for words in page.locator(".text .lit").all_inner_texts()}
    assert {"Norway", "will provide", "NOK 4.8 billion", "Moldova", "the next four years"} <= lit
    page.mouse.move(2, 2)
    expect(page.locator(".lit")).to_have_count(0)
    page.locator(".text").get_by_text("NOK 1.25 billion", exact=True).hover()
    expect(page.locator(".card.lit")).to_have_count(1)
    expect(page.locator(".card.lit")).to_contain_text("NOK 1,250,000,000")
    expect(page.locator(".card.lit")).to_be_in_viewport()


def test_words_and_card_light_each_other_by_keyboard_alone(visit: Visit, site: Path) -> None:
    page = visit(page_of(site, RELEASE))
    page.locator(f"#{card_of(page, 'signed')} h3 a").focus()
    assert "signed" in page.locator(".text .lit").all_inner_texts()
    page.keyboard.press("Enter")
    expect(page.locator(".text a.lit", has_text="signed")).to_be_in_viewport()
    page.locator(".text a", has_text="will provide").focus()
    expect(page.locator(".card.lit")).to_have_id(card_of(page, "will provide"))
    page.keyboard.press("Escape")
    expect(page.locator(".lit")).to_have_count(0)


def test_kinds_of_marks_can_be_hidden(visit: Visit, site: Path) -> None:
    page = visit(page_of(site, RELEASE))
    wash = "getComputedStyle(document.querySelector('.text .m-amount')).backgroundColor"
    before = page.evaluate(wash)
    page.uncheck("#show-amount")
    assert page.evaluate(wash) != before


def test_the_record_can_be_read(visit: Visit, site: Path) -> None:
    page = visit(page_of(site, RELEASE))
    page.click("#json summary")
    expect(page.locator("#json pre")).to_contain_text('"commitments"')
    page.click("#json p a")
    page.wait_for_url("**/norway-moldova*.json")
    assert Record.model_validate_json(page.locator("pre").inner_text()).commitments


# -- harm


def hostile_record() -> Record:
    """A record that says all that could do harm in a page or a table, with a text of two million letters."""
    text = f"{TEXT}{HOSTILE}\n\u202egnorw\u2066\njavascript:window.hacked = 1\n" + ("A line that goes on. " * 50 + "\n") * 2000
    record = example_record(text, title=HOSTILE, source="javascript:window.hacked=1")
    evil = [
        Party(id="p1", name=HOSTILE, kind="nonprofit", mentions=[mention("Havna Fund")]),
        Party(id="p2", name='=HYPERLINK("http://127.0.0.1","x")', kind="company", mentions=[mention("Molde")]),
        Party(id="p3", name="\u202eeno-on", kind="person", mentions=[mention("Ane Vik")]),
    ]
    return record.model_copy(update={"parties": evil})


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile")
    write_site([Loaded(f"a/{HOSTILE}", hostile_record())], folder, title=HOSTILE)
    return folder


@pytest.mark.parametrize("name", [RUN, "releases/*.html"])
def test_a_hostile_release_does_nothing(visit: Visit, hostile: Path, name: str) -> None:
    page = visit(page_of(hostile, name))
    expect(page.locator("h1")).to_have_text(HOSTILE)
    assert page.evaluate("window.hacked") is None
    assert page.locator("img").count() == 0
    assert page.locator("a[href^='javascript' i]").count() == 0
    assert "\u202e" not in page.content()
    if name != RUN:
        assert "[U+202E]gnorw[U+2066]" in page.locator(".text").text_content()
        assert len(page.locator(".text").text_content()) > 2_000_000
        page.locator("#c1 h3 a").click()
        expect(page.locator(".text a.lit").first).to_be_in_viewport()
    assert page.evaluate("window.hacked") is None


def test_no_cell_of_the_csv_is_a_formula(visit: Visit, hostile: Path) -> None:
    first, second = saved(visit(hostile / RUN))
    assert first["receivers"] == '\'=HYPERLINK("http://127.0.0.1","x")'
    assert first["providers"] == HOSTILE
    assert [first["amount"], second["amount"]] == ["1500000", "500000.25"]


def test_the_policy_stops_what_a_missing_escape_would_let_through(
    visit: Visit, complaints: list[str], site: Path, tmp_path: Path
) -> None:
    told = page_of(site, RELEASE).read_text(encoding="utf-8")
    (tmp_path / "torn.html").write_text(told.replace('<main id="main">', f'<main id="main">{HOSTILE}'), encoding="utf-8")
    page = visit(tmp_path / "torn.html")
    assert page.locator("main img").count() == 1
    assert page.evaluate("window.hacked") is None
    assert len(complaints) >= 2
    assert all("Content Security Policy" in complaint for complaint in complaints)
    complaints.clear()


# -- for everybody


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("name", [RUN, RELEASE])
def test_axe_objects_to_nothing(visit: Visit, objections: Check, site: Path, name: str, look: str) -> None:
    page = visit(page_of(site, name), **LOOKS[look])
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
    assert objections(page) == []


@pytest.mark.parametrize("name", [RUN, RELEASE])
def test_nothing_is_wider_than_a_narrow_screen(visit: Visit, site: Path, name: str) -> None:
    page = visit(page_of(site, name), width=360, height=700)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_a_report_without_records_says_so(visit: Visit, objections: Check, tmp_path: Path) -> None:
    write_site([], tmp_path)
    page = visit(tmp_path / RUN)
    expect(page.locator("#commitments .empty")).to_contain_text("there is no record here")
    assert objections(page) == []


def test_a_release_without_commitments_says_so(visit: Visit, objections: Check, tmp_path: Path) -> None:
    write_site([Loaded("quiet", example_record().model_copy(update={"commitments": []}))], tmp_path)
    page = visit(tmp_path / RUN)
    expect(page.locator("#commitments .empty")).to_contain_text("No commitment was found in this release")
    page.click("#releases a")
    expect(page.locator("#cards .empty")).to_be_visible()
    assert objections(page) == []


def test_without_scripts_releases_and_evidence_are_there(visit: Visit, site: Path) -> None:
    page = visit(site / RUN, java_script_enabled=False)
    expect(page.locator("noscript p")).to_contain_text("needs JavaScript")
    page.locator("#releases a").first.click()
    page.locator(".card h3 a").first.click()
    assert page.url.endswith("#tc1")
