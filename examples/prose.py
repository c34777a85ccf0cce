"""The running text of a disclosure: its parts as paragraphs, written from the data in the standard wording."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from examples.source import Disclosure, Line

Kind = Literal["cover", "part", "heading", "subheading", "body", "signature"]
ORDINALS = ("", "一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二", "十三", "十四", "十五")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph and what it is; a `part` begins a page."""

    kind: Kind
    text: str


def duties(document: Disclosure) -> Iterator[Paragraph]:
    """第一部分: what the agency does and how it is set up."""
    yield Paragraph("part", say(document, "part_1"))
    yield Paragraph("heading", say(document, "duties"))
    for text in document.organisation["functions"]:
        yield Paragraph("body", text)
    yield Paragraph("heading", say(document, "bodies"))
    offices = document.organisation.get("offices", ())
    yield Paragraph(
        "body",
        say(
            document,
            "no_subordinates",
            count=len(offices),
            offices="、".join(offices),
            kind=document.organisation.get("kind", ""),
        ),
    )
    if "staff" in document.organisation:
        yield Paragraph("body", say(document, "staff", **document.organisation["staff"]))


def explanations(document: Disclosure) -> Iterator[Paragraph]:
    """第三部分 up to the performance forms."""
    yield Paragraph("part", say(document, "part_3"))
    for number, section in enumerate(document.wording["sections"], 1):
        yield Paragraph("heading", heading(document, number, section))
        yield from SECTIONS[section](document)


def closing(document: Disclosure) -> Iterator[Paragraph]:
    """What follows the performance forms: other matters, 第四部分, the date."""
    yield Paragraph("subheading", say(document, "matters_other"))
    yield from (Paragraph("body", text) for text in document.other)
    yield Paragraph("part", say(document, "part_4"))
    yield from (Paragraph("body", fill(document, text)) for text in document.wording["definitions"])
    yield Paragraph("signature", document.agency)
    published = document.published
    yield Paragraph("signature", say(document, "signed", year=published.year, month=published.month, day=published.day))


def heading(document: Disclosure, number: int, section: str) -> str:
    """The heading of a section of part 3, with its ordinal."""
    return ORDINALS[number] + "、" + say(document, f"heading_{section}")


def say(document: Disclosure, key: str, **values: object) -> str:
    """The standard words `key`, filled in."""
    return fill(document, document.wording[key], **values)


def fill(document: Disclosure, text: str, **values: object) -> str:
    """`text` with what is in braces filled in: the agency, the year and so on, and `values`."""
    known = {
        "agency": document.agency,
        "called": document.called,
        "year": document.year,
        "last": document.year - 1,
        "level": document.level,
        "unit": document.unit,
    }
    return text.format_map(known | values)


def compared(document: Disclosure, key: str, line: Line, **values: object) -> str:
    """One sentence that compares a figure with last year's."""
    if line.amount is None:
        return say(document, "nil_line", subject=line.subject)
    change = ""
    if line.change:
        direction, delta, trend, percent = line.change
        change = say(document, "change", direction=direction, delta=delta, trend=trend, percent=percent)
    return say(
        document,
        key,
        subject=line.subject,
        amount=line.amount,
        share=line.share,
        change=change,
        reason=line.reason,
        **values,
    )


def _body(*texts: str) -> Iterator[Paragraph]:
    return (Paragraph("body", text) for text in texts)


def _summary(document: Disclosure) -> Iterator[Paragraph]:
    summary = document.summary
    yield from _body(
        say(document, "summary_total", total=summary["total"]),
        say(document, "summary_income", items="、".join(summary["income"])),
        say(document, "summary_outlay", items="、".join(summary["outlay"])),
    )


def _income(document: Disclosure) -> Iterator[Paragraph]:
    yield from _body(say(document, "income_total", total=document.summary["total"]))
    yield from _body(*(compared(document, "line", line) for line in document.income))


def _outlay(document: Disclosure) -> Iterator[Paragraph]:
    yield from _body(say(document, "outlay_total", total=document.summary["total"]))
    yield from _body(*(compared(document, "line", line) for line in document.outlay))


