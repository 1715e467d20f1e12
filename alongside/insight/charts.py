"""Drawings of counts, as SVG made on the server: no script, no style of its own, one picture with its words for a reader."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from xml.etree import ElementTree

import altair as alt
import polars as pl
import vl_convert
from markupsafe import Markup

INK, QUIET, DANGER, TEXT, LINE = "#0b4144", "#7d9496", "#b3201a", "#0b0c0c", "#b6c2c3"
PLACES = 120  # for the names of areas, in whatever letters a reader's page has
WIDTH = 340  # of the drawing alone: with its labels it fills a phone at the size of its letters
SVG = "http://www.w3.org/2000/svg"
# What says nothing in a picture that has one name for all of it, or is the page's to say.
_DROPPED = ("role", "class", "pointer-events", "font-family", "aria-", "style")

ElementTree.register_namespace("", SVG)


@lru_cache(maxsize=64)
def bars(rows: Sequence[tuple[str, str, float]], kinds: tuple[tuple[str, str], ...], axis: str, name: str, says: str) -> Markup:  # fmt: skip
    """Bars of places, each in parts. `rows`: place, part, how many; `kinds`: each part in order, with its colour."""
    order = [kind for kind, _ in kinds]
    data = pl.DataFrame(
        [(place, kind, count, order.index(kind)) for place, kind, count in rows],
        schema=["place", "kind", "cases", "order"],
        orient="row",
    )
    chart = (
        alt.Chart(data)
        .mark_bar(height={"band": 0.7})
        .encode(
            y=alt.Y("place:N", title=None, sort=None, axis=alt.Axis(minExtent=PLACES)),
            x=alt.X("sum(cases):Q", title=axis, axis=alt.Axis(tickCount=4, format=",d")),
            color=alt.Color(
                "kind:N",
                scale=alt.Scale(domain=order, range=[colour for _, colour in kinds]),
                legend=alt.Legend(title=None, orient="top", direction="vertical", labelLimit=400),
            ),
            order=alt.Order("order:Q"),
        )
        .properties(width=WIDTH - PLACES + 40, height={"step": 30})
    )
    return _drawn(chart, name, says)


@lru_cache(maxsize=64)
def line(rows: Sequence[tuple[date, float]], axis: str, name: str, says: str) -> Markup:
    """A line over the weeks. `rows`: the Monday, how many."""
    data = pl.DataFrame(list(rows), schema=["week", "cases"], orient="row")
    chart = (
        alt.Chart(data)
        .mark_line(color=INK, strokeWidth=2.5, point=alt.OverlayMarkDef(color=INK, size=18))
        .encode(
            x=alt.X("week:T", title=None, axis=alt.Axis(format="%b %y", tickCount=5, labelOverlap=True, grid=False)),
            y=alt.Y("cases:Q", title=axis, axis=alt.Axis(tickCount=4, format=",d"), scale=alt.Scale(zero=True)),
        )
        .properties(width=WIDTH, height=280)
    )
    return _drawn(chart, name, says)


def _drawn(chart: alt.Chart, name: str, says: str) -> Markup:
    made = chart.configure_view(stroke=None).configure(background="white", padding={"left": 4, "right": 12, "top": 4, "bottom": 4}).configure_axis(
        labelFontSize=14, titleFontSize=14, titleFontWeight="normal", labelColor=TEXT, titleColor=TEXT,
        gridColor=LINE, domainColor=TEXT, tickColor=TEXT, titlePadding=10, labelLimit=160,
    ).configure_legend(labelFontSize=14, labelColor=TEXT, symbolSize=160, rowPadding=4, offset=10)  # fmt: skip
    picture = ElementTree.fromstring(vl_convert.vegalite_to_svg(made.to_dict()))  # noqa: S314 - our own drawing
    for part in picture.iter():
        for attribute in [one for one in part.attrib if one.startswith(_DROPPED)]:
            del part.attrib[attribute]
    for attribute in ("width", "height", "version"):
        picture.attrib.pop(attribute, None)
    picture.attrib |= {"role": "img", "aria-label": name, "focusable": "false"}
    for tag, words in (("desc", says), ("title", name)):
        told = ElementTree.Element(f"{{{SVG}}}{tag}")
        told.text = words
        picture.insert(0, told)
    return Markup(ElementTree.tostring(picture, encoding="unicode"))  # noqa: S704 - escaped by the writer of XML
