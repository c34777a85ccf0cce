"""The SHACL rules of the ontology on a graph: errors are bugs of ours and stop a build, warnings describe documents."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from pyoxigraph import NamedNode, Quad, QuerySolution, QuerySolutions, Store, Triple

from kg.registry import registry
from kg.remote import RemoteStore
from kg.shapes import Constraint, Severity, constraints
from ontology.errors import CaimaiError
from ontology.terms import BL, vocabulary

_VARIABLE = re.compile(r"\{\?(\w+)\}")
_MOST = 5  # breaches of one rule that a refusal names


@dataclass(frozen=True, slots=True)
class Violation:
    """A rule (`S07`), its severity, the thing that breaks it, and what it says in Chinese and English.

    `place` says where the thing is printed, as far as its graph tells: `p.7 表3 row 4 「1,23」`.
    """

    rule: str
    severity: Severity
    thing: str
    zh: str
    en: str
    place: str = ""


class BrokenRules(CaimaiError):
    """What is derived from documents breaks rules whose break is an error: a fault of ours, told in full."""

    def __init__(self, found: Sequence[Violation]) -> None:
        self.violations = tuple(found)
        told = "\n".join(f"  {line}" for language in ("zh", "en") for line in shown(found, language))
        super().__init__(
            "推得的关系有误，未写入；已读的文件都在图中，推得的部分仍是上次的（可用 decisions.toml 否决有误的关系）\n"
            "what is derived breaks the rules and was not written; the documents read are in the graph, what is derived"
            f" is that of the last build (decisions.toml can reject a wrong link)\n{told}"
        )


def violations(store: Store) -> list[Violation]:
    """What breaks the rules of `ontology/shapes.ttl` in the union of all graphs: errors first, in a fixed order.

    Takes a second for some hundred thousand quads; a graph on a server is copied into memory first.
    """
    return _violations(_here(store), constraints())


def violations_of_document(stated: Iterable[Quad]) -> list[Violation]:
    """What breaks the rules in what the files of one disclosure state, with where it is printed: errors first.

    Identities (bodies, codes that the lists lack) are described as these files alone would have them.
    """
    alone = Store()
    alone.extend(stated)
    alone.extend(_placed(registry(alone, ())))
    return _violations(_with_vocabulary(alone), constraints())


def errors_of_derived(derived: Iterable[Quad], store: Store) -> list[Violation]:
    """The errors in graphs that are about to be derived from a store, by what documents state of the money in them."""
    alone = Store()
    alone.extend(derived)
    money = {end for quad in alone.quads_for_pattern(None, BL.feeds, None) for end in (quad.subject, quad.object)}
    alone.extend(quad for flow in money for quad in _about(store, flow))  # type: ignore[arg-type]
    return _violations(_with_vocabulary(alone), [each for each in constraints() if each.severity == "error"])


def shown(found: Iterable[Violation], language: str) -> Iterator[str]:
    """The violations in words, a line each: rule, what is said, the thing, where it is printed; the first of each."""
    seen: dict[str, int] = {}
    for one in found:
        seen[one.rule] = seen.get(one.rule, 0) + 1
        if seen[one.rule] <= _MOST:
            said = one.zh if language == "zh" else one.en
            yield " · ".join(part for part in (f"{one.rule} {said}", one.thing, one.place) if part)
    for rule, count in seen.items():
        if count > _MOST:
            yield f"{rule} … +{count - _MOST}"


def _here(store: Store) -> Store:
    if not isinstance(store, RemoteStore):
        return store
    copy = Store()
    copy.bulk_extend(store)
    return copy


def _with_vocabulary(alone: Store) -> Store:
    """The graph in memory, and the part of the vocabulary that it uses."""
    known = _vocabulary()
    alone.extend(_placed(triple for used in {quad.object for quad in alone} for triple in known.get(used, ())))
    return alone


def _violations(store: Store, wanted: Iterable[Constraint]) -> list[Violation]:
    about = cache(lambda predicate, kind: any(store.quads_for_pattern(None, predicate, kind, None)))
    some = (each for each in wanted if about(*each.about))
    found = {_violation(store, each, row) for each in some for row in _rows(store, each.query)}
    return sorted(found, key=lambda one: (one.severity, one.rule, one.thing, one.zh, one.en))


def _rows(store: Store, query: str) -> QuerySolutions:
    rows = store.query(query, use_default_graph_as_union=True)
    assert isinstance(rows, QuerySolutions), "constraints are SELECT queries"
    return rows


def _violation(store: Store, broken: Constraint, row: QuerySolution) -> Violation:
    thing = row["this"]
    zh, en = (_filled(text, row).removeprefix(broken.rule).strip() for text in (broken.zh, broken.en))
    return Violation(broken.rule, broken.severity, thing.value, zh, en, _printed(store, thing))


def _filled(text: str, row: QuerySolution) -> str:
    """The message with the values of the row in the places of its variables; `{?value}` is the thing."""
    return _VARIABLE.sub(lambda found: _value(row, "this" if found[1] == "value" else found[1]), text)


def _value(row: QuerySolution, name: str) -> str:
    value = row[name]
    return "" if value is None else value.value


def _printed(store: Store, thing: NamedNode) -> str:
    """Where a thing is printed: its first place, else the thing as a place itself."""
    places = [quad.object for quad in store.quads_for_pattern(thing, BL.evidence, None, None)]
    where = min((place for place in places if isinstance(place, NamedNode)), key=str, default=thing)
    about = {quad.predicate: " ".join(str(getattr(quad.object, "value", "")).split()) for quad in _about(store, where)}
    parts = (
        ("p.{}", BL.page), ("{}", BL.tableTitle), ("row {}", BL.rowIndex), ("column {}", BL.columnIndex),
        ("line {}", BL.lineStart), ("「{:.40}」", BL.verbatim),
    )  # fmt: skip
    return " ".join(form.format(about[name]) for form, name in parts if name in about)


def _about(store: Store, thing: NamedNode) -> Iterable[Quad]:
    return store.quads_for_pattern(thing, None, None, None)


@cache
def _vocabulary() -> dict[object, list[Triple]]:
    found: dict[object, list[Triple]] = {}
    for triple in vocabulary():
        found.setdefault(triple.subject, []).append(triple)
    return found


def _placed(triples: Iterable[Triple]) -> list[Quad]:
    return [Quad(triple.subject, triple.predicate, triple.object) for triple in triples]