def _appropriation(document: Disclosure) -> Iterator[Paragraph]:
    total = document.appropriation["total"]
    yield from _body(*(say(document, f"appropriation_{key}", total=total) for key in ("total", "kinds", "income")))
    purposes = [
        say(document, "purpose", name=part.name, amount=part.amount, purpose=part.purpose) for part in document.purposes
    ]
    head = say(document, "purposes_head")
    if document.wording["purposes_apart"]:
        yield from _body(head + purposes[0] + "。", *(text + "。" for text in purposes[1:]))
    else:
        yield from _body(head + "；".join(purposes) + "。")


def _current(document: Disclosure) -> Iterator[Paragraph]:
    yield Paragraph("subheading", say(document, "current_scale"))
    yield from _body(say(document, "scale_total", total=document.appropriation["total"]))
    yield from _body(*(compared(document, "scale_line", line) for line in document.scale))
    yield Paragraph("subheading", say(document, "current_structure"))
    for n, part in enumerate(document.structure, 1):
        yield from _body(say(document, "structure_line", n=n, name=part.name, amount=part.amount, share=part.share))
    yield Paragraph("subheading", say(document, "current_uses"))
    for n, line in enumerate(document.uses, 1):
        path = document.wording["use_path"].format(*(line.path or ()))
        yield from _body(compared(document, "use_line", line, n=n, path=path))


def _basic(document: Disclosure) -> Iterator[Paragraph]:
    basic = document.basic
    yield from _body(
        say(document, "basic_total", total=basic["total"]),
        say(document, "basic_staff", amount=basic["staff"], items="、".join(basic["staff_items"])),
        say(document, "basic_public", amount=basic["public"], items="、".join(basic["public_items"])),
    )


def _projects(document: Disclosure) -> Iterator[Paragraph]:
    for n, project in enumerate(document.projects, 1):
        values = {"n": n, "ordinal": ORDINALS[n]} | {
            name: getattr(project, name)
            for name in ("name", "basis", "amount", "unit_in_charge", "allocation", "period")
        }
        yield from _body(say(document, "project_name", **values))
        yield from _body(*(fill(document, text, **values) for text in document.wording["project_lines"]))


def _three_public(document: Disclosure) -> Iterator[Paragraph]:
    total, *parts = document.three_public
    amounts = "，".join(say(document, "three_public_item", subject=part.subject, amount=part.amount) for part in parts)
    reasons = "；".join(compared(document, "three_public_reason", part) for part in parts)
    yield from _body(
        say(document, "three_public_total", amount=total.amount, items=amounts),
        compared(document, "three_public_change", total, items=reasons),
    )


def _carry_over(document: Disclosure) -> Iterator[Paragraph]:
    if "total" not in document.carry_over:
        yield from _body(say(document, "nil_carry_over"))
        return
    yield from _body(say(document, "carry_over_total", **document.carry_over))
    for n, part in enumerate(document.carried, 1):
        yield from _body(
            say(document, "carry_over_item", n=n, name=part.name, amount=part.amount, purpose=part.purpose)
        )


def _nil(key: str, document: Disclosure) -> Iterator[Paragraph]:
    yield from _body(say(document, key))


def _matters(document: Disclosure) -> Iterator[Paragraph]:
    yield Paragraph("subheading", say(document, "matters_operating"))
    yield from _body(compared(document, "operating", document.operating))
    yield Paragraph("subheading", say(document, "matters_procurement"))
    yield from _body(*(fill(document, text, **document.procurement) for text in document.wording["procurement"]))
    yield Paragraph("subheading", say(document, "matters_assets"))
    yield from _body(*(fill(document, text, **document.assets) for text in document.wording["assets"]))
    yield Paragraph("subheading", say(document, "matters_performance"))
    yield from _body(say(document, "performance", **document.performance))


SECTIONS = {
    "summary": _summary,
    "income": _income,
    "outlay": _outlay,
    "appropriation": _appropriation,
    "current": _current,
    "basic": _basic,
    "projects": _projects,
    "government_fund": lambda document: _nil("nil_government_fund", document),
    "state_capital": lambda document: _nil("nil_state_capital", document),
    "commissioned_services": lambda document: _nil("nil_commissioned_services", document),
    "three_public": _three_public,
    "carry_over": _carry_over,
    "matters": _matters,
}
