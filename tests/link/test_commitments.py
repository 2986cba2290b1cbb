"""Who undertakes what for whom: the grammar of roles, how firmly, what is told twice and what counts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import pytest

from communique import Pipeline, Source
from communique.analysis import Analysis, CommitmentFact, analysis_of
from communique.annotate.commitments import CommitmentAnnotator
from communique.link.commitments import learned
from communique_models import Action, DateRole, Purpose, Status, Uncounted

PUBLISHED = date(2024, 4, 15)


@dataclass
class Found:
    """The commitments of a text, however sure, in words."""

    text: str
    analysis: Analysis

    @property
    def all(self) -> list[CommitmentFact]:
        return self.analysis.commitments

    def names(self, parties: list[int]) -> list[str]:
        return [self.analysis.parties[index].name for index in parties]

    def sums(self, amounts: list[int]) -> list[str]:
        return [self.text[self.analysis.amounts[i].start : self.analysis.amounts[i].end] for i in amounts]

    def told(self) -> list[tuple[str, str, list[str], list[str]]]:
        return [(str(c.action), str(c.status), self.names(c.providers), self.names(c.receivers)) for c in self.all]


def find(pipeline: Pipeline, text: str) -> Found:
    doc = CommitmentAnnotator(min_confidence=0.0)(pipeline.annotate(Source(text, PUBLISHED)))
    return Found(text, analysis_of(doc))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Sweden will give Ukraine SEK 300 million.", ("fund", "pledged", ["Sweden"], ["Ukraine"])),
        ("Sweden will give SEK 300 million to Ukraine.", ("fund", "pledged", ["Sweden"], ["Ukraine"])),
        ("SEK 300 million will be given to Ukraine by Sweden.", ("fund", "pledged", ["Sweden"], ["Ukraine"])),
        ("Sweden and Denmark will lend EUR 9 million to Moldova.", ("lend", "pledged", ["Sweden", "Denmark"], ["Moldova"])),
        ("Moldova will receive a grant of EUR 9 million from Sweden.", ("fund", "pledged", ["Sweden"], ["Moldova"])),
        ("Sweden has agreed to lend EUR 9 million to Moldova.", ("lend", "agreed", ["Sweden"], ["Moldova"])),
        ("Sweden plans to lend EUR 9 million to Moldova.", ("lend", "planned", ["Sweden"], ["Moldova"])),
        ("Sweden has given EUR 9 million to Moldova.", ("fund", "delivered", ["Sweden"], ["Moldova"])),
        ("Sweden has suspended its loan of EUR 9 million to Moldova.", ("lend", "withdrawn", ["Sweden"], ["Moldova"])),
        ("Sweden will not lend EUR 9 million to Moldova.", ("lend", "withdrawn", ["Sweden"], ["Moldova"])),
        ("Sweden will support Moldova with EUR 9 million.", ("fund", "pledged", ["Sweden"], ["Moldova"])),
        ("Sweden will provide EUR 9 million to help Moldova repair its grid.", ("fund", "pledged", ["Sweden"], ["Moldova"])),
        (
            "Sweden will provide EUR 9 million to small farmers in Moldova.",
            ("fund", "pledged", ["Sweden"], ["small farmers in Moldova"]),
        ),
    ],
)
def test_the_grammar_of_a_gift(pipeline: Pipeline, text: str, told: tuple[str, str, list[str], list[str]]) -> None:
    assert find(pipeline, text).told() == [told]


def test_each_receiver_with_a_sum_of_its_own_has_a_commitment(pipeline: Pipeline) -> None:
    found = find(pipeline, "Norway will give NOK 9 million to Ghana and NOK 2 million to Kenya.")
    assert [(found.names(c.receivers), found.sums(c.amounts)) for c in found.all] == [
        (["Ghana"], ["NOK 9 million"]),
        (["Kenya"], ["NOK 2 million"]),
    ]


def test_a_treaty_binds_all_who_sign(pipeline: Pipeline) -> None:
    [commitment] = find(pipeline, "Norway and Ghana signed an agreement on fisheries on 12 April 2024.").all
    assert (commitment.action, commitment.status) == (Action.AGREE, Status.AGREED)
    assert len(commitment.providers) == 2
    assert [role for _, role in commitment.dates] == [DateRole.MADE]


def test_a_total_counts_without_its_parts(pipeline: Pipeline) -> None:
    found = find(pipeline, "Last year, Norway gave NOK 19 billion to Ukraine, of which NOK 11 billion went to military aid.")
    assert found.sums([i for c in found.all for i in c.counted]) == ["NOK 19 billion"]
    assert Uncounted.PART_OF_TOTAL in {c.uncounted for c in found.all}


def test_an_equivalent_does_not_count(pipeline: Pipeline) -> None:
    found = find(pipeline, "Norway will give NOK 4.5 billion (EUR 378 million) to Ukraine.")
    assert found.sums([i for c in found.all for i in c.counted]) == ["NOK 4.5 billion"]


def test_a_rate_does_not_count(pipeline: Pipeline) -> None:
    [commitment] = find(pipeline, "Norway will give Ukraine NOK 4 million a year.").all
    assert (commitment.counted, commitment.uncounted) == ([], Uncounted.RATE)


def test_a_plan_does_not_count(pipeline: Pipeline) -> None:
    [commitment] = find(pipeline, "Norway plans to give Ukraine NOK 4 million.").all
    assert (commitment.counted, commitment.uncounted) == ([], Uncounted.NOT_YET_PLEDGED)


def test_headline_lead_and_repetition_are_told_once(pipeline: Pipeline) -> None:
    text = (
        "Norway gives NOK 40 million to Malawi\n\n"
        "Norway will give NOK 40 million to Malawi to repair schools after the storm, the minister said today.\n\n"
        "The NOK 40 million grant to Malawi will be paid over two years."
    )
    found = find(pipeline, text)
    assert sum(bool(c.amounts) for c in found.all) == 1
    assert found.sums([i for c in found.all for i in c.counted]) == ["NOK 40 million"] or len(found.all[0].counted) == 1
    assert found.all[0].restated


def test_the_surest_telling_leads_where_the_fullest_is_doubtful(pipeline: Pipeline) -> None:
    text = (
        "Norway gives NOK 40 million to Malawi\n\n"
        "Norway will give NOK 40 million to Malawi to repair schools after the storm, the minister said today."
    )
    source = Source(text, PUBLISHED)
    [usual] = analysis_of(CommitmentAnnotator(0.0)(pipeline.annotate(source))).commitments
    assert text[slice(*usual.trigger)] == "will give"
    learned.use("confidence", learned.Model(-5.0, {"block=headline": 10.0}))
    try:
        [other] = analysis_of(CommitmentAnnotator(0.5)(pipeline.annotate(source))).commitments
    finally:
        learned.forget()
    assert (text[slice(*other.trigger)], other.restated) == ("gives", [usual.trigger])


def test_a_list_belongs_to_its_lead_in(pipeline: Pipeline) -> None:
    text = (
        "Norway will give NOK 30 million to three countries:\n\n"
        "- NOK 15 million to Ghana for schools;\n\n"
        "- NOK 10 million to Kenya for clinics; and\n\n- NOK 5 million to Malawi for roads."
    )
    found = find(pipeline, text)
    items = [c for c in found.all if "list:item" in c.rules]
    assert [(found.names(c.providers), found.names(c.receivers), found.sums(c.amounts)) for c in items] == [
        (["Norway"], ["Ghana"], ["NOK 15 million"]),
        (["Norway"], ["Kenya"], ["NOK 10 million"]),
        (["Norway"], ["Malawi"], ["NOK 5 million"]),
    ]
    assert found.sums([i for c in found.all for i in c.counted]) == ["NOK 30 million"]


def test_what_is_given_in_kind(pipeline: Pipeline) -> None:
    [commitment] = find(pipeline, "Poland will send 20 ambulances and 1,000 tonnes of rice to Ukraine.").all
    assert commitment.action is Action.SUPPLY
    assert [(str(item.quantity), item.unit, item.description) for item in commitment.items] == [
        ("20", None, "ambulances"),
        ("1000", "tonne", "rice"),
    ]


def test_a_list_whose_lead_in_tells_nothing_goes_on_with_the_first_who_gave(pipeline: Pipeline) -> None:
    text = (
        "Norway will pay for most of these works. Ghana has offered to give NOK 2 million towards them.\n\n"
        "This will see stations upgraded, and include:\n\n"
        "- NOK 15 million for the coast line;\n\n- NOK 10 million for the north line."
    )
    found = find(pipeline, text)
    items = [c for c in found.all if "list:item" in c.rules]
    assert [found.names(c.providers) for c in items] == [["Norway"], ["Norway"]]


def test_a_law_acts_for_whoever_made_it(pipeline: Pipeline) -> None:
    text = "Canada passed the Safe Ferries Act. The Act requires ferries to report their fuel and provides $3 million to ports."
    found = find(pipeline, text)
    told = [(str(c.action), found.names(c.providers), found.sums(c.amounts)) for c in found.all]
    assert ("regulate", ["Canada"], []) in told
    assert ("fund", ["Canada"], ["$3 million"]) in told


def test_whoever_issues_gives_what_nobody_is_told_to_give_even_at_home(pipeline: Pipeline) -> None:
    text = (
        "Canada announces its budget\n\n"
        "Canada today tabled its budget. The budget provides $3 million for Canada's first ferry museum."
    )
    found = find(pipeline, text)
    given = next(c for c in found.all if c.amounts)
    assert found.names(given.providers) == ["Canada"]


def test_what_opens_is_told_of_a_thing(pipeline: Pipeline) -> None:
    text = "Canada will give $3 million to its ports.\n\nFurther funding is available for ferries in the north."
    found = find(pipeline, text)
    assert any("verb:be open" in c.rules for c in found.all)


def test_the_president_of_a_release_is_its_own(pipeline: Pipeline) -> None:
    text = "President Eva Holm of Iceland met President Ivo Dale of Slovenia. The President gave EUR 4 million to Slovenia."
    found = find(pipeline, text)
    given = next(c for c in found.all if c.amounts)
    assert found.names(given.providers) == ["Iceland"]


@pytest.fixture
def contrary_models() -> Iterator[None]:
    """Models that would always say that it is a payment, and agreed."""
    learned.use("actions", learned.Choice({"pay": learned.Model(0.0, {})}))
    learned.use("statuses", learned.Choice({"agreed": learned.Model(0.0, {})}))
    yield
    learned.forget()


@pytest.mark.usefixtures("contrary_models")
@pytest.mark.parametrize(
    ("text", "action", "status"),
    [
        ("Sweden will build a bridge in Moldova.", Action.PAY, Status.AGREED),
        ("Sweden will lend EUR 9 million to Moldova.", Action.LEND, Status.AGREED),
        ("Sweden plans to build a bridge in Moldova.", Action.PAY, Status.PLANNED),
        ("Sweden will not buy the shipyard.", Action.BUY, Status.WITHDRAWN),
    ],
)
def test_models_are_not_asked_where_words_are_plain(pipeline: Pipeline, text: str, action: Action, status: Status) -> None:
    [commitment] = find(pipeline, text).all
    assert (commitment.action, commitment.status) == (action, status)


def test_a_condition_is_quoted(pipeline: Pipeline) -> None:
    text = "Sweden will lend EUR 9 million to Moldova, subject to approval by the Riksdag."
    [commitment] = find(pipeline, text).all
    assert commitment.condition is not None
    assert text[slice(*commitment.condition)] == "subject to approval by the Riksdag"


def test_purpose_and_programme(pipeline: Pipeline) -> None:
    text = "Sweden will give SEK 9 million to schools in Malawi under the Nordic Education Fund."
    [commitment] = find(pipeline, text).all
    assert commitment.purposes == [Purpose.EDUCATION]
    assert commitment.programme is not None
    assert text[slice(*commitment.programme)] == "Nordic Education Fund"


@pytest.mark.parametrize(
    "text",
    [
        "We hope to build a stronger partnership.",
        "Norway wants Ghana to lower its tariffs.",
        "Kari Dale grew up in Bergen and studied law.",
        "Revenue rose by 4 percent to NOK 3 billion.",
        "The minister thanked Ghana for its friendship.",
        "",
        "1.",
    ],
)
def test_hopes_results_and_lives_are_no_commitments(pipeline: Pipeline, text: str) -> None:
    assert pipeline.analyse(Source(text)).commitments == [] if text else True


def test_a_long_list_keeps_its_cost_and_its_sense(pipeline: Pipeline) -> None:
    lines = [f"- NOK {n} million to Ghana for school number {n};" for n in range(1, 201)]
    found = find(pipeline, "Norway will make these grants:\n\n" + "\n\n".join(lines))
    assert len(found.all) == 200
    assert all(found.names(c.receivers) == ["Ghana"] for c in found.all)
