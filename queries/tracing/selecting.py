"""What a trace is about: the projects that the matched things lead to, bounded, and all that belongs to them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pyoxigraph as ox

from kg.iris import fiscal_year
from ontology.terms import BL
from queries.reading import Reader, Row, code_of, integer
from queries.tracing.answer import COUNTED_SIDEWAYS, Counts, Match
from queries.tracing.claims import candidates_of
from queries.tracing.money import Money, money_of

_KINDS = ("body", "document", "programme", "recipient", "subject")
_BROAD = frozenset({"body", "subject", "indicator"})
_BESIDE = 5  # projects of the same programmes
_SPENDING = 20  # lines under a functional code
_LONGEST_CODE = 7


@dataclass(frozen=True, slots=True)
class Scope:
    """What a trace is about.

    `asked` are the projects asked for, newest first, `around` the same in other years, `possibly` those to which only a
    candidate leads; `beside` are projects of the same programmes, by the programme. `families` has all bodies with
    those that they succeed or are succeeded by, but not with those that were merged with them; `held` are disclosures
    by body and year. `broad` is what leads to very many projects; the forms of these and of a programme are told
    `briefly` where not all is wanted; `only` are the indicators asked for, where nothing else was. `forms` are those
    asked for that are about no project, the newest.
    """

    asked: tuple[str, ...]
    around: tuple[str, ...]
    possibly: tuple[str, ...]
    beside: Mapping[str, str]
    documents: tuple[str, ...]
    documents_asked: tuple[str, ...]
    spending: tuple[str, ...]
    families: Mapping[str, frozenset[str]]
    held: Mapping[tuple[str, int | None], list[str]]
    money: Money
    candidates: tuple[Row, ...]
    broad: bool
    briefly: bool
    only: frozenset[str]
    forms: tuple[str, ...]
    left_out: Counts

    @property
    def projects(self) -> tuple[str, ...]:
        """All the projects that are traced, those beside not among them."""
        return tuple(iri for iri in (*self.asked, *self.around, *self.possibly) if iri in self.money.projects)


def select(reader: Reader, matches: Iterable[Match], limit: int, *, candidates: bool) -> Scope:
    """What the matches lead to: at most `limit` projects (0: all), the newest, as many again of the years around."""
    found = list(matches)
    families = _families(reader, _of_kind(found, "body"))
    on_projects = _of_indicators(reader, found, "projects_of_indicator")
    on_forms = _of_indicators(reader, found, "forms_of_indicator")
    newest = newest_first(_asked(reader, found, set(families)) | {str(row["project"]) for row in on_projects})
    asked, more_projects = _first(newest, limit)
    around, more_years = _first(sorted(reader.all_found("projects_around", asked) - set(newest)), limit)
    money = money_of(reader, (*asked, *around))
    documents, more_documents = _documents(reader, found, money, limit)
    flows = [str(row["flow"]) for rows in money.flows.values() for row in rows]
    maybe = candidates_of(reader, (*asked, *around, *documents, *families, *flows))
    followed = maybe if candidates else []
    possibly = sorted(_led_to(reader, followed) - {*asked, *around})
    documents = sorted({*documents, *(str(row["object"]) for row in followed if "/id/doc/" in str(row["object"]))})
    money |= money_of(reader, possibly)
    beside, more_beside = _beside(reader, money, documents, _of_kind(found, "programme"))
    # of bodies whose projects are traced these tell what is spent
    spending, more_spending = _spending(reader, _of_kind(found, "subject"), () if newest else tuple(families))
    forms, more_forms = _first(_forms(reader, found, families, on_forms), limit)
    families |= _families(reader, {project.body for project in money.projects.values()} - families.keys())
    broad = any(match.kind in _BROAD for match in found)
    alone = all(match.kind == "indicator" for match in found)
    return Scope(
        asked=tuple(asked),
        around=tuple(around),
        possibly=tuple(possibly),
        beside=beside,
        documents=tuple(documents),
        documents_asked=tuple(sorted(_of_kind(found, "document"))),
        spending=tuple(spending),
        families=families,
        held=_held(reader, families),
        money=money | money_of(reader, beside),
        candidates=tuple(maybe),
        broad=broad,
        briefly=limit > 0 and (broad or bool(_of_kind(found, "programme"))),
        only=frozenset(str(row["indicator"]) for row in (*on_projects, *on_forms) if alone),
        forms=tuple(forms),
        left_out=Counts(
            projects=more_projects,
            years=more_years,
            documents=more_documents,
            sideways=more_beside,
            spending=more_spending,
            forms=more_forms,
        ),
    )


def _first(things: list[str], limit: int) -> tuple[list[str], int]:
    """The first so many, all for 0, and how many more there are."""
    return things[: limit or None], len(things[limit:]) if limit else 0


def _of_kind(matches: Iterable[Match], kind: str) -> set[str]:
    return {match.iri for match in matches if match.kind == kind}


def newest_first(stated: Iterable[str]) -> list[str]:
    """Projects or figures, those of the latest year first."""
    return sorted(set(stated), key=lambda iri: (-(fiscal_year(iri) or 0), iri))


def _asked(reader: Reader, matches: Iterable[Match], bodies: set[str]) -> set[str]:
    """The projects asked for, but for those of indicators."""
    found = list(matches)
    asked = _of_kind(found, "project") | reader.all_found("projects_of_issuer", bodies)
    for kind in _KINDS:
        things = bodies if kind == "body" else _of_kind(found, kind)
        things |= _subjects_below(reader, things) if kind == "subject" else set()
        asked |= reader.all_found(f"projects_of_{kind}", things)
    return asked


def _of_indicators(reader: Reader, matches: Iterable[Match], query: str) -> list[Row]:
    """All indicators of the names asked for with what a query finds that has them."""
    names = [ox.Literal(match.name) for match in matches if match.kind == "indicator"]
    return [row for name in names for row in reader.rows(query, name=name)]


def _forms(reader: Reader, matches: Iterable[Match], bodies: Iterable[str], on_forms: Iterable[Row]) -> list[str]:
    """The forms about no project that were asked for: by their name, their body or an indicator; the newest first."""
    found = _of_kind(matches, "form") | reader.all_found("forms_of_body", bodies)
    return newest_first(found | {str(row["form"]) for row in on_forms})


def _subjects_below(reader: Reader, subjects: set[str]) -> set[str]:
    """The functional subjects below those of three or five digits."""
    heads = tuple(code for code in map(code_of, subjects) if code and len(code) < _LONGEST_CODE)
    rows = reader.rows("subjects") if heads else ()
    return {str(row["subject"]) for row in rows if str(row["code"]).startswith(heads)}


def _families(reader: Reader, bodies: Iterable[str]) -> dict[str, frozenset[str]]:
    """Each body and those that succeed it or that it succeeds, at whatever distance, with all of these together."""
    found = {body: {body} for body in bodies}
    for query in ("bodies_before", "bodies_after"):
        for body, others in reader.found(query, found).items():
            found[body].update(others)
    families: dict[str, frozenset[str]] = {}
    for family in sorted(found.values(), key=len):
        families |= dict.fromkeys(family, frozenset(family))
    return families | {body: frozenset(family) for body, family in found.items()}


def _documents(reader: Reader, matches: list[Match], money: Money, limit: int) -> tuple[list[str], int]:
    """The documents asked for, those under which money flows and, as far as the limit goes, others of a programme.

    The second number counts those of the programme that are left out.
    """
    flowing = {str(row["underDocument"]) for rows in money.flows.values() for row in rows if row["underDocument"]}
    wanted = _of_kind(matches, "document") | flowing
    programmes = _of_kind(matches, "programme")
    others = sorted(reader.all_found("documents_of_programme", programmes) - wanted)
    room = max(0, limit - len(wanted)) if limit else len(others)
    return sorted({*wanted, *others[:room]}), len(others[room:])


def _led_to(reader: Reader, candidates: Iterable[Row]) -> set[str]:
    """The projects at the ends of candidate links: themselves, as those of a flow, as those of a document's money."""
    rows = list(candidates)
    ends = {str(row[end]) for row in rows for end in ("subject", "object")}
    documents = {str(row["object"]) for row in rows if row["predicate"] == BL.underDocument.value}
    found = {end for end in ends if "/id/proj/" in end}
    found |= reader.all_found("flows_of_thing", {end for end in ends if "/id/flow/" in end})
    return found | reader.all_found("projects_of_document", documents)


