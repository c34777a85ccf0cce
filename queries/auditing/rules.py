"""The rules of the audit: SPARQL files that say in words what they compare, and rules of words in `rules.toml`.

A rule is a file `queries/checks/ID.rq` that opens with comment lines:

    # zh: 收入总计等于支出总计
    # en: Total revenue equals total expenditure
    # severity: error
    # class: contradiction
    # compare: equal
    # unit: 万元
    # scope: document

`compare` says when the sides agree: `equal` (figures agree within rounding), `at_most` and `at_least` (left against
right, within rounding), `differ` (every row of the answer is a signal). `scope` is `document`, or `all` for rules that
look at other documents beside the one they speak of. `phase` is `any`, or `budget` for what final accounts need not
keep, whose revenue and expenditure differ. `explain: income` asks whether other lines of revenue come to the gap: then
something was counted elsewhere, a matter of definition; else the sides contradict each other. `rounding: told` makes a
note of each gap within rounding, also where a side is a sum. `unless: reason_in_text` leaves out rows whose `?what` the
running text gives a reason for. The query answers with
`?what`, `?left`, `?right`, their names and `?left_evidence`, `?right_evidence`: the addresses of places, blanks between
them. Amounts are in yuan.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal, cast

from queries.auditing.signal import Kind, Severity

Compare = Literal["equal", "at_most", "at_least", "differ", "words", "signals"]
_HEADER = re.compile(r"# (zh|en|severity|class|compare|unit|scope|phase|explain|rounding|unless|tell_zh|tell_en):(.*)")


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: `sparql` is empty for a rule of words, or on what other rules told (`signals`); `tell_zh`, `tell_en` are
    its sentences with `{blanks}`.

    `yields_to` are beginnings of the names of narrower rules: what one of these says of a figure is not said again.
    """

    name: str
    zh: str
    en: str
    severity: Severity
    kind: Kind
    compare: Compare
    unit: str
    scope: Literal["document", "all"]
    phase: Literal["any", "budget"]
    explain: str
    rounding: str
    unless: str
    tell_zh: str
    tell_en: str
    sparql: str = ""
    yields_to: tuple[str, ...] = ()


@cache
def rules() -> dict[str, Rule]:
    """All rules by name, in alphabetical order."""
    folder = files("queries").joinpath("checks")
    found = {
        path.name[:-3]: _rule(path.name[:-3], _header(text := path.read_text("utf-8")), text)
        for path in folder.iterdir()
        if path.name.endswith(".rq")
    }
    worded: dict[str, Mapping[str, Any]] = tomllib.loads(folder.joinpath("rules.toml").read_text("utf-8"))
    found |= {name: _rule(name, {"compare": "words", **header}, "") for name, header in worded.items()}
    return dict(sorted(found.items()))


def _header(sparql: str) -> dict[str, str]:
    return {match[1]: match[2].strip() for line in sparql.splitlines() if (match := _HEADER.fullmatch(line))}


def _rule(name: str, header: Mapping[str, Any], sparql: str) -> Rule:
    return Rule(
        name,
        header["zh"],
        header["en"],
        cast(Severity, header["severity"]),
        cast(Kind, header["class"]),
        cast(Compare, header.get("compare", "equal")),
        header.get("unit", "万元"),
        cast(Literal["document", "all"], header.get("scope", "document")),
        cast(Literal["any", "budget"], header.get("phase", "any")),
        header.get("explain", ""),
        header.get("rounding", ""),
        header.get("unless", ""),
        header.get("tell_zh", ""),
        header.get("tell_en", ""),
        sparql,
        tuple(header.get("yields_to", ())),
    )
