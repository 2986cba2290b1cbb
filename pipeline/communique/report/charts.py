"""Plots as SVG, drawn by Vega-Lite without a browser; their colours are those of the page, in light and dark."""

from __future__ import annotations

from typing import Any

from lxml import etree
from markupsafe import Markup

from communique.errors import ExtraMissingError
from communique_models import Status

CONFIG: dict[str, Any] = {
    "font": "Inter, 'Segoe UI', 'Helvetica Neue', Arial, sans-serif",
    "background": "transparent",
    "view": {"stroke": None},
    "axis": {
        "labelColor": "var(--muted)", "labelFontSize": 11, "gridColor": "var(--line)", "domainColor": "var(--line)",
        "tickColor": "var(--line)", "title": None, "labelPadding": 6,
    },
    "legend": {"labelColor": "var(--muted)", "labelFontSize": 11, "title": None, "orient": "top", "symbolType": "square"},
}  # fmt: skip
ALLOWED = {"svg", "g", "path", "text", "tspan", "rect", "line", "circle", "title", "defs", "clipPath", "a"}
SHADES = 5
FEW = 12  # columns that can all have their label
Rows = list[dict[str, Any]]
Spec = dict[str, Any]


def bars(rows: Rows, name: str) -> Markup:
    """Horizontal bars in the order of the rows: `name`, `total`, `told` beside the bar, `link`, `color`."""
    longest = max(row["total"] for row in rows)
    x = {"field": "total", "type": "quantitative", "axis": None, "scale": {"domain": [0, longest * 1.5 or 1]}}
    spec = {
        "width": 260,
        "height": {"step": 24},
        "data": {"values": rows},
        "encoding": {"y": _names("name", None, 150), "x": x, "href": {"field": "link"}},
        "layer": [
            {"mark": {"type": "bar", "height": 14}, "encoding": {"color": {"field": "color", "type": "nominal", "scale": None}}},
            {
                "mark": {"type": "text", "align": "left", "dx": 5, "fontSize": 11, "color": "var(--muted)"},
                "encoding": {"text": {"field": "told"}},
            },
        ],
    }
    return _draw(spec, name)


def columns(rows: Rows, months: list[str], name: str) -> Markup:
    """Columns by month, stacked by status: `month`, `status`, `total`, and the `rank` of the status."""
    statuses = [status.value for status in Status]
    years = "slice(datum.label, 5) == '01' || datum.index == 0 ? slice(datum.label, 0, 4) : ''"
    axis: Spec = {"ticks": False, "labelAngle": 0, "labelOverlap": True}
    x: Spec = {"field": "month", "type": "ordinal", "axis": axis | ({"labelExpr": years} if len(months) > FEW else {})}
    billions = "datum.value ? replace(datum.label, 'G', 'B') : '0'"
    y: Spec = {"field": "total", "type": "quantitative", "axis": {
        "format": "~s", "tickCount": 3, "domain": False, "ticks": False, "labelExpr": billions,
    }}  # fmt: skip
    palette = {"domain": statuses, "range": [f"var(--s-{one})" for one in statuses]}
    color = {"field": "status", "type": "nominal", "legend": None, "scale": palette}
    spec = {
        "width": min(330, 42 * len(months)) if len(months) <= FEW else 330,
        "height": 120,
        "data": {"values": rows},
        "mark": {"type": "bar", "width": {"band": 0.7}},
        "encoding": {"x": {**x, "scale": {"domain": months}}, "y": y, "color": color, "order": {"field": "rank"}},
    }
    return _draw(spec, name)


