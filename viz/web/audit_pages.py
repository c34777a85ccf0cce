"""The audit: how complete each disclosure is, and the signals of a body by year, both places side by side."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from queries.auditing.english import table_of
from queries.auditing.rules import rules
from queries.auditing.signal import Side, Signal
from queries.auditing.suspects import Suspect, suspects
from queries.page_rows import Row
from viz.web.addresses import kind_of
from viz.web.asking import Asked
from viz.web.checking import known, signals_of, unchecked
from viz.web.context import Context
from viz.web.dossier import Column, Dossier, Place, Ref, Rows, Table, Tag
from viz.web.dossier import Row as Filled
from viz.web.pages import opened, page
from viz.web.representations import form_of, not_yet, twin
from viz.web.search_index import has_failed, states
from viz.web.signals import PLACES, SEVERITIES, called, concerning, disclosures, figure, side_places, table
from viz.web.things import KINDS, is_held
from viz.web.views import in_print_order, is_table
from viz.web.words import language

_STATES = ("withheld", "absent", "declared_nil", "present")
_MOST = 60
_COMPLETE = (
    Column("body", "thing"), Column("year", "year"), Column("disclosure", "thing"), Column("view"), Column("state"),
    Column("count", "number"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Told:
    """One side of a signal for the page: what it is called, its figure, where it is printed."""

    name: str
    figure: str
    places: tuple[Place, ...]
    more: int


def routes(_: Context) -> Sequence[BaseRoute]:
    """The overview of all disclosures, and the signals of a body."""
    return [
        Route("/audit", _audit), Route("/audit.{form}", _audit),
        Route("/audit/unchecked.json", _unchecked),
        Route("/audit/signals", _concerning), Route("/audit/signals.{form}", _concerning),
    ]  # fmt: skip


def _audit(request: Request) -> Response:
    """`?body=` shows the signals of one body, else what every disclosure holds."""
    asked, form = Asked(opened(request), language(request)), form_of(request)
    body = request.query_params.get("body")
    if form != "html":
        found = _completeness_told(asked, request) if body is None else _body_told(asked, request, body)
        if found is None:
            return not_yet(asked.say("audit.not_made" if has_failed(asked.opened) else "audit.being_counted"))
        return twin(asked.store, found, form, request.query_params.get("table"))
    if body is None:
        return page(request, "completeness.html", **_completeness(asked, disclosures(asked), request))
    own = _own(asked, body)
    pending = unchecked(asked.opened, [str(row["sha256"]) for row in own], first=True)
    books = [_book(asked, row, pending) for row in sorted(own, key=lambda row: -int(str(row["year"] or 0)))]
    return page(request, "signals.html", body=asked.ref(body), books=books, pending=pending, severities=SEVERITIES)


def _unchecked(request: Request) -> Response:
    """How many of the disclosures of the files `?file=` (sha256, any number) are being checked still."""
    asked = Asked(opened(request), language(request))
    wanted = set(request.query_params.getlist("file"))
    files = [str(row["sha256"]) for row in disclosures(asked) if row["sha256"] in wanted]
    left = len(unchecked(asked.opened, files, first=True))
    return JSONResponse({"left": left, "said": asked.say("audit.being_checked", left)})


def _own(asked: Asked, body: str) -> list[Row]:
    """The disclosures of a body. Raises HTTPException where there are none."""
    own = [row for row in disclosures(asked) if row["body"] == body]
    if not own:
        raise HTTPException(404)
    return own


def _concerning(request: Request) -> Response:
    """The signals that concern `?thing=`, as a table: what its own page fetches."""
    asked, form = Asked(opened(request), language(request)), form_of(request)
    thing = request.query_params.get("thing", "")
    if kind_of(thing) not in KINDS or not is_held(asked.store, thing):
        raise HTTPException(404)
    dossier = KINDS[kind_of(thing)](asked, thing)
    found, pending, left_out = concerning(asked, dossier, waiting=form != "html")
    whole = f"/audit?{urlencode({'body': thing})}" if kind_of(thing) == "agency" and found else ""
    extra = {"all": whole}
    told = Dossier(str(request.url), "signals", "", asked.name(thing), tables=(table(asked, found),), extra=extra)
    if form != "html":
        return twin(asked.store, told, form, None)
    return page(request, "concerning.html", thing=asked.ref(thing), found=told, left_out=left_out, pending=pending)


def _body_told(asked: Asked, request: Request, body: str) -> Dossier:
    pairs = [(row, signal) for row in _own(asked, body) for signal in signals_of(asked.opened, str(row["sha256"]))]
    return Dossier(
        str(request.url), "signals", "", asked.say("audit.of_body", asked.name(body)), tables=(table(asked, pairs),)
    )


def _completeness_told(asked: Asked, request: Request) -> Dossier | None:
    """Every table of every disclosure and its state, one a row; None until they are counted."""
    held = states(asked.opened)
    if held is None:
        return None
    about = {row["disclosure"]: row for row in disclosures(asked)}

    def told(some: Sequence[Row]) -> list[Filled]:
        asked.read_places(str(row["one"]) for row in some)
        return [_state_told(asked, row, about[row["disclosure"]]) for row in some]

    rows = Rows([row for row in held if row["disclosure"] in about], told)
    return Dossier(
        str(request.url), "completeness", "", asked.say("audit.title"),
        tables=(Table("completeness", asked.say("audit.title"), _COMPLETE, rows),),
    )  # fmt: skip


def _state_told(asked: Asked, row: Row, disclosed: Row) -> Filled:
    return Filled(
        (
            asked.ref(disclosed["body"]), disclosed["year"], asked.ref(row["disclosure"]), asked.name(str(row["view"])),
            Tag(asked.say(f"state.{row['state']}"), "plain", str(row["state"])), row["count"],
        ),
        asked.places(str(row["one"]))[:1],
    )  # fmt: skip


def _completeness(asked: Asked, disclosed: Sequence[Row], request: Request) -> dict[str, Any]:
    """A row for each disclosure, a column for each table, in each cell one of the four silences or that it is there.

    Until the states are counted there are no columns of tables.
    """
    held = states(asked.opened)
    told = _last_states(held or ())
    views = in_print_order(view for _, view in told if is_table(view))
    start = request.query_params.get("from", "0")
    first = int(start) if start.isdecimal() and len(start) < 8 else 0
    ordered = sorted(
        disclosed, key=lambda row: (asked.name(str(row["body"])), int(str(row["year"] or 0)), str(row["phase"]))
    )
    shown = ordered[first : first + _MOST]
    cells = (told.get((str(row["disclosure"]), view)) for row in shown for view in views)
    asked.read_places(str(cell["one"]) for cell in cells if cell)
    unchecked(asked.opened, [str(row["sha256"]) for row in shown], first=False)
    return {
        "views": [asked.ref(view) for view in views],
        "rows": [_line(asked, row, views, told) for row in shown],
        "first": first, "last": first + len(shown), "all": len(ordered), "most": _MOST,
        "severities": SEVERITIES, "counted": held is not None, "failed": has_failed(asked.opened),
    }  # fmt: skip


def _last_states(rows: Sequence[Row]) -> dict[tuple[str, str], Row]:
    """Of each table of each disclosure the state that tells most: that it is there before that it is not."""
    found: dict[tuple[str, str], Row] = {}
    for row in rows:
        key = str(row["disclosure"]), str(row["view"])
        if key not in found or _STATES.index(str(row["state"])) > _STATES.index(str(found[key]["state"])):
            found[key] = row
    return found


def _line(asked: Asked, row: Row, views: Sequence[str], states: Mapping[tuple[str, str], Row]) -> dict[str, Any]:
    cells = []
    for view in views:
        found = states.get((str(row["disclosure"]), view))
        places = asked.places(str(found["one"]))[:1] if found else ()
        cells.append((str(found["state"]) if found else "unknown", found["count"] if found else 0, places))
    signals = known(asked.opened, str(row["sha256"]))
    return {
        "body": asked.ref(row["body"]),
        "year": row["year"],
        "phase": asked.name(str(row["phase"])) if row["phase"] else "",
        "disclosure": Ref(str(row["disclosure"]), str(row["year"])),
        "cells": cells,
        "counts": None if signals is None else _counts(signals),
    }


def _counts(signals: Sequence[Signal]) -> dict[str, int]:
    return {one: sum(signal.severity == one for signal in signals) for one in SEVERITIES}


def _book(asked: Asked, row: Row, pending: Sequence[str]) -> dict[str, Any]:
    signals = None if row["sha256"] in pending else signals_of(asked.opened, str(row["sha256"]))
    return {
        "year": row["year"],
        "phase": asked.name(str(row["phase"])) if row["phase"] else "",
        "file": Ref(str(row["file"]), str(row["name"])),
        "is_checked": signals is not None,
        "signals": [_signal(asked, signal) for signal in signals or ()],
        "suspects": [_suspect(asked, one) for one in suspects(signals or ())],
        "counts": _counts(signals or ()),
    }


def _suspect(asked: Asked, one: Suspect) -> dict[str, Any]:
    printed, implied = figure(one.printed, one.unit), figure(one.implied, one.unit)
    (place,) = side_places(asked, Side("", one.printed, (one.place,)))
    said = asked.say("audit.suspect", printed, len(one.signals), implied)
    return {"place": place, "table": table_of(one.place, asked.lang), "said": said}


def _signal(asked: Asked, signal: Signal) -> dict[str, Any]:
    rule, chinese = rules()[signal.rule], asked.lang == "zh"
    return {
        "severity": signal.severity,
        "kind": signal.kind,
        "said": signal.zh if chinese else signal.en,
        "rule": signal.rule,
        "rule_said": rule.zh if chinese else rule.en,
        "gap": figure(signal.gap, signal.unit),
        "tolerance": figure(signal.tolerance, signal.unit),
        "sides": [_side(asked, side, signal.unit) for side in (signal.left, signal.right) if side.name or side.places],
    }


def _side(asked: Asked, side: Side, unit: str) -> Told:
    more = max(0, len(side.places) - PLACES)
    return Told(called(asked, side), figure(side.value, unit), side_places(asked, side), more)