def _beside(
    reader: Reader, money: Money, documents: Iterable[str], asked: set[str]
) -> tuple[dict[str, str], int]:  # fmt: skip
    """Other projects of the same programmes, the newest; how many more there are.

    Where a programme itself was asked for, its projects are in the trace already. Of a programme with very many
    projects none is given and not all are counted: it has to be asked for itself.
    """
    programmes = reader.all_found("programmes_of_document", documents)
    programmes |= {project.programme for project in money.projects.values() if project.programme}
    others: dict[str, str] = {}
    more = 0
    most = COUNTED_SIDEWAYS + len(money.projects)
    for programme, of in reader.found("projects_of_programme", programmes - asked, most).items():
        found = {project: programme for project in of if project not in money.projects}
        if len(found) < COUNTED_SIDEWAYS:
            others |= found
        else:
            more += COUNTED_SIDEWAYS
    newest, left_out = _first(newest_first(others), _BESIDE)
    return {iri: others[iri] for iri in newest}, left_out + more


def _spending(reader: Reader, subjects: Iterable[str], bodies: Iterable[str]) -> tuple[list[str], int]:
    """Lines of budgets under functional subjects or of bodies, the newest; how many more there are."""
    asked = {"spending_of_subject": subjects, "priors_of_subject": subjects, "spending_of_body": bodies}
    return _first(newest_first(line for query, of in asked.items() for line in reader.all_found(query, of)), _SPENDING)


def _held(reader: Reader, bodies: Iterable[str]) -> dict[tuple[str, int | None], list[str]]:
    """The disclosures that are held, by body and year."""
    found: dict[tuple[str, int | None], list[str]] = {}
    for row in reader.rows_of("disclosures_of_body", bodies):
        found.setdefault((str(row["body"]), integer(row["year"])), []).append(str(row["disclosure"]))
    return found
