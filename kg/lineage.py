"""The lineage as a NetworkX graph: what money, documents, bodies, projects and targets have to do with each other.

Built anew from the store on every call, in a fixed order; nothing is written. Edges read `from relation to`.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import networkx as nx
from pyoxigraph import NamedNode, Store

from kg import iris
from kg.origins import CENTRAL, division_at, line_of
from kg.places import Evidence, position
from kg.reading import Row, grouped, node, read, text
from ontology.divisions import divisions
from ontology.terms import BL, label

# Predicates of links and what they are called here; `has_target` is read from the project.
RELATIONS = {
    BL.issuer: "issued_by",
    BL.originLevel: "originates_from",
    BL.relayedFor: "relayed_by",
    BL.programme: "part_of_programme",
    BL.feeds: "feeds",
    BL.fromParty: "allocated_from",
    BL.functionalSubject: "budgeted_under_subject",
    BL.targetOf: "has_target",
    BL.evaluationOf: "evaluated_by",
    BL.evaluatedForm: "evaluated_by",
    BL.outcomeOf: "came_to",
    BL.continues: "continues",
    BL.succeeds: "succeeds",
    BL.underDocument: "issued_under",
}
_BACKWARDS = {BL.targetOf, BL.evaluationOf, BL.evaluatedForm, BL.outcomeOf}
"""Links that are told from their object: the promise leads to what came of it."""

Rows = Callable[[str], list[Row]]
"""Gives the rows of `kg/rules/lineage_{name}.rq`, those of the whole store or of a part of it."""

Attributes = Mapping[str, Any]
"""What is known of a node: see `lineage`."""

_KINDS = {BL.Allocation: "allocation", BL.CarryOver: "carry_over", BL.OnwardGrant: "onward_grant"}


@dataclass(frozen=True, slots=True)
class Edge:
    """`start relation end` by IRIs, with its grade, its rule where one concluded it, the addresses of its evidence."""

    start: str
    relation: str
    end: str
    evidence: tuple[str, ...]
    grade: str = "stated"
    rule: str | None = None


Places = Callable[[Collection[str]], Mapping[str, Evidence]]
"""Gives the evidence at each of some addresses, as far as there is some."""


def lineage(store: Store) -> "nx.MultiDiGraph[str]":
    """The whole lineage, keyed by IRI.

    Nodes have `kind` (origin, body, document, programme, project, allocation, carry_over, onward_grant, subject,
    target, indicator, evaluation, outcome), `label` (Chinese), `year`, `level` (central, province, prefecture, county),
    `amount` (exact Decimal of yuan), `amount_type` (issued, budgeted, carried_over, executed, kpi), `printed`
    (`7.38 万元`) and `grade`; what does not apply is None. Edges have `relation`, `grade` (stated, derived, candidate),
    `rule` (None where stated) and `evidence`, a tuple of Evidence.
    """

    def rows(name: str) -> list[Row]:
        return read(store, f"lineage_{name}")

    found = joined(*nodes_and_edges(rows))
    places = places_of(rows("places"))
    cite(found, lambda addresses: places)
    return found


def nodes_and_edges(rows: Rows) -> tuple[dict[str, Attributes], list[Edge]]:
    """Nodes by their IRIs, but for the origins, and edges: what the rows of `kg/rules/lineage_*.rq` tell."""
    return {start.value: attributes for start, attributes in _nodes(rows)}, list(_edges(rows))


def joined(
    nodes: Mapping[str, Attributes], edges: Iterable[Edge], alone: Collection[str] = ()
) -> "nx.MultiDiGraph[str]":
    """The lineage that nodes and edges make up, and the origins that they come from.

    Edges that lead to or from no node are left out, and nodes without edges, but for those that may stand `alone`.
    The evidence of edges is its addresses, in order, until `cite` puts it there.
    """
    begun = [edge for edge in edges if edge.start in nodes]
    origins = {edge.end for edge in begun if edge.relation == "originates_from"}
    known = dict(nodes) | {origin: _origin(origin) for origin in origins}
    held = [edge for edge in begun if edge.end in known]
    touched = {end for edge in held for end in (edge.start, edge.end)}.union(alone)
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    graph.add_nodes_from((iri, known[iri]) for iri in sorted(known) if iri in touched)
    for edge in sorted(held, key=lambda edge: (edge.start, edge.relation, edge.end, edge.grade, edge.rule or "")):
        attributes = {"relation": edge.relation, "grade": edge.grade, "rule": edge.rule, "evidence": edge.evidence}
        graph.add_edge(edge.start, edge.end, **attributes)
    return graph


def cite(graph: "nx.MultiDiGraph[str]", places: Places) -> None:
    """Puts the evidence itself where `joined` left its addresses, as far as `places` has it."""
    edges = [data for *_, data in graph.edges(data=True)]
    found = places({place for data in edges for place in data["evidence"]})
    for data in edges:
        cited = (found[place] for place in data["evidence"] if place in found)
        data["evidence"] = tuple(sorted(cited, key=position))


def _nodes(rows: Rows) -> Iterator[tuple[NamedNode, dict[str, Any]]]:
    for row in rows("bodies"):
        yield node(row, "node"), _attributes("body", text(row, "label"), level=_level(row))
    for row in rows("documents"):
        yield (
            node(row, "node"),
            _attributes("document", text(row, "label"), year=_number(row, "year"), level=_level(row)),
        )
    for row in rows("programmes"):
        place = line_of(iris.division_code(node(row, "node")))
        level = place[0].level if place else None
        yield node(row, "node"), _attributes("programme", text(row, "label"), level=level, grade="derived")
    for row in rows("subjects"):
        yield node(row, "node"), _attributes("subject", f"{text(row, 'code')} {text(row, 'label')}")
    yield from _projects(rows)
    for uses in grouped(rows("flows"), "node").values():
        yield node(uses[0], "node"), _flow(uses[0])
    for uses in grouped(rows("targets"), "node").values():
        yield node(uses[0], "node"), _target(uses[0])
    for uses in grouped(rows("indicators"), "node").values():
        name = f"{text(uses[0], 'label')} {text(uses[0], 'words')}".strip()
        yield node(uses[0], "node"), _attributes("indicator", name, year=_number(uses[0], "year"))
    yield from _achieved(rows)


def _achieved(rows: Rows) -> Iterator[tuple[NamedNode, dict[str, Any]]]:
    """Self-evaluations with what was spent, and what they say came of indicators."""
    for uses in grouped(rows("evaluations"), "node").values():
        yield node(uses[0], "node"), _evaluation(uses[0])
    for uses in grouped(rows("outcomes"), "node").values():
        name = f"{text(uses[0], 'label')} {text(uses[0], 'words')}".strip()
        yield node(uses[0], "node"), _attributes("outcome", name, year=_number(uses[0], "year"))


def _projects(rows: Rows) -> Iterator[tuple[NamedNode, dict[str, Any]]]:
    lines_of = grouped(rows("project_lines"), "node")
    for uses in grouped(rows("projects"), "node").values():
        row = uses[0]
        lines = [line[0] for line in grouped(lines_of.get((row["node"],), []), "line").values()]
        year, level = _number(row, "year"), _level_of_body(row)
        yield node(row, "node"), _attributes("project", text(row, "label"), year=year, level=level, **_together(lines))


def _together(lines: list[Row]) -> dict[str, Any]:
    """The money of a project: as printed where it has one line, the sum of several."""
    if len(lines) < 2:
        return _money(lines[0]) if lines else {}
    return {
        "amount": sum((Decimal(text(line, "amount")) for line in lines), Decimal(0)),
        "amount_type": _type(lines[0]),
    }


def _flow(row: Row) -> dict[str, Any]:
    kind = _KINDS[node(row, "kind")]
    labels = {
        "allocation": f"{text(row, 'year')} 年下达",
        "carry_over": f"{text(row, 'from')} 年结转到 {text(row, 'year')} 年",
        "onward_grant": text(row, "item"),
    }
    level = None if kind == "onward_grant" else _level_of_body(row)
    return _attributes(kind, labels[kind], year=_number(row, "year"), level=level, **_money(row))


def _target(row: Row) -> dict[str, Any]:
    name = "整体" if node(row, "scope").value.endswith("whole-body") else "项目支出"
    title = f"{text(row, 'year')} 年{name}绩效目标表"
    money = _money(row) | {"amount_type": "kpi"}
    return _attributes("target", title, year=_number(row, "year"), level=_level_of_body(row), **money)


def _evaluation(row: Row) -> dict[str, Any]:
    name = "整体" if node(row, "scope").value.endswith("whole-body") else "项目支出"
    score = f" {text(row, 'score')} 分" if "score" in row else ""
    title = f"{text(row, 'year')} 年{name}绩效自评{score}".strip()
    money = _money(row) | {"amount_type": "executed"} if "amount" in row else {}
    return _attributes("evaluation", title, year=_number(row, "year"), level=_level_of_body(row), **money)


def _origin(origin: str) -> dict[str, Any]:
    division = divisions()[origin.rpartition("/")[2]]
    return _attributes("origin", division.name, level=division.level, grade="derived")


def _edges(rows: Rows) -> Iterator[Edge]:
    for (project, body), uses in grouped(rows("projects"), "node", "body").items():
        yield from _edge(project, "carried_by", body, uses)
    for (project, subject), uses in grouped(rows("project_lines"), "node", "subject").items():
        yield from _edge(project, "budgeted_under_subject", subject, uses)
    flows = rows("flows")
    for name, relation in (("document", "issued_under"), ("body", "allocated_to"), ("project", "for_project")):
        for (flow, end), uses in grouped(flows, "node", name).items():
            yield from _edge(flow, relation, end, uses)
    for (flow, subject), uses in grouped(rows("flow_subjects"), "node", "subject").items():
        yield from _edge(flow, "budgeted_under_subject", subject, uses)
    for uses in grouped(rows("targets"), "node").values():
        whole = node(uses[0], "scope").value.endswith("whole-body")
        yield from _edge(uses[0].get("body" if whole else "of"), "has_target", uses[0].get("node"), uses)
    for (target, indicator), uses in grouped(rows("indicators"), "target", "node").items():
        yield from _edge(target, "has_indicator", indicator, uses)
    for (project, evaluation), uses in grouped(rows("evaluations"), "of", "node").items():
        yield from _edge(project, "evaluated_by", evaluation, uses)
    for (evaluation, outcome), uses in grouped(rows("outcomes"), "evaluation", "node").items():
        yield from _edge(evaluation, "has_outcome", outcome, uses)
    yield from _linked(rows)


def _linked(rows: Rows) -> Iterator[Edge]:
    links = rows("links")
    issuers = {node(row, "node"): node(row, "object") for row in links if row["predicate"] == BL.issuer}
    for uses in grouped(links, "node", "predicate", "object", "rule").values():
        start, predicate, end = (node(uses[0], name) for name in ("node", "predicate", "object"))
        if predicate in _BACKWARDS:
            start, end = end, start
        origin = _origin_of(issuers.get(start), end) if predicate == BL.originLevel else end
        if predicate in RELATIONS:
            grade = text(uses[0], "grade").rpartition("/")[2]
            yield from _edge(start, RELATIONS[predicate], origin, uses, grade, text(uses[0], "rule"))


def _origin_of(issuer: NamedNode | None, level: NamedNode) -> NamedNode | None:
    """The division whose money a document passes on: that of its issuer at the level, None where none is known."""
    name = level.value.rpartition("/")[2]
    found = divisions()[CENTRAL] if name == "central" else division_at(issuer, name) if issuer is not None else None
    return iris.division(found.code) if found else None


def _edge(
    start: object, relation: str, end: object, uses: Iterable[Row], grade: str = "stated", rule: str | None = None
) -> Iterator[Edge]:
    if isinstance(start, NamedNode) and isinstance(end, NamedNode):
        evidence = {place.value for row in uses if isinstance(place := row.get("evidence"), NamedNode)}
        yield Edge(start.value, relation, end.value, tuple(sorted(evidence)), grade, rule)


def _attributes(kind: str, label_: str, **known: Any) -> dict[str, Any]:
    nothing = dict.fromkeys(("year", "level", "amount", "amount_type", "printed"))
    return {"kind": kind, "label": label_} | nothing | {"grade": "stated"} | known


def _money(row: Row) -> dict[str, Any]:
    unit = (label(node(row, "unit")) or "") if "unit" in row else ""
    printed = f"{text(row, 'printed')} {unit}".strip()
    amount = Decimal(text(row, "amount")) if "amount" in row else None
    return {"amount": amount, "amount_type": _type(row), "printed": printed or None}


def _type(row: Row) -> str | None:
    return text(row, "type").rpartition("/")[2].replace("-", "_") or None


def _number(row: Row, name: str) -> int | None:
    return int(text(row, name)) if name in row else None


def _level(row: Row) -> str | None:
    return text(row, "level").rpartition("/")[2] or None


def _level_of_body(row: Row) -> str | None:
    line = line_of(iris.division_code(node(row, "body"))) if "body" in row else []
    return line[0].level if line else None


def places_of(rows: Iterable[Row]) -> dict[str, Evidence]:
    """The places that rows of `kg/rules/lineage_places.rq` tell of, by their addresses."""
    return {
        node(row, "node").value: Evidence(
            file=text(row, "file"),
            page=_number(row, "page"),
            line=_number(row, "line"),
            table=text(row, "table") or None,
            row=_number(row, "row"),
            column=_number(row, "column"),
            words=text(row, "words"),
            iri=node(row, "node").value,
        )
        for row in rows
    }
