"""All that the graph says about some projects, asked kind by kind for all of them at once."""

from collections.abc import Iterable
from dataclasses import dataclass

from ontology.terms import BL
from queries.answers import Value
from queries.reading import Grouped, Reader, Row, grouped
from queries.tracing.answer import Evidence

ACROSS = {BL.continues.value: "continues", BL.succeeds.value: "succeeds"}
UPSTREAM = {
    BL.originLevel.value: "origin",
    BL.relayedFor.value: "relay",
    BL.issuer.value: "issue",
    BL.programme.value: "programme",
}

_TOTAL = "/role/col-total"
_SIBLINGS = 16  # other projects of a body in a year that are looked at
_SIBLINGS_PLACED = 10  # of which the places are read


@dataclass(frozen=True, slots=True)
class Gathered:
    """Rows of the tracer's queries by the thing that they are about, names of things, and where they are printed."""

    projects: dict[str, Row]
    flows: Grouped
    lines: Grouped
    parts: Grouped
    grants: Grouped
    forms: Grouped
    indicators: Grouped
    conflicts: Grouped
    sides: Grouped
    siblings: dict[tuple[str, Value], list[Row]]
    more_siblings: dict[tuple[str, Value], int]
    claims: Grouped
    checks: Grouped
    labels: dict[str, str]
    places: dict[str, tuple[Evidence, ...]]

    def label(self, thing: str) -> str:
        """The name of a thing; the end of its address where it has none."""
        return self.labels.get(thing) or thing.rsplit("/", 1)[-1]

    def evidence(self, *things: str | None) -> tuple[Evidence, ...]:
        """Where the things are printed, each place once, in the order of files and pages."""
        found = {place for thing in things if thing for place in self.places.get(thing, ())}
        return tuple(
            sorted(found, key=lambda place: (place.file, place.page or 0, place.line or 0, place.row or 0, str(place)))
        )


def gather(
    reader: Reader,
    projects: Iterable[str],
    documents: Iterable[str],
    bodies: Iterable[str],
    *,
    siblings: bool,
    extra: Iterable[Row] = (),
    flowing: Iterable[Row] = (),
    only: frozenset[str] = frozenset(),
) -> Gathered:
    """What is said about projects, documents and bodies; other lines of the same years and bodies where wanted.

    `extra` are further claims whose names and places are wanted, too, `flowing` flows that are known already; `only`
    are the names of the indicators wanted, all where it is empty.
    """
    about = {str(row["project"]): row for row in reader.rows_of("project", projects)}
    known = grouped(flowing, "project")
    flows = known | dict(reader.grouped("flows_of_project", "project", about.keys() - known.keys()))
    lines = reader.rows_of("lines_of_project", about)
    grants = reader.grouped("grants_of_project", "project", about)
    forms = reader.grouped("targets_of_project", "project", about)
    beside, more = _siblings(reader, about, lines) if siblings else ({}, {})
    held = _disclosures(reader, about)
    of_flows = _ids(flows, "flow")
    of_forms = _ids(forms, "target")
    wanted = [row for row in reader.rows_of("indicators_of_target", of_forms) if not only or str(row["name"]) in only]
    indicators = grouped(wanted, "target")
    of_lines = [str(row["line"]) for row in lines]
    conflicts = _conflicts(reader, about, lines, forms)
    things = {*about, *documents, *bodies, *of_flows, *of_forms}
    claims = reader.grouped("claims_from", "subject", things)
    claimed = [row for rows in claims.values() for row in rows] + list(extra)
    named = {*documents, *bodies, *(str(row[end]) for row in claimed for end in ("subject", "object") if row[end])}
    named |= {str(row["document"]) for rows in flows.values() for row in rows if row["document"]}
    proofs = {*of_flows, *_ids(grants, "grant"), *of_forms, *_ids(indicators, "indicator"), *of_lines}
    proofs |= {str(row["line"]) for rows in beside.values() for row in rows[:_SIBLINGS_PLACED]}
    proofs |= {*_ids(conflicts, "conflict"), *(str(row["claim"]) for row in claimed)}
    return Gathered(
        projects=about,
        flows=flows,
        lines=grouped((row for row in lines if str(row["role"]).endswith(_TOTAL)), "project"),
        parts=grouped((row for row in lines if not str(row["role"]).endswith(_TOTAL)), "project"),
        grants=grants,
        forms=forms,
        indicators=indicators,
        conflicts=conflicts,
        sides=reader.grouped("conflict_sides", "conflict", _ids(conflicts, "conflict")),
        siblings=beside,
        more_siblings=more,
        claims=claims,
        checks=reader.grouped("checks_of", "thing", {*of_flows, *held}),
        labels=names_of(reader, named) | _titles(about, flows, held),
        places=places_of(reader, proofs),
    )


def lean(reader: Reader, projects: Iterable[str]) -> Gathered:
    """Projects and their money alone."""
    about = {str(row["project"]): row for row in reader.rows_of("project", projects)}
    flows = reader.grouped("flows_of_project", "project", about)
    lines = [row for row in reader.rows_of("lines_of_project", about) if str(row["role"]).endswith(_TOTAL)]
    documents = {str(row["document"]) for rows in flows.values() for row in rows if row["document"]}
    proofs = {*_ids(flows, "flow"), *(str(row["line"]) for row in lines)}
    nothing: Grouped = {}
    return Gathered(
        about, flows, grouped(lines, "project"), nothing, nothing, nothing, nothing, nothing, nothing, {}, {}, nothing,
        nothing, names_of(reader, documents), places_of(reader, proofs),
    )  # fmt: skip


