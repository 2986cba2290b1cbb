from __future__ import annotations

import io
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, suppress
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from rich.console import Console

import fakes
from communique.errors import OutputError
from communique.run import Here, Job, Order, Summary, execute, plan, run, survey
from communique.run.engine import Result
from communique.run.ledger import Ledger
from communique.run.ledger_tables import FOLDER, Kept, Seen, State, read_ledger
from communique.run.progress import LineProgress
from communique.run.status import as_json, show, status
from communique.run.step import watched

NAMES = ("a.txt", "b.txt", "c/a.txt", "c/d.md")
MEMORY = Path("/dev/shm")  # files in memory, where the system has that: many runs, none of which has to outlive the machine
LINES = st.lists(st.sampled_from(["one", "two", "three", "empty", "bug"]), min_size=1, max_size=3)


class Counting(fakes.FakeStep):
    """The fake step that counts releases, and ends the run after some."""

    def __init__(self, most: int | None = None) -> None:
        object.__setattr__(self, "seen", [])
        object.__setattr__(self, "most", most)

    def __call__(
        self, jobs: Sequence[Job], *, batch: int = 2, at: Callable[[int | None, str], None] = watched
    ) -> Iterator[Result]:
        for result in super().__call__(jobs, batch=batch, at=at):
            if len(self.seen) == self.most:  # type: ignore[attr-defined]
                raise KeyboardInterrupt
            self.seen.append((jobs[result.file].name, result.position))  # type: ignore[attr-defined]
            yield result


def started(order: Order, step: Counting | None = None) -> tuple[Summary, list[tuple[str, int]]]:
    """A run with the fake step, and the releases that it extracted."""
    step = step or Counting()
    progress = LineProgress(Console(file=io.StringIO()))
    with patch.object(execute, "made_by", lambda _, day, **__: str(day)):  # not the hash of the model's files, time and again
        summary = run(plan(order.inputs, order.out), order, Here(lambda: step), progress)
    return summary, step.seen  # type: ignore[attr-defined]


def records(out: Path) -> dict[str, bytes]:
    """Every file of a folder of records but the ledger, hidden ones too."""
    return {
        path.relative_to(out).as_posix(): path.read_bytes()
        for path in out.rglob("*")
        if path.is_file() and FOLDER not in path.relative_to(out).parts
    }


def releases(db: Path) -> dict[str, str]:
    with closing(sqlite3.connect(db)) as connection:
        return dict(connection.execute("SELECT name, id FROM releases"))


