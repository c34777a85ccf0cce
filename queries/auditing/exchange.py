"""An audit as JSON, which other programs read: every field said, decimals as text, the order that of the report.

`version` tells the shape: it grows when a field changes its meaning or goes, not when one is added.
"""

from typing import Any

from kg.places import Evidence
from queries.auditing.english import named, table_in_english, unit
from queries.auditing.rules import rules
from queries.auditing.signal import Audit, Audited, Side, Signal
from queries.auditing.suspects import Suspect, numbers, suspects
from queries.exchange import as_json

VERSION = 1


def audit_json(audit: Audit) -> str:
    """The documents with how often they were compared, the rules that found anything, the signals, the tallies.

    The signals stand document by document, the gravest first. Values, gaps and tolerances are in `unit`; a side without
    a value compares words, and one without places is missing where the rule wants it. Suspects are figures that several
    signals want to be one and the same other figure; `signals` are the positions of these, from 0.
    """
    found = {one.rule for one in audit.signals}
    told = {
        "version": VERSION,
        "documents": [_document(one, audit) for one in audit.disclosures],
        "rules": {name: {"zh": rule.zh, "en": rule.en} for name, rule in rules().items() if name in found},
        "suspects": [_suspect(one, audit) for one in suspects(audit.signals)],
        "signals": [_signal(one) for one in audit.signals],
        "tallies": [
            {"file": one.file, "rule": one.rule, "checked": one.checked, "equal": one.equal, "rounding": one.rounding}
            for one in audit.tallies
        ],
    }
    return as_json(told)


def _document(one: Audited, audit: Audit) -> dict[str, Any]:
    tallies = [tally for tally in audit.tallies if tally.file == one.file]
    return {
        "file": one.file,
        "sha256": list(one.sha256),
        "body": one.body,
        "year": one.year,
        "checked": sum(tally.checked for tally in tallies),
        "equal": sum(tally.equal for tally in tallies),
        "rounding": sum(tally.rounding for tally in tallies),
        "signals": sum(signal.file == one.file for signal in audit.signals),
    }


def _suspect(one: Suspect, audit: Audit) -> dict[str, Any]:
    return {
        "file": one.place.file,
        "place": _place(one.place),
        "printed": one.printed,
        "implied": one.implied,
        "unit": one.unit,
        "signals": [number - 1 for number in numbers(one, audit.signals)],
    }


def _signal(one: Signal) -> dict[str, Any]:
    return {
        "rule": one.rule,
        "severity": one.severity,
        "class": one.kind,
        "file": one.file,
        "body": one.body,
        "year": one.year,
        "zh": one.zh,
        "en": one.en,
        "left": _side(one.left),
        "right": _side(one.right),
        "gap": one.gap,
        "tolerance": one.tolerance,
        "unit": one.unit,
        "unit_en": unit(one.unit),
    }


def _side(side: Side) -> dict[str, Any]:
    return {
        "name": side.name,
        "name_en": named(side.name),
        "value": side.value,
        "places": [_place(one) for one in side.places],
    }


def _place(one: Evidence) -> dict[str, Any]:
    return {
        "file": one.file,
        "sha256": one.sha256,
        "page": one.page,
        "line": one.line,
        "table": one.table,
        "table_en": table_in_english(one.table) if one.table else None,
        "row": one.row,
        "column": one.column,
        "words": one.words,
        "bbox": [float(edge) for edge in one.bbox.split(",")] if one.bbox else None,
        "iri": one.iri,
    }
