"""What the tests share: the language model is loaded once in a process; properties try the same examples each time.

`pytest --hypothesis-profile=search` looks for new examples instead, and for longer.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from _pytest.terminal import TerminalReporter
from hypothesis import HealthCheck, settings
from playwright.sync_api import Browser, sync_playwright

from communique import Pipeline

CHROMIUM = Path(os.environ.get("COMMUNIQUE_CHROMIUM", "/usr/bin/chromium"))
SWITCHES = (
    "no-sandbox", "disable-gpu", "disable-quic", "no-first-run", "disable-background-networking", "disable-component-update",
    "disable-sync",
)  # fmt: skip
SLOW = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
settings.register_profile("same", derandomize=True, deadline=None, max_examples=60, suppress_health_check=SLOW)
settings.register_profile("search", deadline=None, max_examples=2000, suppress_health_check=SLOW, print_blob=True)
settings.load_profile("same")


@pytest.fixture(scope="session")
def pipeline() -> Pipeline:
    return Pipeline()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium, one for all tests of a process: Playwright cannot be entered twice.

    Where there is none, tests that ask for it are skipped; on CI they fail instead, so that nothing is let through unseen.
    """
    if not CHROMIUM.exists():
        reason = f"{CHROMIUM} is not there: apt-get install chromium, or set COMMUNIQUE_CHROMIUM"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=[f"--{switch}" for switch in SWITCHES])
        yield browser
        browser.close()


def pytest_terminal_summary(terminalreporter: TerminalReporter) -> None:
    """Tell what axe found on the pages that a browser opened, wherever the tests ran."""
    reports = [report for outcome in ("passed", "failed") for report in terminalreporter.stats.get(outcome, [])]
    told = [numbers for report in reports for name, numbers in report.user_properties if name == "axe"]
    if told:
        passes, violations, open_ = (sum(numbers) for numbers in zip(*told, strict=True))
        line = f"axe: {len(told)} pages, {passes} rules kept, {violations} broken, {open_} for a person to judge"
        terminalreporter.write_line(line)