class Runs(RuleBasedStateMachine):
    """Runs over a folder that changes, ended in the middle or not, against what a run from nothing would give."""

    def __init__(self) -> None:
        super().__init__()
        self._folder = TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None)
        top = Path(self._folder.name)
        self.inputs, self.out, self.db = top / "in", top / "out", top / "records.db"
        self.inputs.mkdir()
        self.texts: dict[str, str] = {}
        self.done: dict[str, tuple[str, object]] = {}  # name -> text and day with which all of it was last done
        self.day: date | None = None
        self.fresh = False  # whether a run has just gone through

    def teardown(self) -> None:
        self._folder.cleanup()

    @rule(name=st.sampled_from(NAMES), lines=LINES)
    def write(self, name: str, lines: list[str]) -> None:
        path = self.inputs / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("\n".join(f"{line} {name}" if line not in ("empty", "bug") else line for line in lines))
        self.texts[name] = path.read_text()
        self.fresh = False

    @precondition(lambda self: len(self.texts) > 1)
    @rule(data=st.data())
    def delete(self, data: st.DataObject) -> None:
        name = data.draw(st.sampled_from(sorted(self.texts)))
        (self.inputs / name).unlink()
        del self.texts[name]
        self.fresh = False

    @rule(day=st.sampled_from([None, date(2024, 4, 15)]))
    def change_settings(self, day: date | None) -> None:
        self.day = day

    @precondition(lambda self: self.fresh)
    @rule(data=st.data())
    def lose_a_record(self, data: st.DataObject) -> None:
        if names := sorted(records(self.out)):
            (self.out / data.draw(st.sampled_from(names))).unlink()
            self.done = {name: one for name, one in self.done.items() if records(self.out).keys() >= self._names(name, one[0])}
            self.fresh = False

    @precondition(lambda self: self.texts)
    @rule(most=st.integers(0, 6), load=st.booleans())
    def run_and_be_interrupted(self, most: int, load: bool) -> None:
        with suppress(KeyboardInterrupt):
            started(self._order(load), Counting(most))
        self.fresh = False

    @precondition(lambda self: self.texts)
    @rule(load=st.booleans(), retry=st.booleans())
    def run_through(self, load: bool, retry: bool) -> None:
        summary, extracted = started(self._order(load, retry=retry))
        done = {name for name, one in self.done.items() if one == (self.texts.get(name), self.day)}
        again = {name for name, _ in extracted}
        tried = {name for name in done if retry and self._failures(self.texts[name])}
        assert again & done <= tried  # nothing that is done is done again
        assert summary.unchanged + len(again | (set(self.texts) - done)) >= len(self.texts)
        self.done = {name: (text, self.day) for name, text in self.texts.items()}
        self.fresh = True
        expected = set().union(*(self._names(name, text) for name, text in self.texts.items()))
        assert records(self.out).keys() >= expected
        for name, text in self.texts.items():
            for record, line in self._made(name, text).items():
                assert (self.out / record).read_bytes() == fakes.made("", fakes.fake_record(*line)).record
        _, entries, kept = read_ledger(self.out)
        states = {entry.name: entry.state for entry in entries}
        for name, text in self.texts.items():
            assert states[name] is (State.FAILED if self._failures(text) else State.DONE)
        assert {one.record for one in kept if not one.failed} == records(self.out).keys()
        if load:
            assert set(releases(self.db).values()) >= self._ids()
        failed = sum(self._failures(text) for text in self.texts.values())
        assert len(summary.failed) + len(summary.failed_before) == failed

    @precondition(lambda self: self.texts)
    @rule()
    def run_and_prune(self) -> None:
        started(self._order(load=True, prune=True))
        self.done = {name: (text, self.day) for name, text in self.texts.items()}
        expected = set().union(*(self._names(name, text) for name, text in self.texts.items()))
        assert records(self.out).keys() == expected
        assert set(releases(self.db).values()) >= self._ids()
        _, entries, _ = read_ledger(self.out)
        assert {entry.name for entry in entries} == self.texts.keys()

    @invariant()
    def what_is_done_lies_there(self) -> None:
        if (self.out / FOLDER).exists() and self.fresh:
            _, _, kept = read_ledger(self.out)
            assert all((self.out / one.record).stat().st_size == one.size for one in kept if not one.failed)

    def _order(self, load: bool, retry: bool = False, prune: bool = False) -> Order:
        urls = (f"sqlite:///{self.db}",) if load else ()
        return Order((self.inputs,), self.out, urls, published_on=self.day, retry_failed=retry, prune=prune)

    @staticmethod
    def _failures(text: str) -> int:
        return sum(line in ("empty", "bug") for line in text.splitlines())

    @staticmethod
    def _made(name: str, text: str) -> dict[str, tuple[str, str]]:
        lines = text.splitlines()
        marks = [f"#{number}" if len(lines) > 1 else "" for number in range(1, len(lines) + 1)]
        return {
            f"{name}{mark}.json": (line, f"{name}{mark}")
            for mark, line in zip(marks, lines, strict=True)
            if line not in ("empty", "bug")
        }

    def _ids(self) -> set[str]:
        lines = {line for name, text in self.texts.items() for line, _ in self._made(name, text).values()}
        return {fakes.fake_record(line).release.id for line in lines}

    def _names(self, name: str, text: str) -> set[str]:
        return set(self._made(name, text))


TestRuns = Runs.TestCase
TestRuns.settings = settings(max_examples=40, stateful_step_count=12, deadline=None)


@pytest.fixture
def order(tmp_path: Path) -> Order:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text("one\ntwo\nempty")
    (tmp_path / "in" / "b.txt").write_text("three")
    return Order((tmp_path / "in",), tmp_path / "out")


def test_what_changed_is_done_again_and_what_it_no_longer_has_is_removed(order: Order) -> None:
    started(order)
    (order.inputs[0] / "a.txt").write_text("four\nfive")
    summary, extracted = started(order)
    assert extracted == [("a.txt", 0), ("a.txt", 1)]
    assert (summary.read, summary.unchanged, summary.failed, summary.failed_before) == (2, 1, [], [])
    (order.inputs[0] / "a.txt").write_text("six")
    started(order)
    assert set(records(order.out)) == {"a.txt.json", "b.txt.json"}


def test_a_sidecar_is_part_of_an_input(order: Order) -> None:
    started(order)
    (order.inputs[0] / "b.meta.json").write_text("{}")
    assert started(order)[1] == [("b.txt", 0)]


def test_failures_are_told_again_but_only_tried_when_asked(order: Order) -> None:
    first, _ = started(order)
    again, extracted = started(order)
    assert first.failed == again.failed_before == [(f"{order.inputs[0] / 'a.txt'}#3", "there is not a word in it; give a text")]
    assert (extracted, again.failed, again.some_failed) == ([], [], True)
    retried, extracted = started(Order(order.inputs, order.out, retry_failed=True))
    assert extracted == [("a.txt", 2)]
    assert (len(retried.failed), retried.failed_before) == (1, [])


def test_other_settings_do_everything_again(order: Order) -> None:
    started(order)
    _, extracted = started(Order(order.inputs, order.out, published_on=date(2024, 4, 15)))
    assert len(extracted) == 4


def test_a_database_that_is_new_gets_what_is_done(order: Order, tmp_path: Path) -> None:
    started(order)
    summary, extracted = started(Order(order.inputs, order.out, (f"sqlite:///{tmp_path}/r.db",)))
    assert (extracted, summary.loaded) == ([], 3)
    assert set(releases(tmp_path / "r.db")) == {"a.txt#1.json", "a.txt#2.json", "b.txt.json"}
    summary, _ = started(Order(order.inputs, order.out, (f"sqlite:///{tmp_path}/r.db",)))
    assert summary.loaded == 0


