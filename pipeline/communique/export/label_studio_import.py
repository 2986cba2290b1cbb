"""What was annotated in Label Studio, read back as records, each mention found again in the release's own text.

Label Studio counts in UTF-16 and may tell a stretch's words with other spaces. A stretch is taken where the text has its words:
at its offsets, else at its offsets as UTF-16, else at the only place that has them; otherwise the task is refused.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from communique.errors import InvalidRecordError
from communique.export.label_studio import CHOICES, FIELDS, Arrow, Label
from communique.version import __version__
from communique_models import (
    Amount,
    Commitment,
    CurrencyBasis,
    Date,
    DateRole,
    DateUse,
    Kind,
    Mention,
    Party,
    Provenance,
    PublishedBasis,
    Record,
    Release,
)

Region = dict[str, Any]
NO_MODEL = "0" * 64  # a person's annotation is made by no model


@dataclass(frozen=True, slots=True)
class Annotated:
    """A release as a person annotated it; `name` is the path of its file without the extension, else its id."""

    name: str
    record: Record


def read_tasks(path: Path) -> Iterator[Annotated | None]:
    """The annotated releases of a JSON export, None for a task that nobody annotated; raises `InvalidRecordError`."""
    try:
        told = json.loads(path.read_bytes())
    except OSError as error:
        raise InvalidRecordError(f"{path}: cannot be read: {error.strerror or error}") from error
    except (ValueError, RecursionError) as error:
        raise InvalidRecordError(f"{path}: is no JSON: {error}") from error
    if not isinstance(told, list) or not all(isinstance(one, dict) and isinstance(one.get("data"), dict) for one in told):
        raise InvalidRecordError(f"{path}: is no list of tasks; export the project from Label Studio as JSON (not JSON-MIN)")
    for number, task in enumerate(told, 1):
        try:
            yield _annotated(task)
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            place = ".".join(map(str, first["loc"]))
            raise InvalidRecordError(f"{path}: task {number}: {place}: {first['msg']}") from error
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise InvalidRecordError(f"{path}: task {number}: {error}") from error


def _annotated(task: Region) -> Annotated | None:
    done = [one for one in task.get("annotations") or [] if not one.get("was_cancelled")]
    if not done:
        return None
    data = task["data"]
    text = data["text"]
    if data.get("release_id") and hashlib.sha256(text.encode()).hexdigest() != data["release_id"]:
        raise ValueError("its text is not the one that was exported; export the records again")
    last = max(done, key=lambda one: (str(one.get("updated_at") or ""), one.get("id") or 0))
    record = _Reading(data, text, last["result"]).record()
    return Annotated(_name(data.get("source"), record.release.id), record)


def _name(source: str | None, id_: str) -> str:
    """The name of the release's gold: that of its file, where it has one."""
    if not source or "://" in source:
        return id_[:16]
    path = source if "#" in source else Path(source).with_suffix("").as_posix()
    return re.sub(r"[^\w.#-]+", "-", path).strip("-.")


