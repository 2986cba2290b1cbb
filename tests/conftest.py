"""What the tests share: the language model is loaded once in a process; properties try the same examples each time.

`pytest --hypothesis-profile=search` looks for new examples instead, and for longer.
"""

from __future__ import annotations

import pytest
from _pytest.terminal import TerminalReporter
from hypothesis import HealthCheck, settings

from communique import Pipeline

SLOW = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
settings.register_profile("same", derandomize=True, deadline=None, max_examples=60, suppress_health_check=SLOW)
settings.register_profile("search", deadline=None, max_examples=2000, suppress_health_check=SLOW, print_blob=True)
settings.load_profile("same")


@pytest.fixture(scope="session")
def pipeline() -> Pipeline:
    return Pipeline()


def pytest_terminal_summary(terminalreporter: TerminalReporter) -> None:
    """Tell what axe found on the pages that a browser opened, wherever the tests ran."""
    reports = [report for outcome in ("passed", "failed") for report in terminalreporter.stats.get(outcome, [])]
    told = [numbers for report in reports for name, numbers in report.user_properties if name == "axe"]
    if told:
        passes, violations, open_ = (sum(numbers) for numbers in zip(*told, strict=True))
        line = f"axe: {len(told)} pages, {passes} rules kept, {violations} broken, {open_} for a person to judge"
        terminalreporter.write_line(line)
