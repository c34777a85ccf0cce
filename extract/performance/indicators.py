"""What performance forms and self-evaluations have in common: project, indicators, what is not understood."""

from dataclasses import replace
from typing import Any

from extract.document import Document
from extract.performance.model import Form, Indicator, Note
from extract.performance.values import target_of
from ontology.facts import Finding


def project_of(form: Form) -> str | None:
    """The project of a project form as its head names it."""
    return form.head.values.get("project") if form.scope == "项目" else None


def indicator_of(document: Document, form: Form, one: Indicator) -> tuple[dict[str, Any], list[Finding]]:
    """The fields of an `IndicatorFact`, and a finding where the target is not understood."""
    said = target_of(one.level3, one.target)
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
        "op": said.op if said.kind != "unread" else None,
        "value": said.value,
        "unit": said.unit,
        "date": said.date,
        "raw": said.raw,
    }
    if said.kind != "unread":
        return fields, []
    message = f"the target '{said.raw}' of '{one.level3}' is not understood"
    return fields, [finding(document, form, Note(one.place, one.text, message))]


def finding(document: Document, form: Form, note: Note) -> Finding:
    """What a note about a form tells, with its place."""
    source = document.source(note.place, text=note.text, table=form.title)
    return Finding(source=source, severity=note.severity, message=note.message)