class _Reading:
    """The regions and relations of one annotation."""

    def __init__(self, data: Region, text: str, result: list[Region]) -> None:
        self._data = data
        self._text = text
        self._labels: dict[str, Label] = {}
        self._mentions: dict[str, Mention] = {}
        self._told: dict[str, dict[str, str]] = defaultdict(dict)
        self._arrows: dict[tuple[str, str], list[str]] = defaultdict(list)
        for one in result:
            self._read(one)
        order = sorted(self._mentions, key=lambda id_: (self._mentions[id_].start, self._mentions[id_].end, id_))
        self._by_label = {label: [id_ for id_ in order if self._labels.get(id_) is label] for label in Label}

    def _read(self, one: Region) -> None:
        if one["type"] == "relation":
            start, end = (one["from_id"], one["to_id"]) if one.get("direction") != "left" else (one["to_id"], one["from_id"])
            for name in one.get("labels") or []:
                self._arrows[start, name].append(end)
        elif one["type"] == "labels":
            value = one["value"]
            self._labels[one["id"]] = Label(value["labels"][0])
            self._mentions[one["id"]] = find(self._text, value["start"], value["end"], value.get("text"))
        elif one["type"] in ("choices", "textarea"):
            told = one["value"]["choices" if one["type"] == "choices" else "text"]
            words = (told[-1] if isinstance(told, list) else told).strip()
            if words:
                self._told[one["id"]][one["from_name"]] = words

    def record(self) -> Record:
        """The annotation as a record."""
        text, published = self._text, self._data.get("published_on")
        parties, ids = self._parties()
        amounts = {id_: f"a{number}" for number, id_ in enumerate(self._by_label[Label.AMOUNT], 1)}
        dates = {id_: f"d{number}" for number, id_ in enumerate(self._by_label[Label.DATE], 1)}
        return Record(
            release=Release(
                id=hashlib.sha256(text.encode()).hexdigest(),
                source=self._data.get("source"),
                title=self._data.get("title"),
                published_on=date.fromisoformat(published) if published else None,
                published_basis=PublishedBasis.SIDECAR if published else PublishedBasis.NONE,
                language="en",
                characters=len(text),
            ),
            text=text,
            parties=parties,
            amounts=[self._amount(id_, amounts) for id_ in amounts],
            dates=[self._date(id_, dates) for id_ in dates],
            commitments=[
                self._commitment(number, id_, ids, amounts, dates)
                for number, id_ in enumerate(self._by_label[Label.COMMITMENT], 1)
            ],
            provenance=Provenance(
                tool="Label Studio", version=__version__, model="none", model_version="0", model_sha256=NO_MODEL,
                lexicons_sha256=NO_MODEL, settings_sha256=NO_MODEL,
            ),
        )  # fmt: skip

    def _parties(self) -> tuple[list[Party], dict[str, str]]:
        """The parties, stretches of the same name being one, and the id of each stretch's."""
        groups: dict[str, list[str]] = defaultdict(list)
        for id_ in self._by_label[Label.PARTY]:
            groups[self._told[id_].get("name") or self._mentions[id_].quote].append(id_)
        ids = {id_: f"p{number}" for number, group in enumerate(groups.values(), 1) for id_ in group}
        parties = []
        for name, group in groups.items():
            quotes = dict.fromkeys(self._mentions[id_].quote for id_ in group)
            kinds = [self._told[id_]["kind"] for id_ in group if "kind" in self._told[id_]]
            wholes = [ids[other] for id_ in group for other in self._arrows[id_, Arrow.REPRESENTS] if other in ids]
            mentions = [self._mentions[id_] for id_ in group]
            parties.append(
                Party(
                    id=ids[group[0]],
                    name=name,
                    aliases=[quote for quote in quotes if quote != name],
                    kind=Kind(kinds[0]) if kinds else Kind.GROUP,
                    represents=wholes[0] if wholes else None,
                    mentions=mentions,
                )
            )
        return parties, ids

    def _fields(self, id_: str) -> dict[str, Any]:
        """What was chosen and typed for a stretch."""
        label = self._labels[id_]
        return {
            name: self._told[id_][name] for name in (*CHOICES.get(label, {}), *FIELDS.get(label, ())) if name in self._told[id_]
        }

    def _amount(self, id_: str, ids: dict[str, str]) -> Amount:
        told = self._fields(id_)
        told.setdefault("currency", None)
        if "low" in told or "high" in told:
            told["comparator"] = "range"
        whole, other = (self._only(id_, arrow, ids) for arrow in (Arrow.PART_OF, Arrow.EQUIVALENT_OF))
        basis = CurrencyBasis.CODE if told["currency"] else CurrencyBasis.AMBIGUOUS
        return Amount(id=ids[id_], mention=self._mentions[id_], currency_basis=basis, part_of=whole, equivalent_of=other, **told)

    def _date(self, id_: str, ids: dict[str, str]) -> Date:
        told = self._told[id_]
        begin, end = (date.fromisoformat(told[name]) if name in told else None for name in ("begin", "end"))
        return Date(id=ids[id_], mention=self._mentions[id_], value=told.get("edtf"), rule="annotated", begin=begin, end=end)

    def _commitment(
        self, number: int, id_: str, parties: dict[str, str], amounts: dict[str, str], dates: dict[str, str]
    ) -> Commitment:
        trigger = self._mentions[id_]
        conditions = [self._mentions[other] for other in self._arrows[id_, Arrow.CONDITION]]
        uses = [
            DateUse(date=dates[other], role=role)
            for role in DateRole
            for other in self._arrows[id_, role.value]
            if other in dates
        ]
        told = self._fields(id_)
        if missing := {"action", "status"} - told.keys():
            raise ValueError(f"the commitment {trigger.quote!r} has no {min(missing)}")
        providers = self._all(id_, Arrow.PROVIDER, parties)
        if not providers:
            raise ValueError(f"the commitment {trigger.quote!r} has no provider; draw a relation to a party")
        return Commitment(
            id=f"c{number}",
            trigger=trigger,
            evidence=[_sentence(self._text, trigger)],
            restated=[self._mentions[other] for other in self._arrows[id_, Arrow.AGAIN]],
            providers=providers,
            receivers=self._all(id_, Arrow.RECEIVER, parties),
            said_by=self._only(id_, Arrow.SAID_BY, parties),
            amounts=self._all(id_, Arrow.AMOUNT, amounts),
            dates=sorted(uses, key=lambda use: int(use.date[1:])),
            condition=conditions[0] if conditions else None,
            confidence=1.0,
            **told,
        )

    def _all(self, id_: str, arrow: Arrow, ids: dict[str, str]) -> list[str]:
        return list(dict.fromkeys(ids[other] for other in self._arrows[id_, arrow] if other in ids))

    def _only(self, id_: str, arrow: Arrow, ids: dict[str, str]) -> str | None:
        return next(iter(self._all(id_, arrow, ids)), None)


