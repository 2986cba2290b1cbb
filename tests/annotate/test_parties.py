"""Parties as the component finds them: names, kinds, aliases, countries, titles, whom they represent, the issuer."""

from __future__ import annotations

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from communique import Pipeline
from communique.analysis import Analysis, PartyFact, analysis_of
from communique.source import Source
from communique_models import Kind


def analyse(pipeline: Pipeline, text: str, issuer: str | None = None) -> Analysis:
    return pipeline.analyse(Source(text=text, issuer=issuer))


def named(analysis: Analysis, name: str) -> PartyFact:
    found = [party for party in analysis.parties if party.name == name]
    assert len(found) == 1, [party.name for party in analysis.parties]
    return found[0]


def represented(analysis: Analysis, name: str) -> str | None:
    of = named(analysis, name).represents
    return None if of is None else analysis.parties[of].name


def names(analysis: Analysis) -> list[str]:
    return [party.name for party in analysis.parties if party.kind is not Kind.GROUP]


def test_parties_are_in_the_order_of_their_first_mention_with_mentions_in_reading_order(pipeline: Pipeline) -> None:
    text = "Denmark and Nordlys Energi ASA signed a contract. Nordlys Energi ASA will build the plant for Denmark."
    analysis = analyse(pipeline, text)
    assert names(analysis) == ["Denmark", "Nordlys Energi ASA"]
    for party in analysis.parties:
        assert party.mentions == sorted(party.mentions)
    assert [text[a:b] for a, b in named(analysis, "Nordlys Energi ASA").mentions] == ["Nordlys Energi ASA"] * 2


@pytest.mark.parametrize(
    ("text", "name", "alias"),
    [
        ("The Nordmark Fisheries Authority (NFA) has decided. NFA will pay.", "Nordmark Fisheries Authority", "NFA"),
        ("Holm Marine Systems, Inc. (“HolmMar”) won. HolmMar will deliver six boats.", "Holm Marine Systems, Inc.", "HolmMar"),
        ("Nordlys Technologies Ltd will hire. Nordlys said that it pays well.", "Nordlys Technologies Ltd", "Nordlys"),
        ("The World Food Programme thanked Norway. WFP has 40 ships.", "World Food Programme", "WFP"),
        ("Mr Ola Dahl signed for the harbour. Mr Dahl then left.", "Ola Dahl", "Mr Dahl"),
        ("Senator Joseph Holm spoke. Joe Holm thanked the miners.", "Joseph Holm", "Joe Holm"),
        ("Joe Holm spoke in Narvik. President Joseph R. Holm, Jr., signed the order.", "Joseph R. Holm, Jr.", "Joe Holm"),
        ("Nordlys Energi AS builds turbines. The company will open a plant.", "Nordlys Energi AS", "The company"),
        ("Norway will pay. The Norwegian Government has agreed to this.", "Norway", "Norwegian Government"),
        ("Lofotkraft Corporation (OSE: LKC) told of its year. LKC bought two mills.", "Lofotkraft Corporation", "LKC"),
        ("Sri Lanka has agreed to the loan. The GoSL said that it will build the mill.", "Sri Lanka", "GoSL"),
        ("The Central Bank of Denmark issued notes. The Central Bank will pay.", "Central Bank of Denmark", "Central Bank"),
        ("The Ministry of Fisheries has decided. The Ministry will pay.", "Ministry of Fisheries", "The Ministry"),
        ("Foreign Minister Kari Holm of Norway left. The Foreign Minister will return.", "Kari Holm", "The Foreign Minister"),
    ],
)
def test_other_forms_are_joined_to_the_fullest(pipeline: Pipeline, text: str, name: str, alias: str) -> None:
    assert alias in named(analyse(pipeline, text), name).aliases


def test_two_people_of_one_surname_stay_two(pipeline: Pipeline) -> None:
    text = "Kari Holm, chief executive of Nordlys AS, and Peter Holm, mayor of Narvik, met. Ms Kari Holm thanked Mr Peter Holm."
    found = names(analyse(pipeline, text))
    assert {"Kari Holm", "Peter Holm"} <= set(found)


def test_the_president_of_one_state_is_not_that_of_another(pipeline: Pipeline) -> None:
    text = "President Holm of Finland met President Novak of Poland. President Novak promised tanks."
    analysis = analyse(pipeline, text)
    assert represented(analysis, "Holm") == "Finland"
    assert represented(analysis, "Novak") == "Poland"


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("The University of Nordmark will train nurses.", "University of Nordmark", Kind.NONPROFIT),
        ("The European Union will pay for the bridge.", "European Union", Kind.INTERGOVERNMENTAL),
        ("Lofoten Regional Council will pay for the bridge.", "Lofoten Regional Council", Kind.PUBLIC_BODY),
        ("Holm & Dahl Shipping (Pvt) Ltd will pay for the bridge.", "Holm & Dahl Shipping (Pvt) Ltd", Kind.COMPANY),
        ("Queensland will pay for the bridge.", "Queensland", Kind.PUBLIC_BODY),
        ("The G7 will lend the money.", "G7", Kind.GROUP),
        ("Nordlys, a leading maker of turbines, will pay for the bridge.", "Nordlys", Kind.COMPANY),
    ],
)
def test_kinds(pipeline: Pipeline, text: str, name: str, kind: Kind) -> None:
    assert named(analyse(pipeline, text), name).kind is kind


