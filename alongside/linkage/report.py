"""The report of a fitted model: weights as a chart, what they were learned from, and how well it tells persons apart."""

import json
import math
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any

from alongside.linkage.comparisons import COMPARISONS
from alongside.linkage.evaluate import At, Evaluation
from alongside.linkage.model import Model
from alongside.linkage.training import Fit

_STYLE = (
    "body{font:16px/1.5 sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#0b0c0c}"
    "table{border-collapse:collapse;margin:1rem 0}th,td{border-bottom:1px solid #b1b4b6;padding:.3rem .8rem .3rem 0;text-align:left}"
    "td.n{text-align:right}svg{max-width:100%;height:auto}"
)


def weights(model: Model) -> list[dict[str, Any]]:
    """A row for each level of each comparison: m, u and bits, among as many people as the model was fitted to."""
    chances = model.at()
    return [
        {
            "comparison": comparison.name,
            "level": level.name,
            "m": chances[comparison.name][level.name].m,
            "u": chances[comparison.name][level.name].u,
            "bits": math.log2(chances[comparison.name][level.name].m / chances[comparison.name][level.name].u),
        }
        for comparison in COMPARISONS
        for level in comparison.levels
    ]


def chart(model: Model) -> str:
    """The bits of each level, as SVG."""
    # Drawn when a model is trained, and by nobody else: the libraries take a second to load.
    import altair as alt
    import vl_convert

    rows = [{**row, "of": f"{row['comparison']}: {row['level']}"} for row in weights(model)]
    made = (
        alt.Chart(alt.Data(values=rows), width=520)
        .mark_bar()
        .encode(
            x=alt.X("bits:Q", title="bits: to the right speaks for one person, to the left for two"),
            y=alt.Y("of:N", sort=None, title=None, axis=alt.Axis(labelLimit=400)),
            color=alt.condition(alt.datum.bits >= 0, alt.value("#1d70b8"), alt.value("#b58840")),
        )
    )
    svg: str = vl_convert.vegalite_to_svg(made.to_dict())
    return svg


def write_report(folder: Path, fit: Fit, evaluation: Evaluation | None) -> None:
    """report.html, weights.svg and report.json in a folder, which is made if it is not there."""
    folder.mkdir(parents=True, exist_ok=True)
    svg = chart(fit.model)
    (folder / "weights.svg").write_text(svg, "utf-8")
    (folder / "report.html").write_text("\n".join(_page(fit, evaluation, svg)), "utf-8")
    (folder / "report.json").write_text(json.dumps(_data(fit, evaluation), indent=1), "utf-8")


def _data(fit: Fit, evaluation: Evaluation | None) -> dict[str, Any]:
    found = None
    if evaluation is not None:
        found = {
            "pairs": evaluation.pairs,
            "shared_key": evaluation.shared_key,
            "shipped": _at(evaluation.shipped),
            "best": _at(evaluation.best),
        }
    return {
        "model": fit.model.name,
        "hash": fit.model.hash,
        "fitted": fit.model.data.get("fitted"),
        "notes": fit.notes,
        "weights": weights(fit.model),
        "evaluation": found,
    }


def _at(at: At) -> dict[str, float | None]:
    return {"threshold": at.threshold, "precision": at.precision, "recall": at.recall, "f1": at.f1}


def _page(fit: Fit, evaluation: Evaluation | None, svg: str) -> Iterator[str]:
    model = fit.model
    title = f"The linkage model {escape(model.name)}"
    yield f'<!doctype html><html lang="en-GB"><meta charset="utf-8"><title>{title}</title><style>{_STYLE}</style>'
    yield f"<h1>{title}</h1><p>Fitted to {fit.records:,} records. Hash <code>{model.hash}</code>.</p>"
    yield "<h2>How well it tells persons apart</h2>"
    yield from _evaluation(evaluation)
    yield "<h2>What it was learned from</h2>"
    yield f"<p>{fit.sampled:,} pairs drawn at random, and these blocks:</p><table><tr><th>Block<th>Pairs<th>Of one person"
    yield from (
        f'<tr><td>{escape(s.block)}<td class="n">{s.pairs:,}<td class="n">{s.of_one:,.0f}' for s in fit.sessions
    )
    yield "</table>" + "".join(f"<p>{escape(note)}</p>" for note in fit.notes)
    yield f"<h2>Weights</h2>{svg}"
    yield "<table><tr><th>Comparison<th>Level<th>m<th>u<th>Bits"
    yield from (
        f"<tr><td>{row['comparison']}<td>{row['level']}<td class='n'>{row['m']:.3g}<td class='n'>{row['u']:.3g}"
        f"<td class='n'>{row['bits']:+.1f}"
        for row in weights(model)
    )
    yield "</table></html>"


def _evaluation(evaluation: Evaluation | None) -> Iterator[str]:
    if evaluation is None:
        yield "<p>Not measured: no labels and no column of the truth were given.</p>"
        return
    yield f"<p>{evaluation.pairs:,} pairs are of one person; keys bring {evaluation.shared_key:.1%} of them together.</p>"
    yield "<table><tr><th><th>Threshold<th>Precision<th>Recall<th>F1"
    for words, at in (("as shipped", evaluation.shipped), ("at its best", evaluation.best)):
        precision = "nothing found" if at.precision is None else f"{at.precision:.4f}"
        yield f'<tr><td>{words}<td class="n">{at.threshold:.1f}<td class="n">{precision}<td class="n">{at.recall:.4f}<td class="n">{at.f1:.4f}'
    yield "</table>"
