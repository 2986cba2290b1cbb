"""Mail: the best body of a message with its subject and date; what is attached are releases of their own."""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from email import message_from_bytes
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parsedate_to_datetime

from communique.errors import EmptyReleaseError, NotTextError, ReleaseError
from communique.read.content import GAP, Budget, Content, Member, Part, headed, within
from communique.read.decode import decode
from communique.read.html import read_html
from communique_models import Notice, Place

FROM_LINE = re.compile(rb"(?:\A|(?<=\n\n)|(?<=\r\n\r\n))From [^\r\n]{1,200}\r?\n")
QUOTED_FROM = re.compile(rb"^>(>*From )", re.MULTILINE)
FORWARDED = re.compile(r"(?:\s*(?:fwd?|fw|re)\s*:\s*)+", re.IGNORECASE)
SIGNATURE = re.compile(r"^-- \r?$", re.MULTILINE)
FULLER = 2  # times the words: then the HTML body says what the plain one only points to
MOST_PARTS = 1_000
SUBJECT = "Subject"
MESSAGE = "message.eml"  # the name of a mail inside another file


def open_mail(raw: bytes, budget: Budget) -> Iterator[Part]:
    """The release in a mail, and the files attached to it, marked `#1`, `#2` and so on."""
    try:
        message = message_from_bytes(raw)
        leaves = dict(_leaves(message))
    except (MessageError, ValueError, LookupError, RecursionError) as error:
        raise NotTextError(f"the mail cannot be read: {error}") from error
    day = _day(message)
    attached = [member for leaf in leaves.values() if (member := _attached(leaf, day))]
    try:
        yield Part("", _body(message, leaves, day, budget.characters))
    except EmptyReleaseError as error:
        if not attached:
            yield Part("", error)
    except ReleaseError as error:
        yield Part("", error)
    for i, member in enumerate(attached, 1):
        budget.take(len(member.raw))
        yield Part(f"#{i}", member)


def open_mbox(raw: bytes, budget: Budget) -> Iterator[Part]:
    """The mails of an mbox file, marked `#1`, `#2` …; raises `NotTextError` if it is none."""
    begins = list(FROM_LINE.finditer(raw))
    if not begins or begins[0].start() != 0:
        raise NotTextError("this is no mbox file: it does not begin with a line `From …`")
    ends = [*(match.start() for match in begins[1:]), len(raw)]
    for i, (match, end) in enumerate(zip(begins, ends, strict=True), 1):
        budget.take(end - match.end())
        yield Part(f"#{i}", Member(MESSAGE, QUOTED_FROM.sub(rb"\1", raw[match.end() : end])))


def _leaves(message: Message) -> Iterator[tuple[str, Message]]:
    """The parts of a mail that hold something, in order, each with its number, like `1.2`; a mail inside it is one."""
    queue = [("", message)]
    for _ in range(MOST_PARTS):
        if not queue:
            return
        number, one = queue.pop()
        if one.get_content_maintype() == "multipart" and one.is_multipart():
            inside = [(f"{number}.{i}".lstrip("."), part) for i, part in enumerate(_parts(one), 1)]
            queue += reversed(inside)
        else:
            yield number or "1", one


def _parts(message: Message) -> list[Message]:
    held = message.get_payload()
    return [one for one in held if isinstance(one, Message)] if isinstance(held, list) else []


def _attached(leaf: Message, day: date | None) -> Member | None:
    """The file that a part of a mail is; None if it is a part of the body."""
    if leaf.get_content_type() == "message/rfc822":
        held = _parts(leaf)
        try:
            return Member(MESSAGE, held[0].as_bytes(), day) if held else None
        except (MessageError, ValueError, LookupError, RecursionError, AttributeError, TypeError):  # what cannot be written again
            return None
    name = _header(leaf.get_filename())
    return Member(name, _bytes(leaf), day) if name else None


def _body(message: Message, leaves: dict[str, Message], day: date | None, most: int) -> Content:
    subject = FORWARDED.sub("", _header(message.get(SUBJECT)) or "", count=1).strip() or None
    plain = ""
    notices: tuple[Notice, ...] = ()
    page: Content | None = None
    places: list[Place] = []
    for number, leaf in leaves.items():
        if leaf.get_filename():
            continue
        if leaf.get_content_type() == "text/plain":
            words, told = decode(_bytes(leaf), _charset(leaf))
            words = _unwrapped(words) if _param(leaf, "format") == "flowed" else words
            plain += GAP if plain else ""
            places += [Place(start=len(plain), end=len(plain) + len(words), path=number)] if words else []
            plain += words
            notices += told
            within(len(plain), most)
        elif leaf.get_content_type() == "text/html" and page is None:
            page = _page(leaf, most, number)
    plain = SIGNATURE.split(plain, maxsplit=1)[0]
    if page and len(page.text.split()) > FULLER * len(plain.split()):
        page = replace(page, title=subject or page.title, published_on=day or page.published_on, issuer=None)
        return headed(page, SUBJECT if subject else None)
    if not plain.strip():
        raise EmptyReleaseError("the mail holds no text")
    kept = [place.model_copy(update={"end": min(place.end, len(plain))}) for place in places if place.start < len(plain)]
    return headed(Content(plain, subject, day, notices=notices, places=tuple(kept)), SUBJECT)


def _page(leaf: Message, most: int, number: str) -> Content | None:
    """The page that a part of a mail is, its places behind the number of the part."""
    try:
        page = read_html(_bytes(leaf), most, _charset(leaf))
    except EmptyReleaseError:
        return None
    return replace(page, places=tuple(place.model_copy(update={"path": f"{number}{place.path}"}) for place in page.places))


def _unwrapped(words: str) -> str:
    """Text that says where it was wrapped, unwrapped (RFC 3676): a line that ends in a space goes on in the next."""
    lines: list[str] = []
    goes_on = False
    for line in words.splitlines():
        told = line.removeprefix(" ")
        if goes_on:
            lines[-1] += told
        else:
            lines.append(told)
        goes_on = told.endswith(" ") and told != "-- "
    return "\n".join(lines)


def _bytes(leaf: Message) -> bytes:
    try:
        raw = leaf.get_payload(decode=True)
    except (ValueError, LookupError, AttributeError, TypeError, AssertionError, binascii.Error):
        return b""
    return raw if isinstance(raw, bytes) else b""


def _charset(leaf: Message) -> str | None:
    return _param(leaf, "charset")


def _param(leaf: Message, name: str) -> str | None:
    told = leaf.get_param(name)
    return told.lower() if isinstance(told, str) else None


def _header(told: object) -> str | None:
    """A header's words, decoded, on one line."""
    if told is None:
        return None
    try:
        words = str(make_header(decode_header(str(told))))
    except (MessageError, ValueError, LookupError, binascii.Error):
        words = str(told)
    return " ".join(words.encode("utf-8", "replace").decode("utf-8").split()) or None


def _day(message: Message) -> date | None:
    """The day on which a mail was sent, where its sender was."""
    try:
        return parsedate_to_datetime(str(message.get("Date"))).date()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
