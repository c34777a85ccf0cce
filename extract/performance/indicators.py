"""What performance forms and self-evaluations have in common: project, indicators, what is not understood."""

from dataclasses import replace
from typing import Any

from extract.document import Document
from extract.performance.model import Form, Indicator, Note
from extract.performance.values import target_of
from ontology.facts import Finding
from ontology.findings import said


def project_of(form: Form) -> str | None:
    """The project of a project form as its head names it."""
    return form.head.values.get("project") if form.scope == "项目" else None


def indicator_of(document: Document, form: Form, one: Indicator) -> tuple[dict[str, Any], list[Finding]]:
    """The fields of an `IndicatorFact`, and a finding where the target is not understood."""
    aimed = target_of(one.level3, one.target)
    source = document.source(one.place, text=one.text, table=form.title)
    fields = {
        "source": replace(source, bbox=one.box or source.bbox),
        "grade": "derived" if one.how else "stated",
        "how": one.how,
        "scope": form.scope,
        "project": project_of(form),
        "level1": one.level1,
        "level2": one.level2,
        "level3": one.level3,
        "op": aimed.op if aimed.kind != "unread" else None,
        "value": aimed.value,
        "unit": aimed.unit,
        "date": aimed.date,
        "raw": aimed.raw,
    }
    if aimed.kind != "unread":
        return fields, []
    message = said("unread_target", target=aimed.raw, indicator=one.level3)
    return fields, [finding(document, form, Note(one.place, one.text, message))]


def finding(document: Document, form: Form, note: Note) -> Finding:
    """What a note about a form tells, with its place."""
    source = document.source(note.place, text=note.text, table=form.title)
    return Finding(source=source, severity=note.severity, message=note.message)