def matrix(rows: Rows, givers: list[str], takers: list[str], name: str) -> Markup:
    """A field for each pair of `giver` and `taker`, with its `count`, `link`."""
    most = max(row["count"] for row in rows)
    shaded = [{**row, "shade": (SHADES - 1) * row["count"] // most} for row in rows]
    tints = [f"color-mix(in srgb, var(--accent) {10 + 8 * shade}%, var(--surface))" for shade in range(SHADES)]
    color = {"field": "shade", "type": "ordinal", "legend": None, "scale": {"domain": list(range(SHADES)), "range": tints}}
    x = _names("taker", takers, 150)
    x["axis"] |= {"orient": "top", "labelAngle": -45, "grid": True, "zindex": 0}
    y = _names("giver", givers, 210)
    y["axis"] |= {"grid": True, "zindex": 0}
    tile = {"type": "rect", "stroke": "var(--ground)", "strokeWidth": 2}
    spec = {
        "width": {"step": 40},
        "height": {"step": 26},
        "data": {"values": shaded},
        "encoding": {"x": x, "y": y, "href": {"field": "link"}},
        "layer": [
            {"mark": tile, "encoding": {"color": color}},
            {"mark": {"type": "text", "fontSize": 11, "color": "var(--ink)"}, "encoding": {"text": {"field": "count"}}},
        ],
    }
    return _draw(spec, name)


def timeline(rows: Rows, parties: list[str], kinds: tuple[str, str], name: str) -> Markup:
    """A line a party with its spans of time: `who`, `from`, `to`, `kind`, `link`."""
    y = _names("who", parties, 210)
    y["axis"] |= {"grid": True}
    x = {"field": "from", "type": "temporal", "scale": {"type": "utc"}, "axis": {"grid": False, "tickCount": 8}}
    palette = {"domain": list(kinds), "range": ["var(--s-delivered)", "var(--amount)"]}
    spec = {
        "width": 620,
        "height": {"step": 24},
        "data": {"values": rows},
        "encoding": {
            "x": x,
            "y": y,
            "color": {"field": "kind", "type": "nominal", "scale": palette},
            "href": {"field": "link"},
        },
        "layer": [
            {"mark": {"type": "rule", "strokeWidth": 5, "opacity": 0.5}, "encoding": {"x2": {"field": "to"}}},
            {"mark": {"type": "point", "filled": True, "size": 46, "opacity": 0.85}},
        ],
    }
    return _draw(spec, name)


def reliability(bins: list[tuple[float, float, int]], name: str) -> Markup:
    """Confidence against the share that is so, a dot a bin, the larger the more are in it; on the line they would agree."""
    axis = {"tickCount": 5, "format": ".1f", "titleColor": "var(--muted)", "titleFontWeight": 400}
    scale = {"domain": [0, 1]}
    rows = [{"sure": sure, "so": so, "number": number} for sure, so, number in bins]
    x = {"field": "sure", "type": "quantitative", "scale": scale, "axis": {**axis, "title": "confidence"}}
    y = {"field": "so", "type": "quantitative", "scale": scale, "axis": {**axis, "title": "share that gold has"}}
    size = {"field": "number", "type": "quantitative", "legend": None, "scale": {"range": [40, 400]}}
    line = {"values": [{"sure": 0, "so": 0}, {"sure": 1, "so": 1}]}
    spec = {
        "width": 240,
        "height": 240,
        "layer": [
            {"data": line, "mark": {"type": "line", "color": "var(--muted)", "strokeDash": [4, 4]}, "encoding": {"x": x, "y": y}},
            {
                "data": {"values": rows},
                "mark": {"type": "point", "filled": True, "color": "var(--accent)", "opacity": 1},
                "encoding": {"x": x, "y": y, "size": size},
            },
        ],
    }
    return _draw(spec, name)


def _names(field: str, order: list[str] | None, limit: int) -> Spec:
    axis = {"ticks": False, "domain": False, "labelLimit": limit, "labelColor": "var(--ink)"}
    return {"field": field, "type": "nominal", "sort": order, "axis": axis}


def _draw(spec: Spec, name: str) -> Markup:
    """A Vega-Lite chart as an `svg` element; `name` sets its ids apart from those of other charts of the page.

    It is for eyes and pointers: what it shows and where it leads stands in the table that goes with it, for everybody.
    """
    try:
        import vl_convert  # 84 MB, which only pages with plots need
    except ImportError as error:
        raise ExtraMissingError("report") from error
    root = etree.fromstring(vl_convert.vegalite_to_svg({**spec, "config": CONFIG}, allowed_base_urls=[]).encode())
    for element in root.iter():
        if etree.QName(element).localname not in ALLOWED:
            raise ValueError(f"a chart with an element {element.tag!r}")
        for key, value in list(element.attrib.items()):
            _keep(element, str(key), str(value), name)
    root.attrib["aria-hidden"] = "true"
    return Markup(etree.tostring(root, encoding="unicode"))  # only what draws is in it, escaped by lxml


def _keep(element: etree._Element, key: str, value: str, name: str) -> None:
    """Keep an attribute of a chart if it draws; a link leads to a place on the page, wherever else it meant to lead."""
    plain = key.rpartition("}")[2]
    if plain.startswith(("aria-", "on")) or plain in ("role", "style", "target", "class"):
        del element.attrib[key]
    elif plain == "href":
        del element.attrib[key]
        element.attrib.update({"href": f"#{value.partition('#')[2]}", "tabindex": "-1"})  # Vega puts an address before it
    elif plain == "id":
        element.attrib[key] = f"{name}-{value}"
    elif "url(#" in value:
        element.attrib[key] = value.replace("url(#", f"url(#{name}-")