@pytest.mark.parametrize(
    "text",
    [
        "The boats were built in Norway.",
        "They travelled to Norway in May.",
        "The office in Oslo, Norway opens in May.",
        "A Norwegian salmon won the prize.",
        "The Clean Fjords Act is law.",
        "Money comes from the Nordmark Harbour Fund.",
        "Work on the Nordmark Bridge Project starts in May.",
        "For more, call Kari Holm 22 334 4555.",
    ],
)
def test_places_labels_and_contacts_are_no_parties(pipeline: Pipeline, text: str) -> None:
    assert names(analyse(pipeline, text)) == []


def test_and_parts_names_only_where_it_stands_between_them(pipeline: Pipeline) -> None:
    text = (
        "The Ministry of Trade, Industry and Fisheries and the Holm Foundation will both pay them in full. "
        "So will the Housing and Ports Authority."
    )
    assert set(names(analyse(pipeline, text))) == {
        "Ministry of Trade, Industry and Fisheries",
        "Holm Foundation",
        "Housing and Ports Authority",
    }


@pytest.mark.parametrize(
    ("text", "name", "of"),
    [
        ("Norway's Minister for Fisheries, Ola Dahl, will sign. Norway has agreed.", "Ola Dahl", "Norway"),
        ("German Chancellor Olga Meyer will come, and Germany will pay.", "Olga Meyer", "Germany"),
        ("“We will build,” said Kari Holm, spokesperson for Nordlys Energi ASA.", "Kari Holm", "Nordlys Energi ASA"),
        ("Nordlys Energi ASA chief executive Kari Holm will open the plant.", "Kari Holm", "Nordlys Energi ASA"),
        ("Holm Sol AS, a subsidiary of Nordlys Energi ASA, will build the plant.", "Holm Sol AS", "Nordlys Energi ASA"),
        ("Norway has agreed. The Norwegian Ministry of Fisheries will pay.", "Norwegian Ministry of Fisheries", "Norway"),
        ("Ukraine has agreed. The Verkhovna Rada will vote on it.", "Verkhovna Rada", "Ukraine"),
        ("Senator Anna Berg welcomed the vote of Norway.", "Anna Berg", None),
        ("The Ministry of Fisheries will pay.", "Ministry of Fisheries", None),
    ],
)
def test_whom_a_party_represents(pipeline: Pipeline, text: str, name: str, of: str | None) -> None:
    assert represented(analyse(pipeline, text), name) == of


def test_countries_and_titles(pipeline: Pipeline) -> None:
    analysis = analyse(pipeline, "Norway's Foreign Minister Kari Holm will pay the Bank of Japan, and Norway will lend it.")
    assert named(analysis, "Norway").country == "NO"
    assert named(analysis, "Kari Holm").title == "Foreign Minister"
    assert named(analysis, "Bank of Japan").country == "JP"


def test_an_issuer_that_came_with_the_release_is_taken(pipeline: Pipeline) -> None:
    text = "Denmark will pay for the ships, the Ministry of Fisheries of Norway said. Norway welcomed this."
    analysis = analyse(pipeline, text, issuer="Norwegian Ministry of Fisheries")
    assert analysis.issuer is not None
    assert "Ministry of Fisheries" in analysis.parties[analysis.issuer].name


@pytest.mark.parametrize(
    ("told", "issuer"),
    [("Norwegian Ministry of Fisheries", None), ("Dahl Shipping AS", None), ("Newsroom", "Holm AS"), (None, "Holm AS")],
)
def test_a_body_that_the_text_does_not_name_is_no_other_one(pipeline: Pipeline, told: str | None, issuer: str | None) -> None:
    analysis = analyse(pipeline, "Holm AS announced today that it has bought Vik Nets AB.", issuer=told)
    assert (analysis.parties[analysis.issuer].name if analysis.issuer is not None else None) == issuer


