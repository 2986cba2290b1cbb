from __future__ import annotations

import ast
import re
import tomllib
from importlib.metadata import entry_points
from pathlib import Path

import pytest
from importlinter import cli as importlinter

ROOT = Path(__file__).parents[1]
SOURCES = sorted([*(ROOT / "pipeline").rglob("*.py"), *(ROOT / "models").rglob("*.py")])
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())


def test_the_walls_between_packages_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    assert importlinter.lint_imports(cache_dir=None) == importlinter.EXIT_STATUS_SUCCESS


def test_no_file_is_over_long() -> None:
    lengths = {path.relative_to(ROOT).as_posix(): len(path.read_text(encoding="utf-8").splitlines()) for path in SOURCES}
    assert {name: length for name, length in lengths.items() if length > 400} == {}


CLOCKS = {
    "review/app.py",  # when a person decided; records know nothing of it
    "review/guard.py",  # its token is compared, and that of serve.py made, by `secrets`: no page may guess it
    "review/serve.py",
    "run/ledger.py",  # when an input was done
    "run/survey.py",  # whether a file has changed just now
    "run/account.py",  # when a run ended
    "run/start.py",  # how long it waits for new inputs
    "run/execute.py",  # how long the run takes
    "run/progress.py",  # and how long it will
    "run/step.py",  # how long a release takes
    "run/supervisor.py",  # whether one takes too long
    "store/duckdb.py",  # how long another program holds a file
}


def test_only_the_run_looks_at_a_clock_and_nothing_rolls_dice() -> None:
    """Records depend on the text alone; the run measures its own speed, and what people decide has its time."""
    found = set()
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            if {"time", "random", "secrets", "uuid"} & set(names):
                found.add(path.relative_to(ROOT / "pipeline/communique").as_posix())
            if isinstance(node, ast.Attribute) and node.attr in ("now", "today", "utcnow"):
                found.add(path.relative_to(ROOT / "pipeline/communique").as_posix())
    assert found <= CLOCKS


def test_lexicons_are_shipped_with_the_package() -> None:
    wheel = PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]
    assert wheel["packages"] == ["pipeline/communique", "models/communique_models"]
    assert list((ROOT / "pipeline/communique/lexicons").glob("*.toml"))


def test_every_component_is_an_entry_point_that_loads() -> None:
    told = PROJECT["project"]["entry-points"]["spacy_factories"]
    installed = {point.name: point for point in entry_points(group="spacy_factories") if point.name.startswith("communique_")}
    assert set(installed) == set(told)
    assert all(callable(point.load()) for point in installed.values())


def test_pins_are_plain_and_cover_what_is_needed() -> None:
    lines = [line for line in (ROOT / "constraints.txt").read_text().splitlines() if line and not line.startswith("#")]
    assert all("==" in line and "/" not in line and "@" not in line for line in lines)
    pinned = {line.split("==")[0].lower().replace("_", "-") for line in lines}
    extras = (one for extra in PROJECT["project"]["optional-dependencies"].values() for one in extra)
    needed = [*PROJECT["project"]["dependencies"], *(one for one in extras if not one.startswith("communique["))]
    names = {re.split("[<>=[]", requirement)[0].strip().lower().replace("_", "-") for requirement in needed}
    assert names - pinned == set()
