"""A printable page of an audit: one self-contained HTML file without scripts, document by document."""

import tomllib
from decimal import Decimal
from functools import cache
from itertools import groupby

import jinja2

from kg.places import Evidence
from ontology.money import YUAN_PER_UNIT
from queries.auditing.english import named, table_of, unit
from queries.auditing.excerpt import excerpt
from queries.auditing.rules import rules
from queries.auditing.signal import Audit
from queries.auditing.suspects import numbers, suspects
from viz.vocabulary import asset

_PLACES_SHOWN = 4
_WORDS_SHOWN = 110
_SEVERITIES = ("error", "warning", "info")


def audit_page(audit: Audit, lang: str = "zh") -> str:
    """The page as text to be written as UTF-8; the same audit gives the same bytes. `lang` is `zh` or `en`."""
    said = tomllib.loads(asset("audit.toml"))[lang]
    found = {file: list(some) for file, some in groupby(audit.signals, key=lambda signal: signal.file)}
    checked = {
        file: (
            sum(tally.checked for tally in audit.tallies if tally.file == file),
            sum(tally.equal + tally.rounding for tally in audit.tallies if tally.file == file),
        )
        for file in audit.documents
    }
    return _template().render(
        lang=lang, said=said, documents=audit.documents, found=found, checked=checked, rules=rules(),
        shown=_PLACES_SHOWN, place=lambda one: _place(one, said, lang), severities=_SEVERITIES,
        figure=lambda value, printed: _figure(value, unit(printed) if lang == "en" else printed),
        excerpt=lambda one, side: excerpt(one.words, side, _WORDS_SHOWN),
        name=lambda side: named(side.name) if lang == "en" else side.name,
        tolerance=lambda signal: f"{signal.tolerance:f}{unit(signal.unit) if lang == 'en' else signal.unit}",
        suspects=suspects, numbers=lambda one, some: ", ".join(map(str, numbers(one, some))),
        hashes={one.file: one.sha256 for one in audit.disclosures},
    )  # fmt: skip


def _place(one: Evidence, said: dict[str, str], lang: str) -> str:
    where = said["page"].format(one.page) if one.page else said["line"].format(one.line) if one.line else ""
    cell = said["cell"].format(one.row, one.column) if one.row and one.column else ""
    return " · ".join(part for part in (where, table_of(one, lang), cell) if part)


def _figure(value: Decimal | None, unit: str) -> str:
    """A figure as people write it, money with two decimals; empty for None."""
    if value is None:
        return ""
    return f"{value:,.2f}{unit}" if unit in YUAN_PER_UNIT else f"{value.normalize():f}{unit}"


@cache
def _template() -> jinja2.Template:
    loader = jinja2.PackageLoader("viz")
    environment = jinja2.Environment(loader=loader, autoescape=True, trim_blocks=True, lstrip_blocks=True)
    return environment.get_template("audit.html")
