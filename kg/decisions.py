"""What people decided about candidate links: accepted ones are followed, rejected ones are not proposed again.

A decision is a table of a TOML file, replayed on every build:

    [[decision]]
    verdict = "accept"            # or "reject", also for a link that a rule derived
    subject = "flow:652325.…"     # an IRI, a prefixed name, a document number, or the full name of a body
    predicate = "bl:fromParty"
    object = "奇台县科学技术局"
    who = "财政处"
    when = 2026-03-01
    why = "机构改革方案写明"
"""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, Literal

from pyoxigraph import NamedNode

from kg import iris
from kg.links import Link
from kg.reasons import reason
from ontology.document_number import parse
from ontology.errors import CaimaiError
from ontology.terms import BL, prefixes

_FIELDS = ("verdict", "subject", "predicate", "object", "who", "when", "why")


class WrongDecision(CaimaiError):
    """A file of decisions that cannot be read, or an entry of it that says too little or contradicts another."""


@dataclass(frozen=True, slots=True)
class Decision:
    """`subject predicate object` was accepted or rejected, by whom, on which day, for which reason."""

    verdict: Literal["accept", "reject"]
    subject: NamedNode
    predicate: NamedNode
    object: NamedNode
    who: str
    when: date
    why: str

    @property
    def key(self) -> tuple[NamedNode, NamedNode, NamedNode]:
        """What was decided about."""
        return self.subject, self.predicate, self.object

    def __str__(self) -> str:
        named = " ".join(node.value.rpartition("/")[2] for node in self.key)
        return f"{self.verdict} {named} ({self.who}, {self.when})"


def decisions(path: str | Path) -> tuple[Decision, ...]:
    """The decisions of a file. Raises WrongDecision, with file and number of the entry, and for two about one link."""
    try:
        entries = tomllib.loads(Path(path).read_text(encoding="utf-8")).get("decision", [])
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise WrongDecision(f"{path}: {error}") from None
    found: dict[object, Decision] = {}
    for number, entry in enumerate(entries, 1):
        try:
            decision = _decision(entry)
        except (KeyError, ValueError, CaimaiError) as error:
            raise WrongDecision(f"{path}, decision {number}: {error}") from None
        if found.setdefault(decision.key, decision) is not decision:
            raise WrongDecision(f"{path}, decision {number}: decided before: {found[decision.key]}")
    return tuple(found.values())


def beside(store: str | Path, name: str = "decisions.toml") -> Path | None:
    """A file of settings of a store in a directory: the one so called next to the directory, None where none is."""
    path = Path(store).absolute().parent / name
    return path if "://" not in str(store) and str(store) != ":memory:" and path.is_file() else None


def settled(links: Iterable[Link], decided: Iterable[Decision]) -> list[Link]:
    """The links with what was decided about them; a rejected link is a candidate, whatever rule derived it."""
    known = {decision.key: decision for decision in decided}
    return [_settled(link, known.get((link.subject, link.predicate, link.object))) for link in links]


def without_effect(links: Iterable[Link], decided: Iterable[Decision]) -> list[str]:
    """The decisions that no longer apply, each with the reason: nothing proposes the link, or a rule derives it."""
    known = list(links)
    proposed = {(link.subject, link.predicate, link.object) for link in known}
    used = {(link.subject, link.predicate, link.object) for link in known if link.review}
    found = []
    for decision in decided:
        if decision.key not in proposed:
            found.append(f"{decision}: no rule proposes this any more")
        elif decision.key not in used:
            found.append(f"{decision}: a rule derives this by now")
    return found


def _settled(link: Link, decision: Decision | None) -> Link:
    if decision is None or (decision.verdict == "accept" and link.grade == "derived"):
        return link
    review: Literal["accepted", "rejected"] = "accepted" if decision.verdict == "accept" else "rejected"
    why = reason(review, reason=link.rationale, who=decision.who, when=decision.when, why=decision.why)
    return replace(link, grade="candidate", rationale=why, review=review)


def _decision(entry: dict[str, Any]) -> Decision:
    missing = [name for name in _FIELDS if not entry.get(name)]
    strange = sorted(set(entry) - set(_FIELDS))
    if missing or strange:
        raise ValueError("; ".join([*(f"{name} is missing" for name in missing), *(f"{name}?" for name in strange)]))
    if entry["verdict"] not in {"accept", "reject"}:
        raise ValueError(f"verdict is accept or reject, not {entry['verdict']!r}")
    if not isinstance(entry["when"], date):
        raise ValueError(f"when is a day like 2026-03-01, not {entry['when']!r}")
    predicate = BL[str(entry["predicate"]).removeprefix("bl:").removeprefix(BL.rule.value.removesuffix("rule"))]
    ends = [_node(str(entry[name])) for name in ("subject", "object")]
    return Decision(entry["verdict"], ends[0], predicate, ends[1], str(entry["who"]), entry["when"], str(entry["why"]))


def _node(text: str) -> NamedNode:
    """The node that an IRI, a prefixed name, a document number or the full name of a body stands for."""
    prefix, colon, rest = text.partition(":")
    if colon and prefix in prefixes():
        return NamedNode(prefixes()[prefix] + rest)
    if "://" in text:
        return NamedNode(text)
    number = parse(text)
    if number is not None:
        return iris.document(number)
    body = iris.body(text)
    if iris.division_code(body) == "_":
        raise ValueError(f"{text!r} is no IRI, prefixed name, document number or name of a body with its place")
    return body
