"""Tables that list the bodies whose figures a disclosure includes (序号 单位名称 备注); they hold no figures."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from extract.document import Document, Table
from extract.form_data import families
from extract.outline import Section
from ontology.facts import MemberFact
from ontology.text import key, tight

_NAME = re.compile("(预算|决算)?(单位|部门)名称")
_NUMBER = "序号"


def members(document: Document, sections: Sequence[Section]) -> Iterator[MemberFact]:
    """The bodies of the lists under running text, in printed order; rows without a name are left out."""
    for section in sections:
        for block in section.blocks if section.kind not in ("table", "form") else ():
            if isinstance(block, Table) and is_list_of_bodies(block):
                yield from _members(document, block)


def is_list_of_bodies(table: Table) -> bool:
    """Whether the first row holds the headings of such a list, as forms/headings/ has them."""
    headings = "/".join(filter(None, _headings(table)))
    return any(pattern.fullmatch(headings) for pattern in _lists())


def _members(document: Document, table: Table) -> Iterator[MemberFact]:
    headings = _headings(table)
    at = next(column for column, heading in enumerate(headings) if _NAME.fullmatch(heading))
    beside = [column for column, heading in enumerate(headings) if heading not in ("", _NUMBER) and column != at]
    for row in table.grid()[1:]:
        cell = row[at]
        if cell and tight(cell.text):
            notes = [tight(note.text) for column in beside if (note := row[column]) and tight(note.text)]
            yield MemberFact(source=document.source(cell), name=tight(cell.text), note=" ".join(notes) or None)


def _headings(table: Table) -> list[str]:
    return [key(cell.text) if cell else "" for cell in table.grid()[0]] if table.rows else []


@cache
def _lists() -> tuple[re.Pattern[str], ...]:
    rows = (row for _, data in families("headings") for row in data.get("list_of_bodies", ()))
    return tuple(re.compile(key(row["headings"])) for row in rows)
