from __future__ import annotations

from datetime import date

import pytest

from communique.read.markdown import read_markdown


@pytest.mark.parametrize(
    ("marked", "words"),
    [
        ("# Aid for *Malawi*\n\nNorway **gives** \\$5 million.", "Aid for Malawi\n\nNorway gives $5 million.\n"),
        ("[The fund](https://fund.example) pays `now`.", "The fund pays now.\n"),
        ("- $2m for A\n- $3m for B", "- $2m for A\n\n- $3m for B\n"),
        ("3. third\n4. fourth", "3. third\n\n4. fourth\n"),
        ("- outer\n    1. inner\n- next", "- outer\n\n1. inner\n\n- next\n"),
        ("| who | sum |\n|---|---|\n| A | €5 |", "who | sum\n\nA | €5\n"),
        ("> “We pay,” she said.", "“We pay,” she said.\n"),
        ("AT&amp;T pays<br>twice  \nand again", "AT&T pays\ntwice\nand again\n"),
        ("<script>alert(1)</script>\n\nText", "Text\n"),
    ],
)
def test_markup_goes_and_words_stay(marked: str, words: str) -> None:
    assert read_markdown(marked.encode(), 1_000).text == words


def test_front_matter_is_metadata_and_no_text() -> None:
    raw = b"---\ntitle: \"Aid for Malawi\"\ndate: 2024-04-05T09:00:00Z\nlayout: post\n---\n\nNorway pays.\n"
    content = read_markdown(raw, 1_000)
    assert (content.title, content.published_on, content.text) == ("Aid for Malawi", date(2024, 4, 5), "Norway pays.\n")


def test_a_date_that_is_none_is_not_guessed() -> None:
    assert read_markdown(b"---\ndate: 05/04/2024\n---\nNorway pays.", 1_000).published_on is None


def test_a_rule_at_the_top_is_no_front_matter() -> None:
    assert read_markdown(b"---\n\nNorway pays.\n", 1_000).text == "Norway pays.\n"
