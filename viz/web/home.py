"""The first page: what is in the graph, and the way in."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from ontology.money import in_yuan
from viz.web.asking import Asked
from viz.web.context import Context
from viz.web.dossier import Ref
from viz.web.overview import STARTS
from viz.web.pages import opened, page
from viz.web.search import examples
from viz.web.search_index import about, has_failed, index_of
from viz.web.words import language

_SHOWN = {
    "SourceFile": "document",
    "PublicBody": "body",
    "FundingDocument": "document",
    "FundingProgramme": "programme",
    "Project": "project",
    "PerformanceIndicator": "indicator",
    "BudgetObservation": "subject",
    "Conflict": "other",
}
_LISTS = {
    "SourceFile": "file", "PublicBody": "body", "FundingDocument": "document", "FundingProgramme": "programme",
    "Project": "project", "PerformanceIndicator": "indicator",
}  # fmt: skip
_MOST_BODIES = 24


def routes(_: Context) -> Sequence[BaseRoute]:
    """The root."""
    return [Route("/", _home)]


def _home(request: Request) -> Response:
    """What the graph holds, once it is counted: with the index."""
    store = opened(request)
    index = index_of(store)
    if index is None:
        return page(request, "home.html", shown=None, examples=(), current=False, failed=has_failed(store))
    asked, file = Asked(store, language(request)), index.file
    shown = store.once(("home", asked.lang, str(file.stat().st_mtime_ns)), lambda: _shown(asked, about(file)))
    said = examples(file)
    return page(request, "home.html", shown=shown, examples=said, current=index.current, failed=has_failed(store))


def _shown(asked: Asked, told: Mapping[str, Any]) -> dict[str, object]:
    counts = [(name, kind, told["counts"][name]) for name, kind in _SHOWN.items() if told["counts"].get(name)]
    years = sorted({row["year"] for row in told["disclosures"] if row["year"]})
    bodies: dict[str, dict[int, list[Mapping[str, Any]]]] = {}
    for row in told["disclosures"]:
        bodies.setdefault(str(row["body"]), {}).setdefault(row["year"], []).append(
            {**row, "phase_name": asked.name(str(row["phase"])) if row["phase"] else str(row["name"])}
        )
    ranked = sorted(bodies, key=lambda body: (-len(bodies[body]), body))
    return {
        "counts": [
            (asked.say(f"home.count_{name}"), kind, f"{number:,}", _LISTS.get(name)) for name, kind, number in counts
        ],
        "quads": f"{told['quads']:,}",
        "years": years,
        "bodies": [(Ref(body, asked.name(body)), bodies[body]) for body in ranked[:_MOST_BODIES]],
        "more_bodies": max(0, len(bodies) - _MOST_BODIES),
        "money": _money(asked, told["money"]),
        "starts": starts(asked),
    }


def _money(asked: Asked, rows: Sequence[Mapping[str, Any]]) -> list[dict[str, object]]:
    """A table for each type of amount: origin levels by years, in 万元. Types and years are never added."""
    tables: list[dict[str, object]] = []
    for kind in sorted({str(row["kind"]) for row in rows}):
        some = [row for row in rows if row["kind"] == kind]
        years = sorted({row["year"] for row in some})
        levels = sorted({row["origin"] for row in some}, key=lambda level: (level is None, _rank(level)))
        cells = {(row["origin"], row["year"]): Decimal(row["yuan"]) for row in some}
        most = max(cells.values(), default=Decimal(1)) or Decimal(1)
        lines = [
            (
                asked.name(str(level)) if level else asked.say("home.no_level"),
                [_cell(cells.get((level, year)), most) for year in years],
            )
            for level in levels
        ]
        tables.append({"title": asked.name(kind), "years": years, "lines": lines})
    return tables


def _rank(level: object) -> int:
    order = ("central", "province", "prefecture", "county", "township")
    name = str(level).rsplit("/", 1)[-1]
    return order.index(name) if name in order else len(order)


def _cell(amount: Decimal | None, most: Decimal) -> tuple[str, str, int] | None:
    """An amount in 万元, in yuan, and the length of its bar in per cent of the longest."""
    if amount is None:
        return None
    wan = (amount / 10_000).quantize(Decimal("0.01"))
    return f"{wan:,f}", in_yuan(amount), max(1, round(amount / most * 100)) if amount > 0 else 0


def starts(asked: Asked) -> list[dict[str, object]]:
    """Good things to begin with: documents with money in the most years, programmes, bodies with a predecessor.

    None until they are found, with the index.
    """
    index = index_of(asked.opened)
    held: Mapping[str, Sequence[str]] = about(index.file)["starts"] if index else {}
    return [
        {"title": asked.say(f"home.start_{kind}"), "kind": kind, "things": [Ref(iri, asked.name(iri)) for iri in iris]}
        for kind in STARTS
        if (iris := held.get(kind))
    ]
