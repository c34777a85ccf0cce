"""Performance forms (整体绩效目标表, 项目支出绩效目标表) to facts: their money and goals, and every indicator."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from extract.document import Document, Table
from extract.outline import Section
from extract.performance.flattened import flattened_form
from extract.performance.indicators import finding, indicator_of, project_of
from extract.performance.model import Form, Head, Indicator, Note
from extract.performance.outcomes import EvaluationFacts, evaluation
from extract.performance.table_forms import table_forms
from extract.performance.terms import is_beside, is_page_number, terms, words
from extract.performance.told import Told, told_in
from extract.performance.values import iso_date, previous, weight
from ontology.errors import NotAnAmount
from ontology.facts import Finding, KpiFact, KpiTableFact, Scope
from ontology.findings import chained, said
from ontology.money import amount, half_width
from ontology.text import key

_MONEY = ("total", "fiscal", "other", "upper", "own", "carried", "whole", "whole_fiscal", "whole_other")
SCOPES: dict[str | None, Scope] = {"整体": "整体", "项目": "项目"}
EVALUATED: dict[str | None, Scope] = {"整体自评": "整体", "项目自评": "项目"}


def performance(document: Document, sections: Sequence[Section]) -> Iterator[KpiTableFact | KpiFact | EvaluationFacts]:
    """The facts of the performance forms among the sections (kind `form`, key 整体 or 项目), in printed order.

    A form gives one KpiTableFact and one KpiFact an indicator; a category without indicators gives nothing. A form
    with a column of actual values is a self-evaluation and gives the facts of one (`extract.performance.outcomes`),
    whatever its title; its cells are read where rules or tabs part them. What is not understood, or not beyond doubt,
    gives a Finding and no fact. Names and telephone numbers of persons are in no fact and in no source.
    """
    told = told_in(document)
    heads: list[Form] = []
    for section in sections:
        scope = SCOPES.get(section.key) or EVALUATED.get(section.key)
        if section.kind != "form" or scope is None:
            continue
        for form in _forms(told, section, scope):
            if form.evaluated:
                yield from evaluation(document, form, form.evaluated)
            else:
                heads.append(form)
                yield from _facts(document, form)
    yield from _unnamed(document, heads)


def _forms(told: Told, section: Section, scope: Scope) -> Iterator[Form]:
    if any(isinstance(block, Table) for block in section.blocks):
        return table_forms(section, scope)
    has_words = any(not (is_beside(line.text) or is_page_number(line.text)) for line in section.lines())
    if has_words and section.key in EVALUATED:
        unread = Note(section.heading[0], section.title, said("form_without_rules"))
        return iter([Form(scope, section.title, Head(section.heading[0], "", {}), (), (unread,))])
    if has_words:
        return iter([flattened_form(told, section, scope)])
    empty = Note(section.heading[0], section.title, said("empty_form"), "info")
    return iter([Form(scope, section.title, Head(section.heading[0], "", {}), (), (empty,))])


def _facts(document: Document, form: Form) -> Iterator[KpiTableFact | KpiFact | Finding]:
    for note in form.notes:
        yield finding(document, form, note)
    facts: list[KpiTableFact | KpiFact | Finding] = [*_head(document, form)]
    for indicator in form.indicators:
        facts += _indicator(document, form, indicator)
    yield from facts
    yield from _levels(document, form)
    yield from _checks(document, form, facts)


def _head(document: Document, form: Form) -> Iterator[KpiTableFact | Finding]:
    head = form.head
    money: dict[str, Decimal | None] = dict.fromkeys(_MONEY)
    if not head.values:
        return
    for field in _MONEY:
        printed = head.values.get(field)
        try:
            money[field] = amount(printed) if printed is not None else None
        except NotAnAmount as error:
            yield _about_head(document, form, said("amiss_in_head", what=error))
    if form.scope == "项目" and "project" not in head.values:
        yield _about_head(document, form, said("form_without_project"))
    yield KpiTableFact(
        source=document.source(head.place, text=head.text, table=form.title),
        grade="derived" if form.how else "stated",
        how=form.how,
        scope=form.scope,
        project=project_of(form),
        total=money["total"],
        fiscal=money["fiscal"],
        other=money["other"],
        upper=money["upper"],
        own=money["own"],
        unit=head.unit,
        goal=head.values.get("goal"),
        unit_printed=head.values.get("unit_printed"),
        carried=money["carried"],
        whole=money["whole"],
        whole_fiscal=money["whole_fiscal"],
        whole_other=money["whole_other"],
        supervisor=head.values.get("supervisor"),
        begins=iso_date(head.values.get("begins", "")),
        ends=iso_date(head.values.get("ends", "")),
    )


def _indicator(document: Document, form: Form, indicator: Indicator) -> Iterator[KpiFact | Finding]:
    stated, unread = indicator_of(document, form, indicator)
    yield from unread
    yield KpiFact(
        **stated,
        weight=weight(indicator.weight),
        basis=words(indicator.basis) or None,
        previous=previous(indicator.previous),
        scoring=words(indicator.rule) or None,
        proof=words(indicator.proof) or None,
    )


def _levels(document: Document, form: Form) -> Iterator[Finding]:
    """A finding for every name of a level that forms/performance.toml does not have; it is used as printed."""
    known: tuple[frozenset[str], frozenset[str]] = (terms().level1, terms().level2 | terms().further_level2)
    for number, names in enumerate(known):
        seen: set[str] = set()
        for indicator in form.indicators:
            name = (indicator.level1, indicator.level2)[number]
            if name and key(name) not in names and name not in seen:
                seen.add(name)
                yield _about(document, form, indicator, said("unknown_level", name=name, level=number + 1))


def _checks(document: Document, form: Form, facts: Sequence[KpiTableFact | KpiFact | Finding]) -> Iterator[Finding]:
    """Findings where the weights or the money of a form do not add up, which is how a lost row or figure shows."""
    points = sum((fact.weight for fact in facts if isinstance(fact, KpiFact) and fact.weight is not None), Decimal(0))
    if form.indicators and form.weighed and points not in terms().weights:
        expected = chained("either", [*map(str, sorted(terms().weights))])
        yield _about_head(document, form, said("weights_fail", sum=points, expected=expected))
    for head in (fact for fact in facts if isinstance(fact, KpiTableFact)):
        parts = [part for part in (head.fiscal, head.upper, head.own, head.other, head.carried) if part is not None]
        slack = sum(map(half_width, [*parts, *([head.total] if head.total is not None else [])]), Decimal(0))
        if head.total is not None and parts and abs(sum(parts) - head.total) > slack:
            yield _about_head(document, form, said("budget_fails", total=head.total, sum=sum(parts)))


def _unnamed(document: Document, forms: Sequence[Form]) -> Iterator[Finding]:
    """A finding for each form that names nobody in charge where other forms of the document do."""
    if any(form.head.in_charge for form in forms):
        for form in forms:
            if form.head.in_charge is False and (project := project_of(form)):
                message = f"{form.title}: {said('nobody_in_charge', project=project)}"
                yield finding(document, form, Note(form.head.place, form.head.text, message, "info"))


def _about_head(document: Document, form: Form, message: str) -> Finding:
    return finding(document, form, Note(form.head.place, form.head.text, message))


def _about(document: Document, form: Form, indicator: Indicator, message: str) -> Finding:
    return finding(document, form, Note(indicator.place, indicator.text, message))