def find(text: str, start: int, end: int, words: str | None) -> Mention:
    """The mention that a stretch means; raises `ValueError` where the text does not have its words there or at one place only."""
    if words is None:
        return Mention(start=start, end=end, quote=text[start:end])
    for first, last in ((start, end), _from_utf16(text, start, end)):
        if _same(text[first:last], words):
            return Mention(start=first, end=last, quote=text[first:last])
    found = list(re.finditer(r"\s+".join(map(re.escape, words.split())), text)) if words.split() else []
    if len(found) == 1:
        return Mention(start=found[0].start(), end=found[0].end(), quote=found[0].group())
    raise ValueError(
        f"{words!r} is not in the text at {start}:{end}, and {len(found) or 'nowhere'} times elsewhere".replace(
            "nowhere times", "not"
        )
    )


def _same(quote: str, words: str) -> bool:
    return bool(quote.strip()) and quote.split() == words.split()


def _from_utf16(text: str, start: int, end: int) -> tuple[int, int]:
    """Offsets in UTF-16 as offsets in code points."""
    units = text.encode("utf-16-le", "surrogatepass")
    first = len(units[: 2 * start].decode("utf-16-le", "ignore"))
    return first, first + len(units[2 * start : 2 * end].decode("utf-16-le", "ignore"))


def _sentence(text: str, trigger: Mention) -> Mention:
    """The line of a trigger, as its evidence: an annotation has no other."""
    start = text.rfind("\n", 0, trigger.start) + 1
    end = text.find("\n", trigger.end)
    quote = text[start : end if end >= 0 else len(text)]
    return Mention(start=start, end=start + len(quote), quote=quote)
