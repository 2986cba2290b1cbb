"""Templates, and what guards the pages made from them.

A page is one file that needs no other: its style and its script stand in it, and its content security policy names their
hashes, so that nothing else on it ever runs or loads, even if an escape were missing. What a release says goes in by autoescape
alone, with invisible characters shown by their numbers.
"""

from __future__ import annotations

import base64
import hashlib
import json
from functools import cache
from importlib.resources import files
from typing import Any

from communique.errors import ExtraMissingError
from communique.report import words

try:
    from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined
    from markupsafe import Markup
except ImportError as error:
    raise ExtraMissingError("report") from error


def page(template: str, scripts: tuple[str, ...] = (), **told: Any) -> str:
    """A whole page from a template; `scripts` are the names of assets that it runs."""
    style = _asset("report.css")
    code = "\n".join(_asset(name) for name in scripts)
    policy = f"default-src 'none'; style-src {_hash(style)}; img-src data:; base-uri 'none'; form-action 'none'"
    policy += f"; script-src {_hash(code)}" if code else ""
    shell = {"style": Markup(style), "code": Markup(code), "policy": policy}  # our own files, whole
    return environment("communique.report").get_template(template).render(**shell, **told)


def data_block(told: Any) -> Markup:
    """JSON that may stand in a `script` element of type application/json: nothing in it can end the element."""
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    return Markup(text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e"))


@cache
def environment(*packages: str) -> Environment:
    """The templates of packages, the first that has one; all text that goes into them is escaped and shows what is invisible."""
    made = Environment(
        loader=ChoiceLoader([PackageLoader(package) for package in packages]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_shown,
    )
    made.filters |= {"plural": words.plural, "spaced": words.spaced, "digits": words.digits, "short": words.short}
    made.filters |= {"data_block": data_block}
    return made


def _shown(told: Any) -> Any:
    """Any text that a template puts into a page."""
    return words.visible(told) if type(told) is str else told


@cache
def _asset(name: str) -> str:
    return (files("communique.report") / "assets" / name).read_text(encoding="utf-8")


def _hash(content: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()}'"