def names_of(reader: Reader, things: Iterable[str]) -> dict[str, str]:
    """The names of things, the first of several."""
    found: dict[str, str] = {}
    for row in reader.rows_of("labels", things):
        found.setdefault(str(row["thing"]), str(row["name"]))
    return found


def places_of(reader: Reader, things: Iterable[str]) -> dict[str, tuple[Evidence, ...]]:
    """Where each of the things is printed."""
    pairs = reader.rows_of("evidence", things)
    said: dict[str, dict[str, Value]] = {}
    for row in reader.rows_of("places", {str(row["evidence"]) for row in pairs}):
        said.setdefault(str(row["evidence"]), {})[str(row["property"])] = row["value"]
    files = {str(found[BL.inFile.value]) for found in said.values() if BL.inFile.value in found}
    names = {str(row["document"]): (str(row["file"]), str(row["sha256"])) for row in reader.rows_of("files", files)}
    found = {place: _place(place, of, names) for place, of in said.items() if str(of.get(BL.inFile.value)) in names}
    places: dict[str, list[Evidence]] = {}
    for row in pairs:
        if str(row["evidence"]) in found:
            places.setdefault(str(row["thing"]), []).append(found[str(row["evidence"])])
    return {thing: tuple(where) for thing, where in places.items()}


def _place(iri: str, of: dict[str, Value], names: dict[str, tuple[str, str]]) -> Evidence:
    file, sha256 = names[str(of[BL.inFile.value])]
    page, line, row, column = (
        _number(of.get(term.value)) for term in (BL.page, BL.lineStart, BL.rowIndex, BL.columnIndex)
    )
    table, words, box = (_text(of.get(term.value)) for term in (BL.tableTitle, BL.verbatim, BL.bbox))
    return Evidence(file, page, line, table, row, column, words or "", iri, sha256, box or "")


def _siblings(
    reader: Reader, about: dict[str, Row], lines: Iterable[Row]
) -> tuple[dict[tuple[str, Value], list[Row]], dict[tuple[str, Value], int]]:
    """Lines of the projects of each body and year on the same subjects; how many projects are not looked at."""
    codes: dict[tuple[str, Value], set[Value]] = {}
    for row in lines:
        of = about[str(row["project"])]
        codes.setdefault((str(of["body"]), of["year"]), set()).add(row["code"])
    wanted = {(str(row["body"]), row["year"]) for row in about.values()}
    of_year: dict[tuple[str, Value], list[str]] = {}
    for row in reader.rows_of("projects_of_body", {body for body, _ in wanted}):
        if (str(row["body"]), row["year"]) in wanted:
            of_year.setdefault((str(row["body"]), row["year"]), []).append(str(row["project"]))
    read = {key: sorted(projects)[:_SIBLINGS] for key, projects in of_year.items()}
    others = {project for projects in read.values() for project in projects}
    theirs = reader.grouped("lines_of_project", "project", others)
    found: dict[tuple[str, Value], list[Row]] = {
        key: [
            row
            for project in projects
            for row in theirs.get(project, [])
            if str(row["role"]).endswith(_TOTAL)
            and str(row["view"]).endswith("general_budget_project")
            and row["code"] in codes.get(key, ())
        ]
        for key, projects in read.items()
    }
    return found, {key: len(of_year[key]) - len(projects) for key, projects in read.items()}


def _conflicts(reader: Reader, about: dict[str, Row], lines: Iterable[Row], forms: Grouped) -> dict[str, list[Row]]:
    """Conflicts by project, whether they name it, a line of it or a form of it."""
    whose = {project: project for project in about}
    whose |= {str(row["line"]): str(row["project"]) for row in lines}
    whose |= {str(row["target"]): project for project, found in forms.items() for row in found}
    asked = [*reader.rows_of("conflicts_of_project", about), *reader.rows_of("conflicts_of_side", whose)]
    found: dict[str, dict[str, Row]] = {}
    for row in asked:
        found.setdefault(whose[str(row["thing"])], {})[str(row["conflict"])] = row
    return {project: [of[key] for key in sorted(of)] for project, of in found.items()}


def _disclosures(reader: Reader, about: dict[str, Row]) -> dict[str, tuple[str, Value]]:
    """The disclosures of the bodies and years concerned."""
    wanted = {(str(row["body"]), row["year"]) for row in about.values()}
    rows = reader.rows_of("disclosures_of_body", {body for body, _ in wanted})
    found = {str(row["disclosure"]): (str(row["body"]), row["year"]) for row in rows}
    return {disclosure: key for disclosure, key in found.items() if key in wanted}


def _titles(about: dict[str, Row], flows: Grouped, held: dict[str, tuple[str, Value]]) -> dict[str, str]:
    """What flows and disclosures are called: by their project, by body and year."""
    bodies = {str(row["body"]): str(row["bodyName"] or row["body"]) for row in about.values()}
    found = {disclosure: f"{year} {bodies[body]}" for disclosure, (body, year) in held.items()}
    return found | {str(row["flow"]): str(about[project]["name"]) for project, rows in flows.items() for row in rows}


def _ids(rows: Grouped, column: str) -> list[str]:
    return [str(row[column]) for found in rows.values() for row in found]


def _number(value: Value) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _text(value: Value) -> str | None:
    return None if value is None else str(value)
