from __future__ import annotations

import os
from pathlib import Path

import pytest

from communique.errors import ClashError, InputMissingError, UnreadableError
from communique.run import plan


def tree(folder: Path, *names: str) -> Path:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("Norway pays.")
    return folder


def test_folders_are_searched_deeply_in_order(tmp_path: Path) -> None:
    tree(tmp_path, "b.txt", "a/z.md", "a/b/c.TXT", "A.txt")
    assert [job.record_name() for job in plan([tmp_path]).jobs] == ["A.txt.json", "b.txt.json", "a/z.md.json", "a/b/c.TXT.json"]


def test_what_is_no_release_is_passed_over_and_told(tmp_path: Path) -> None:
    tree(tmp_path, "a.txt", "a.meta.json", "a.gold.json", "b.xls", "README.md", "LICENSE", ".hidden/b.txt", ".c.txt")
    (tmp_path / "link.txt").symlink_to(tmp_path / "a.txt")
    work = plan([tmp_path])
    assert [job.name for job in work.jobs] == ["a.txt"]
    assert dict(work.skipped) == {".json": 1, ".xls": 1, "README.md": 1, "no extension": 1}


def test_two_extensions_of_one_name_do_not_meet(tmp_path: Path) -> None:
    tree(tmp_path, "x.txt", "x.md")
    assert [job.record_name() for job in plan([tmp_path]).jobs] == ["x.md.json", "x.txt.json"]


def test_the_output_folder_is_not_searched(tmp_path: Path) -> None:
    tree(tmp_path, "a.txt", "records/a.txt")
    assert [job.name for job in plan([tmp_path], tmp_path / "records").jobs] == ["a.txt"]


def test_a_file_given_twice_is_read_once(tmp_path: Path) -> None:
    tree(tmp_path, "sub/a.txt")
    work = plan([tmp_path, tmp_path / "sub" / "a.txt", tmp_path / "sub"])
    assert [job.name for job in work.jobs] == ["sub/a.txt"]
    assert not work.failed


def test_a_name_that_is_no_unicode_is_made_one(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt"))
    path.write_text("Norway pays.")
    assert [job.record_name() for job in plan([tmp_path]).jobs] == ["caf\ufffd.txt.json"]


def test_two_inputs_never_overwrite_each_other(tmp_path: Path) -> None:
    tree(tmp_path, "a/x.txt", "b/x.txt", "b/y.txt")
    work = plan([tmp_path / "a", tmp_path / "b"])
    assert [job.path.relative_to(tmp_path).as_posix() for job in work.jobs] == ["a/x.txt", "b/y.txt"]
    [(path, error)] = work.failed
    assert path == str(tmp_path / "b" / "x.txt")
    assert isinstance(error, ClashError)
    assert str(tmp_path / "a" / "x.txt") in str(error)


def test_a_missing_input_fails_and_the_others_go_on(tmp_path: Path) -> None:
    tree(tmp_path, "a.txt")
    work = plan([tmp_path / "nothing.txt", tmp_path / "a.txt"])
    assert [job.name for job in work.jobs] == ["a.txt"]
    assert isinstance(work.failed[0][1], UnreadableError)


def test_a_file_named_outright_becomes_a_job_whatever_its_format(tmp_path: Path) -> None:
    tree(tmp_path, "a.pdf")
    assert [job.name for job in plan([tmp_path / "a.pdf"]).jobs] == ["a.pdf"]


@pytest.mark.parametrize("names", [(), ("a.xls",)])
def test_a_folder_with_nothing_to_read_is_an_error(tmp_path: Path, names: tuple[str, ...]) -> None:
    with pytest.raises(InputMissingError, match=r"there is no release in .*give files ending in \.txt, "):
        plan([tree(tmp_path, *names)])


def test_inputs_that_are_all_missing_are_an_error(tmp_path: Path) -> None:
    with pytest.raises(InputMissingError, match="it is not there"):
        plan([tmp_path / "nothing"])
