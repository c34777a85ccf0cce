"""The texts of each project: its name, basis, use and purpose, the goal and the indicators of its form."""

from typing import NamedTuple

from kg.names import fold
from queries.auditing.book import Book
from queries.auditing.patterns import tight
from queries.auditing.performance.forms import WHOLE, Form, forms
from queries.auditing.signal import Side

NAME = "项目名称"
BASIS = "依据"
INDICATOR = "绩效指标"
_PARTS = {"basis": BASIS, "use": "资金分配", "purpose": "用途"}


class Text(NamedTuple):
    """A text of a project: what it is called, its words folded, where it stands."""

    part: str
    words: str
    at: str


def texts(book: Book) -> dict[str, list[Text]]:
    """The texts of each project by its name: the name, its basis, use and purpose, the goal of its form."""
    return book.once("texts_of_projects", lambda: _gathered(book))


def all_texts(book: Book) -> dict[str, list[Text]]:
    """As `texts`, with the indicators of its form; a form whose project is in no table stands for one."""
    return book.once("all_texts_of_projects", lambda: _with_indicators(book))


def side(book: Book, part: str, words: str, at: str) -> Side:
    """The side of a signal that quotes words of a text."""
    return Side(f"{part}“{words}”", None, book.evidence(at))


def _gathered(book: Book) -> dict[str, list[Text]]:
    form_of = _forms_of_projects(book)
    held: dict[str, dict[str, Text]] = {}
    for row in book.asked("projects"):
        at, name = str(row["told"] or row["at"]), str(row["name"])
        parts = {part: str(row[key] or "") for key, part in _PARTS.items()}
        mine = held.setdefault(name, {NAME: Text(NAME, fold(name), str(row["at"]))})
        mine |= {part: Text(part, fold(tight(words)), at) for part, words in parts.items() if words}
        form = form_of.get(str(row["project"]))
        if form:
            mine["总体目标"] = _goal(form)
    return {name: list(some.values()) for name, some in held.items()}


def _with_indicators(book: Book) -> dict[str, list[Text]]:
    held = {name: list(some) for name, some in texts(book).items()}
    form_of = _forms_of_projects(book)
    names = {form_of[project].iri: str(row["name"]) for row in book.asked("projects")
             if (project := str(row["project"])) in form_of}  # fmt: skip
    for form in (one for one in forms(book) if one.name != WHOLE):
        mine = held.setdefault(names.get(form.iri, form.name), [])
        if form.iri not in names:
            mine += [Text(NAME, fold(form.name), form.at), _goal(form)]
        mine += [Text(INDICATOR, fold(tight(row["title"])), str(row["at"])) for row in form.indicators]
    return held


def _goal(form: Form) -> Text:
    return Text("总体目标", fold(form.goal), form.at)


def _forms_of_projects(book: Book) -> dict[str, Form]:
    """The form of each project that has one."""
    held = {form.iri: form for form in forms(book)}
    return {str(row["project"]): held[str(row["form"])] for row in book.asked("uses") if str(row["form"]) in held}
