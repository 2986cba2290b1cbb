from __future__ import annotations

from datetime import date
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.errors import NotTextError, ReleaseError
from communique.read import Release, read_all
from communique.read.content import Budget, Content, Member
from communique.read.mail import open_mail, open_mbox
from communique.settings import Settings
from documents import danish_seed_fund

WORDS = "Norway will give NOK 30 million to Malawi for schools in three districts, the Foreign Ministry said.\n"


def mail(text: str = WORDS, subject: str = "Norway helps Malawi") -> EmailMessage:
    message = EmailMessage()
    message["Subject"] = subject
    message["Date"] = "Tue, 05 Mar 2024 23:30:00 -0500"
    message["From"] = "Press <press@havna.example>"
    message.set_content(text)
    return message


def put(folder: Path, name: str, raw: bytes) -> list[Release]:
    path = folder / name
    path.write_bytes(raw)
    return read_all(path, name, Settings())


def body(message: EmailMessage) -> Content:
    [part] = open_mail(message.as_bytes(), Budget(10_000_000, 1_000_000))
    assert isinstance(part.holds, Content)
    return part.holds


def test_a_mail_is_its_subject_its_text_and_its_day() -> None:
    content = body(mail(f"{WORDS}\n-- \nPress Office\n"))
    assert content.text == f"Norway helps Malawi\n\n{WORDS}\n"
    assert (content.title, content.published_on) == ("Norway helps Malawi", date(2024, 3, 5))


def test_a_subject_is_decoded_and_freed_of_its_marks() -> None:
    assert body(mail(subject="Fwd: RE: Støre i Malawi – 5 mars")).title == "Støre i Malawi – 5 mars"


def test_flowed_lines_are_joined() -> None:
    message = mail("Norway will give \nNOK 30 million.\n\n Then more.\n")
    message.replace_header("Content-Type", 'text/plain; charset="utf-8"; format="flowed"')
    assert body(message).text == "Norway helps Malawi\n\nNorway will give NOK 30 million.\n\nThen more."


def test_the_page_is_taken_where_the_text_only_points_to_it() -> None:
    message = mail("See this mail in your browser.")
    message.add_alternative(f"<html><body><p>{WORDS * 3}</p></body></html>", subtype="html")
    assert body(message).text.count("NOK 30 million") == 3
    told = mail()
    told.add_alternative(f"<html><body><p>{WORDS}</p></body></html>", subtype="html")
    assert body(told).text == f"Norway helps Malawi\n\n{WORDS}"


def test_attachments_are_releases_of_their_own_dated_by_the_mail(tmp_path: Path) -> None:
    message = mail()
    message.add_attachment(danish_seed_fund(), maintype="application", subtype="octet-stream", filename="seeds.docx")
    message.add_attachment(b"\x89PNG", maintype="image", subtype="png", filename="logo.png")
    told = put(tmp_path, "a.eml", message.as_bytes())
    assert [one.mark for one in told] == ["", "#1"]
    sources = [one.source for one in told if not isinstance(one.source, ReleaseError)]
    assert [source.uri for source in sources] == ["a.eml", "a.eml#seeds.docx"]
    assert sources[1].text.startswith("Denmark and the Holmegaard Foundation")
    assert sources[1].published_on == date(2024, 3, 5)


def test_a_forwarded_mail_is_a_release_of_its_own(tmp_path: Path) -> None:
    outer = mail("For you.\n", "Look")
    outer.add_attachment(mail())
    told = put(tmp_path, "a.eml", outer.as_bytes())
    assert [(one.mark, getattr(one.source, "title", None)) for one in told] == [("", "Look"), ("#1", "Norway helps Malawi")]


def test_an_mbox_holds_mails(tmp_path: Path) -> None:
    raw = b"".join(b"From x@y Tue Mar  5 2024\n" + mail(f"{n}. {WORDS}>From here on\n").as_bytes() + b"\n" for n in (1, 2))
    told = put(tmp_path, "a.mbox", raw)
    assert [one.mark for one in told] == ["#1", "#2"]
    assert [getattr(one.source, "text", "").split("\n")[2][:9] for one in told] == ["1. Norway", "2. Norway"]
    assert "\nFrom here on" in getattr(told[0].source, "text", "")
    with pytest.raises(NotTextError, match="no mbox"):
        list(open_mbox(b"Norway pays.", Budget(100, 100)))


def test_a_mail_without_text_is_told() -> None:
    [part] = open_mail(b"Subject: x\n\n", Budget(100, 100))
    assert isinstance(part.holds, ReleaseError)


def test_mails_in_mails_end() -> None:
    raw = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (i, i) for i in range(2_000)) + b"\nNorway pays.\n"
    try:
        told = [part.mark for part in open_mail(raw, Budget(1_000_000, 1_000_000))]
    except ReleaseError as error:
        told = [str(error)]
    assert told


PIECES = st.sampled_from(
    ["Subject: =?utf-8?B?////?=\n", "Subject: =?x?Q?=FF?=\n", "Date: Mon, 99 Foo\n", "Date: Tue, 05 Mar 2024 23:30:00 -9999\n",
     "Content-Type: multipart/mixed; boundary=b\n", "Content-Type: text/html; charset=idna\n", "Content-Type: message/rfc822\n",
     "Content-Type: text/plain; charset*0=x; charset*1=\n", "Content-Disposition: attachment; filename*=utf-8''%FF.eml\n",
     "Content-Transfer-Encoding: base64\n", "Content-Transfer-Encoding: x-uuencode\n", "\n", "--b\n", "--b--\n", WORDS,
     "begin 644 x\n"]
)  # fmt: skip


@given(st.lists(PIECES | st.text(max_size=20), max_size=30))
def test_any_mail_ends_as_parts_or_a_told_failure(pieces: list[str]) -> None:
    raw = "".join(pieces).encode("utf-8", "surrogatepass")
    try:
        for part in open_mail(raw, Budget(1_000_000, 1_000_000)):
            assert isinstance(part.holds, Content | Member | ReleaseError)
    except ReleaseError as error:
        told = str(error)
        assert told  # whatever it is, it says something