def test_what_has_vanished_is_told_and_pruned_when_asked(order: Order) -> None:
    started(order)
    (order.inputs[0] / "b.txt").unlink()
    summary, _ = started(order)
    assert summary.vanished == [str(order.inputs[0] / "b.txt")]
    assert "b.txt.json" in records(order.out)
    started(Order(order.inputs, order.out, prune=True))
    assert set(records(order.out)) == {"a.txt#1.json", "a.txt#2.json"}


def test_another_folder_into_the_same_records_makes_nothing_vanish(order: Order, tmp_path: Path) -> None:
    started(order)
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "c.txt").write_text("c")
    summary, _ = started(Order((tmp_path / "more",), order.out, prune=True))
    assert summary.vanished == []
    assert set(records(order.out)) == {"a.txt#1.json", "a.txt#2.json", "b.txt.json", "c.txt.json"}


def test_a_folder_that_moved_is_not_read_again(order: Order, tmp_path: Path) -> None:
    started(order)
    order.inputs[0].rename(tmp_path / "moved")
    _, extracted = started(Order((tmp_path / "moved",), order.out))
    assert extracted == []
    assert {entry.top for entry in read_ledger(order.out)[1]} == {str(tmp_path / "moved")}


def test_a_file_is_only_read_where_the_system_does_not_say_that_it_is_the_same(
    order: Order, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(survey, "SETTLED", -1.0)  # as if the files were old
    started(order)
    read: list[Path] = []
    content = survey._content
    monkeypatch.setattr(survey, "_content", lambda job, most: read.append(job.path) or content(job, most))
    assert started(order)[1] == []
    assert read == []
    (order.inputs[0] / "b.txt").write_text("threE")
    assert started(order)[1] == [("b.txt", 0)]
    assert read == [order.inputs[0] / "b.txt"]


def test_one_run_at_a_time_writes_to_a_folder(order: Order) -> None:
    with Ledger(order.out), pytest.raises(OutputError, match="another run is writing to"):
        started(order)
    started(order)


def test_a_file_that_is_no_ledger_is_told(order: Order) -> None:
    (order.out / FOLDER).mkdir(parents=True)
    (order.out / FOLDER / "ledger.db").write_bytes(b"x" * 5000)
    with pytest.raises(OutputError, match="not a database"):
        started(order)
    (order.out / FOLDER / "ledger.db").unlink()
    with closing(sqlite3.connect(order.out / FOLDER / "ledger.db")) as other:
        other.execute("CREATE TABLE t (x)")
    with pytest.raises(OutputError, match="no ledger of this version"):
        started(order)


def test_attempts_are_counted(order: Order) -> None:
    for most in (0, 1):
        with pytest.raises(KeyboardInterrupt):
            started(order, Counting(most))
    started(order)
    entries = {entry.name: entry for entry in read_ledger(order.out)[1]}
    assert (entries["a.txt"].attempts, entries["a.txt"].state) == (3, State.FAILED)
    assert (entries["a.txt"].cause, entries["a.txt"].error) == ("EmptyReleaseError", "there is not a word in it; give a text")


def test_the_status_of_a_run(order: Order) -> None:
    started(order)
    told = status(order.out)
    show(told, Console(file=(said := io.StringIO()), width=200))
    lines = [" ".join(line.split()) for line in said.getvalue().splitlines()]
    assert lines[:6] == [
        *("inputs new 0", "inputs running 0", "inputs done 1", "inputs failed 1", "records 3"),
        f"failed {order.inputs[0] / 'a.txt'}#3: there is not a word in it; give a text",
    ]
    assert lines[6].startswith("last change 2")
    whole = as_json(told)
    assert (whole["states"], whole["active"]) == ({"new": 0, "running": 0, "done": 1, "failed": 1}, False)
    assert [one["record"] for one in whole["inputs"][1]["releases"]] == ["b.txt.json"]


def test_the_status_while_a_run_goes_on_and_after_it_was_cut_short(order: Order) -> None:
    with Ledger(order.out) as ledger:
        ledger.expect([Seen("a.txt", "/in/a.txt", "/in", "", "0")], "1")
        ledger.begin(["a.txt"])
        ledger.commit()
        told = status(order.out)
        assert (told.active, told.states[State.RUNNING]) == (True, 1)
    told = status(order.out)
    assert (told.active, told.states[State.NEW]) == (False, 1)
    show(told, Console(file=(said := io.StringIO()), width=200))
    assert "the next goes on where it stopped" in said.getvalue()


def test_a_folder_without_a_ledger_has_no_status(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="there is no ledger in"):
        status(tmp_path)


def test_a_release_that_two_inputs_tell_stays_when_one_goes(order: Order) -> None:
    with Ledger(order.out) as ledger:
        ledger.expect([Seen(name, name, "/in", "", "0") for name in ("a", "b")], "1")
        for name in ("a", "b"):
            ledger.keep(Kept(name, 0, "", f"{name}.json", "same", "1", 1, "", "", 0.0))
        ledger.forget("a")
        assert ledger.is_told("same")
        ledger.forget("b")
        assert not ledger.is_told("same")
