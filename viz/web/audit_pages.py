"""The audit: how complete each disclosure is, and the signals of a body by year, both places side by side."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from threading import Thread
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from ontology.money import YUAN_PER_UNIT
from queries.auditing.audit import audit
from queries.auditing.excerpt import excerpt
from queries.auditing.rules import rules
from queries.auditing.signal import Side, Signal
from queries.page_rows import Row
from viz.web.asking import Asked
from viz.web.context import Context
from viz.web.dossier import Place, Ref
from viz.web.pages import opened, page
from viz.web.serving import Opened
from viz.web.words import language

SEVERITIES = ("error", "warning", "info")
_STATES = ("withheld", "absent", "declared_nil", "present")
_PLACES = 4
_WORDS = 130
_MOST = 60


@dataclass(frozen=True, slots=True)
class Told:
    """One side of a signal for the page: what it is called, its figure, where it is printed."""

    name: str
    figure: str
    places: tuple[Place, ...]
    more: int


def routes(_: Context) -> Sequence[BaseRoute]:
    """The overview of all disclosures, and the signals of a body."""
    return [Route("/audit", _audit)]


def signals_of(store: Opened, sha256: str) -> tuple[Signal, ...]:
    """The signals of a source file, computed once for this state of the store."""
    return store.once(("audit_pages", sha256), lambda: audit(store.store, sha256).signals)


def _audit(request: Request) -> Response:
    """`?body=` shows the signals of one body, else what every disclosure holds."""
    asked = Asked(opened(request), language(request))
    disclosed = asked.opened.once(("audit_pages", "disclosures"), lambda: _disclosures(asked))
    body = request.query_params.get("body")
    if body is None:
        return page(request, "completeness.html", **_completeness(asked, disclosed, request))
    own = [row for row in disclosed if row["body"] == body]
    if not own:
        raise HTTPException(404)
    books = [_book(asked, row) for row in sorted(own, key=lambda row: -int(str(row["year"] or 0)))]
    return page(request, "signals.html", body=asked.ref(body), books=books, severities=SEVERITIES)


def _disclosures(asked: Asked) -> list[Row]:
    """Each disclosure once, with the first of its files that no other replaced: a document is checked as a whole."""
    first: dict[object, Row] = {}
    for row in asked.rows("disclosures"):
        first.setdefault(row["disclosure"], row)
    return list(first.values())


def _completeness(asked: Asked, disclosed: Sequence[Row], request: Request) -> dict[str, Any]:
    """A row for each disclosure, a column for each table, in each cell one of the four silences or that it is there."""
    rows = asked.opened.once(("audit_pages", "completeness"), lambda: asked.rows("completeness"))
    states: dict[tuple[str, str], Row] = {}
    for row in rows:
        key = str(row["disclosure"]), str(row["view"])
        if key not in states or _STATES.index(str(row["state"])) > _STATES.index(str(states[key]["state"])):
            states[key] = row
    tables = {view for _, view in states if not view.rsplit("/", 1)[-1].startswith("narrative")}
    views = sorted(tables, key=lambda view: (-sum(1 for _, held in states if held == view), view))
    start = request.query_params.get("from", "0")
    first = int(start) if start.isdecimal() and len(start) < 8 else 0
    ordered = sorted(
        disclosed, key=lambda row: (asked.name(str(row["body"])), int(str(row["year"] or 0)), str(row["phase"]))
    )
    shown = ordered[first : first + _MOST]
    _check_all(asked.opened, [str(row["sha256"]) for row in shown])
    return {
        "views": [asked.ref(view) for view in views],
        "rows": [_line(asked, row, views, states) for row in shown],
        "first": first, "last": first + len(shown), "all": len(ordered), "most": _MOST,
        "severities": SEVERITIES,
    }  # fmt: skip


def _line(asked: Asked, row: Row, views: Sequence[str], states: Mapping[tuple[str, str], Row]) -> dict[str, Any]:
    cells = []
    for view in views:
        found = states.get((str(row["disclosure"]), view))
        places = asked.places(str(found["one"]))[:1] if found else ()
        cells.append((str(found["state"]) if found else "unknown", found["count"] if found else 0, places))
    signals = asked.opened.kept.get(("audit_pages", str(row["sha256"])))
    return {
        "body": asked.ref(row["body"]),
        "year": row["year"],
        "phase": asked.name(str(row["phase"])) if row["phase"] else "",
        "disclosure": Ref(str(row["disclosure"]), str(row["year"])),
        "cells": cells,
        "counts": None if signals is None else _counts(signals),
    }


def _check_all(store: Opened, files: Sequence[str]) -> None:
    """Check the documents one by one beside the page, which tells the numbers when it is asked again."""
    missing = [sha256 for sha256 in files if store.kept.setdefault(("audit_pages", "begun", sha256), sha256) is sha256]
    if missing:
        Thread(target=lambda: [signals_of(store, sha256) for sha256 in missing], daemon=True).start()


def _counts(signals: Sequence[Signal]) -> dict[str, int]:
    return {one: sum(signal.severity == one for signal in signals) for one in SEVERITIES}


def _book(asked: Asked, row: Row) -> dict[str, Any]:
    signals = signals_of(asked.opened, str(row["sha256"]))
    return {
        "year": row["year"],
        "phase": asked.name(str(row["phase"])) if row["phase"] else "",
        "file": Ref(str(row["file"]), str(row["name"])),
        "signals": [_signal(asked, signal) for signal in signals],
        "counts": _counts(signals),
    }


def _signal(asked: Asked, signal: Signal) -> dict[str, Any]:
    rule, chinese = rules()[signal.rule], asked.lang == "zh"
    return {
        "severity": signal.severity,
        "kind": signal.kind,
        "said": signal.zh if chinese else signal.en,
        "rule": signal.rule,
        "rule_said": rule.zh if chinese else rule.en,
        "gap": _figure(signal.gap, signal.unit),
        "tolerance": _figure(signal.tolerance, signal.unit),
        "sides": [_side(asked, side, signal.unit) for side in (signal.left, signal.right) if side.name or side.places],
    }


def _side(asked: Asked, side: Side, unit: str) -> Told:
    places = tuple(
        Place(one.iri, asked.where({"page": one.page, "line": one.line}), excerpt(one.words, side, _WORDS))
        for one in side.places[:_PLACES]
    )
    return Told(side.name, _figure(side.value, unit), places, max(0, len(side.places) - _PLACES))


def _figure(value: Decimal | None, unit: str) -> str:
    if value is None:
        return ""
    return f"{value:,.2f} {unit}" if unit in YUAN_PER_UNIT else f"{value.normalize():f}{unit}"