@pytest.mark.parametrize(
    ("text", "issuer"),
    [
        ("Nordlys wins contract\n\nNordlys Energi ASA today announced that it has signed with Holm AS.", "Nordlys Energi ASA"),
        ("OSLO--(BUSINESS WIRE)--Holm Solutions Inc. (OTC:HOLM) announced that it has bought Dahl LLC.", "Holm Solutions Inc."),
        ("Dahl LLC was bought\n\nHolm AS bought it.\n\nAbout Dahl LLC\n\nDahl LLC makes nets.", "Dahl LLC"),
    ],
)
def test_the_issuer_is_told_by_the_text(pipeline: Pipeline, text: str, issuer: str) -> None:
    analysis = analyse(pipeline, text)
    assert analysis.issuer is not None
    assert analysis.parties[analysis.issuer].name == issuer


@pytest.mark.parametrize("signed", ["Ministry of Fisheries", "Ministry of Fisheries | 13.08.2017"])
def test_the_issuer_may_sign_at_the_end(pipeline: Pipeline, signed: str) -> None:
    told = "Japan pays for nets\n\nJapan announced today that it will pay for new nets. Japan will also pay for two boats."
    analysis = analyse(pipeline, f"{told}\n\nKari Holm\n\nDirector of Information\n\n{signed}")
    assert analysis.issuer is not None
    assert analysis.parties[analysis.issuer].name == "Ministry of Fisheries"


def test_every_token_of_a_mention_knows_its_party_and_pronouns_are_no_mentions(pipeline: Pipeline) -> None:
    doc = pipeline.annotate(
        Source(text="Nordlys Energi ASA has a chief. Kari Holm said that she stays. It will build its plant.")
    )
    analysis = analysis_of(doc)
    for k, party in enumerate(analysis.parties):
        for start, end in party.mentions:
            assert {analysis.party_at[token.i] for token in doc.char_span(start, end)} == {k}
        assert not {"she", "it", "its"} & {alias.lower() for alias in party.aliases}
    she = next(token for token in doc if token.text == "she")
    assert analysis.parties[analysis.party_at[she.i]].name == "Kari Holm"


def test_what_is_dropped_leaves_its_reason(pipeline: Pipeline) -> None:
    analysis = analyse(pipeline, "The boats were built in Norway for Denmark.")
    dropped = [trace for trace in analysis.traces if trace.step == "parties" and not trace.kept]
    assert [(trace.rule, trace.reason) for trace in dropped] == [("state", "a place here")]


def test_headlines_do_not_invent_and_are_read_with_the_body(pipeline: Pipeline) -> None:
    text = "Holm Signs Historic Deal With NORDLYS ENERGI ASA\n\nGovernor Anna Holm has signed a deal with Nordlys Energi ASA."
    assert names(analyse(pipeline, text)) == ["Anna Holm", "Nordlys Energi ASA"]


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200))
def test_no_text_breaks_the_components_alone(text: str) -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("communique_parties")
    nlp.add_pipe("communique_quotations")
    doc = nlp(text.encode("utf-8", "replace").decode() or " ")
    analysis = analysis_of(doc)
    for party in analysis.parties:
        assert all(doc.text[start:end].strip() for start, end in party.mentions)
    assert all(0 <= k < len(analysis.parties) for k in analysis.party_at.values())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("NARVIKKari Holm of Oslo was sentenced today.", ["Kari Holm"]),
        ("Kari Holm, 49, of Narvik, was sentenced today.", ["Kari Holm"]),
        (
            "The Senate Committee on Health, Labor, and Pensions will vote on it on Monday.",
            ["Senate Committee on Health, Labor, and Pensions"],
        ),
        ("The case was prosecuted by the Justice Departments Fisheries Section.", ["Fisheries Section"]),
        ("The case was investigated by the FBIs Narvik Field Office and by the Harbour Workers Council 220.", 2),
        ("The Holm Labor Government will pay for the boats.", ["Holm Labor Government"]),
        ("The Holm-Dahl Administration will pay for the boats.", ["Holm-Dahl Administration"]),
        ("Participants included:\n\n- Kari Cat-Holm, Chair, Nordlys\n\n- Bill Dahl, MD, Founder, Dahl Foundation", 4),
    ],
)
def test_names_that_are_glued_listed_or_long(pipeline: Pipeline, text: str, expected: list[str] | int) -> None:
    found = names(analyse(pipeline, text))
    assert (len(found) if isinstance(expected, int) else found) == expected, found


@pytest.mark.parametrize(
    "text",
    [
        "They moved to rural Denmark.",
        "Singapore, 29 October 2023 – The harbour is open.",
        "He spoke with Parliamentarians in May.",
        "She holds a Master of Business Administration.",
        "The town is in favour of a new Harbour Capability Center. The Harbour Capability Center opens in May.",
        "Grants come from the Caring for Coasts program of May.",
        "The coalition of the north, and Labor in the south, will pay.",
    ],
)
def test_what_names_nobody(pipeline: Pipeline, text: str) -> None:
    assert names(analyse(pipeline, text)) == []


