"""What to call things that print no name of their own: money flows, whole-body forms, duties, changes, statements."""

from collections.abc import Callable, Mapping, Sequence

import pyoxigraph as ox

from ontology.findings import told
from ontology.terms import BL
from viz.web.words import Say

_TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
_FLOWS = (BL.Allocation, BL.CarryOver, BL.OnwardGrant, BL.MoneyFlow)
_RESULT = ox.NamedNode("http://www.w3.org/ns/org#resultingOrganization")
_TEXTS = (BL.projectName, BL.outcomeName, BL.moneySource, BL.dutyText, BL.verbatim)
_LONGEST = 80

Name = Callable[[str], str]
_Said = Mapping[ox.NamedNode, Sequence[object]]


def described(store: ox.Store, iri: str, say: Say, name: Name, lang: str) -> str:
    """What a thing without a name says, in few words of `lang`; empty where nothing is known. `name` names others."""
    said: dict[ox.NamedNode, list[object]] = {}
    for quad in store.quads_for_pattern(ox.NamedNode(iri), None, None, None):
        said.setdefault(quad.predicate, []).append(quad.object)
    kinds = said.get(_TYPE, [])
    flow = next((kind for kind in _FLOWS if kind in kinds), None)
    if flow is not None:
        return _flow(said, flow, say, name)
    if BL.PerformanceTarget in kinds and not _text(said, BL.projectName):
        return _form(said, say, name)
    if BL.SelfEvaluation in kinds:
        return _evaluation(said, say, name)
    if BL.Disclosure in kinds:
        return _disclosure(said, say, name)
    if _iri(said, BL.formerlyAbout):
        return name(_iri(said, BL.formerlyAbout))
    if _iri(said, BL.absentView):
        return name(_iri(said, BL.absentView))
    if BL.SubjectReclassification in kinds:
        return f"{_text(said, BL.fromPath)} → {_text(said, BL.toPath)}"
    if BL.AgencyChange in kinds:
        parts = (_iri(said, _RESULT), _iri(said, BL.changeKind))
        return " · ".join(name(part) for part in parts if part)
    if BL.Finding in kinds:
        return _cut(told(_text(said, BL.message), lang))
    return _statement(said, name)


def _flow(said: _Said, kind: ox.NamedNode, say: Say, name: Name) -> str:
    """`2025年资金下达 7.38 万元（…项目）`."""
    unit, project = _iri(said, BL.statedUnit), _iri(said, BL.forProject)
    amount = f"{''.join(_text(said, BL.printedAmount).split())} {name(unit)}" if unit else ""
    sum_of_year = say("name.flow", _text(said, BL.fiscalYear), name(kind.value), amount).strip()
    return say("name.of_project", sum_of_year, name(project)) if project else sum_of_year


def _disclosure(said: _Said, say: Say, name: Name) -> str:
    body, phase = _iri(said, BL.disclosureOf), _iri(said, BL.budgetPhase)
    parts = name(body) if body else "", _text(said, BL.fiscalYear), name(phase) if phase else ""
    return say("name.disclosure", *parts).strip() if body else ""


def _form(said: _Said, say: Say, name: Name) -> str:
    body = _iri(said, BL.agency)
    return say("name.whole_form", name(body) if body else "", _text(said, BL.fiscalYear)).strip()


def _evaluation(said: _Said, say: Say, name: Name) -> str:
    body = _iri(said, BL.agency)
    whose = _text(said, BL.evaluatedName) or (name(body) if body else "")
    return say("name.evaluation", whose, _text(said, BL.fiscalYear)).strip()


def _statement(said: _Said, name: Name) -> str:
    """The item and column of a figure, the reason of a link, the project of a sentence, the words themselves."""
    if _text(said, BL.item):
        return " · ".join(part for part in (_text(said, BL.item), _text(said, BL.columnName)) if part)
    if _text(said, BL.rationale):
        return _text(said, BL.rationale)
    project, view = _iri(said, BL.project), _iri(said, BL.inView)
    if project and view:
        return f"{name(project)} · {name(view)}"
    found = next((_text(said, predicate) for predicate in _TEXTS if _text(said, predicate)), "")
    return _cut(found)


def _cut(words: str) -> str:
    return words if len(words) <= _LONGEST else f"{words[:_LONGEST]}…"


def _text(said: _Said, predicate: ox.NamedNode) -> str:
    found = (value for value in said.get(predicate, ()) if isinstance(value, ox.Literal))
    return next((" ".join(value.value.split()) for value in found), "")


def _iri(said: _Said, predicate: ox.NamedNode) -> str:
    return next((value.value for value in said.get(predicate, ()) if isinstance(value, ox.NamedNode)), "")