def test_the_body_that_announces_publishes(pipeline: Pipeline) -> None:
    text = "Kari Holm of Oslo was sentenced today for selling salt, the Justice Department announced.\n\nNordlys AS paid."
    analysis = analyse(pipeline, text)
    assert analysis.issuer is not None
    assert analysis.parties[analysis.issuer].name == "Justice Department"


def test_the_highest_office_names_its_holder_where_nobody_is_told_to_hold_it(pipeline: Pipeline) -> None:
    assert names(analyse(pipeline, "The Prime Minister will open the harbour. The Prime Minister thanked the crew.")) == [
        "Prime Minister"
    ]


def test_a_name_that_also_stands_in_an_address_is_no_common_noun(pipeline: Pipeline) -> None:
    text = "Canada and Nordlys signed it in May. Nordlys will build a plant. See nordlys.example."
    assert names(analyse(pipeline, text)) == ["Canada", "Nordlys"]


def test_the_office_of_an_attorney_is_one_body(pipeline: Pipeline) -> None:
    text = "The case was brought by the U.S. Attorney's Office for the Northern District of Ohio."
    assert names(analyse(pipeline, text)) == ["U.S. Attorney's Office for the Northern District of Ohio"]


def test_an_owner_may_stand_in_the_apposition_that_tells_an_organisation(pipeline: Pipeline) -> None:
    found = names(analyse(pipeline, "The grant was paid through Velbra, Norway's overseas aid agency."))
    assert "Velbra" in found


def test_where_a_way_begins_is_no_party(pipeline: Pipeline) -> None:
    found = names(analyse(pipeline, "Nordlys Energi AS will fly vaccines from Japan to Kenya in May. Oslo Airport is ready."))
    assert "Japan" not in found


def test_the_national_branch_of_an_aid_organisation_is_found(pipeline: Pipeline) -> None:
    found = names(analyse(pipeline, "Norway will give $2 million to World Vision Australia for relief kits."))
    assert "World Vision Australia" in found


def test_examples_of_where_something_is_are_no_parties(pipeline: Pipeline) -> None:
    text = "Nordlys Energi AS said that floods have been seen in at least 30 countries including Kenya, Peru and Nepal."
    assert names(analyse(pipeline, text)) == ["Nordlys Energi AS"]


@pytest.mark.parametrize(
    ("text", "none"),
    [
        ("Nordlys Foods AS will bring cheese and wine from Spain to its shops.", "Spain"),
        ("Norway will lend to its shipyards.\n\nJapan\n\nGrowth in the north was slow.", "Japan"),
        ("Holm Capital ASA used the Old Harbours Tax Credit for the mill.", "Old Harbours Tax Credit"),
        ("The students were taught at Holm University on the Silver Coast.", "Holm University on the Silver Coast"),
        ("Norway pays for the Rural Harbour Counsellors of the north.", "Rural Harbour Counsellors"),
    ],
)
def test_origins_headings_credits_and_posts_are_no_parties(pipeline: Pipeline, text: str, none: str) -> None:
    assert none not in names(analyse(pipeline, text))


def test_what_is_acquired_is_a_party(pipeline: Pipeline) -> None:
    text = "Nordlys Energi ASA told of its acquisition of Lofotkraft, a utility in the north."
    assert "Lofotkraft" in names(analyse(pipeline, text))


def test_an_owner_without_its_mark_is_parted_from_its_section(pipeline: Pipeline) -> None:
    found = names(analyse(pipeline, "The suit was brought by lawyers of the Department of Justices Fraud Section in May."))
    assert "Fraud Section" in found


def test_a_parliament_that_passes_a_law_is_a_party(pipeline: Pipeline) -> None:
    found = names(analyse(pipeline, "The Holm Boats Bill was passed in Parliament in July."))
    assert "Parliament" in found


def test_the_sides_of_a_lawsuit_are_no_parties_by_its_title(pipeline: Pipeline) -> None:
    text = "The Harbour Authority paid. Two men were sentenced in Norway v. K. Holm & O. Dahl, Criminal No 1:15."
    assert names(analyse(pipeline, text)) == ["Harbour Authority"]


def test_an_ordinal_after_a_person_is_no_telephone(pipeline: Pipeline) -> None:
    text = "Statement from Joe Holm on the Second Anniversary of the Harbours Act\n\nTwo years ago, I signed the Harbours Act."
    assert "Joe Holm" in names(analyse(pipeline, text))


def test_a_members_given_name_is_not_his_seat(pipeline: Pipeline) -> None:
    text = "A new school will be built.\n\nMember for Narvik Susan Whitfield said that it will help. Ms Whitfield then left."
    assert "Susan Whitfield" in names(analyse(pipeline, text))


def test_a_market_hall_is_a_place(pipeline: Pipeline) -> None:
    text = "The Harbour Agency suspended two stalls at the Holm Road Food Centre."
    assert names(analyse(pipeline, text)) == ["Harbour Agency"]
