"""The named questions as pages: all of them by theme, and each as a form with its answer as a table that leads on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from time import perf_counter
from urllib.parse import quote, urlencode

import pyoxigraph as ox
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from kg.remote import bound as with_values
from ontology.money import in_wan
from queries.answers import Answer, Value
from queries.english import in_english
from queries.exchange import as_csv, as_json
from queries.library import Question, columns, questions, terms_of, themes
from queries.nearest import Near, nearest
from queries.parameters import KINDS, Parameter, names_of, typed
from viz.web.addresses import address
from viz.web.asking import Asked
from viz.web.context import Context
from viz.web.endpoint.exchange import Named, Reply
from viz.web.pages import context, opened, page
from viz.web.representations import data, form_of
from viz.web.serving import Opened
from viz.web.twins import safe
from viz.web.words import known, language, say

_SHOWN, _OFFERED = 200, 400
_BODIES = frozenset({"body", "then", "from", "to", "bureau"})
_TRACED = frozenset({"number", "in_name", "as_basis", "project", "before", "programme", "recipient"})
_PLACE = frozenset({"file", "page", "line"})
_LONG = 80  # signs


@dataclass(frozen=True, slots=True)
class Asking:
    """A field of the form: its parameter, what was written, the names that may be chosen, one that has an answer."""

    parameter: Parameter
    label: str
    text: str
    names: tuple[str, ...]
    example: str


@dataclass(frozen=True, slots=True)
class Refused:
    """Why there is no answer: the status of HTTP, and words for the reader."""

    status: int
    words: str


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a table: the text, where it leads, whether it is a figure, whether it is long."""

    text: str
    path: str = ""
    is_figure: bool = False
    title: str = ""

    @property
    def is_long(self) -> bool:
        """Whether only its beginning is shown."""
        return len(self.text) > _LONG


@dataclass(frozen=True, slots=True)
class Heading:
    """A column: its heading, what it means, whether figures stand in it."""

    name: str
    label: str
    meaning: str
    is_figure: bool


def routes(_: Context) -> Sequence[BaseRoute]:
    """The list of questions, and each question with its answer as a page and as data."""
    return [Route("/ask", _all), Route("/ask/{name}.{form}", _one), Route("/ask/{name}", _one)]


def _all(request: Request) -> Response:
    lang = language(request)
    context(request).pool.prepare()
    groups = [
        (
            theme,
            getattr(words, lang),
            [(one.name, *in_two(getattr(one, lang))) for one in questions().values() if one.theme == theme],
        )
        for theme, words in themes().items()
    ]
    return page(request, "questions.html", groups=groups, count=len(questions()))


def in_two(words: str) -> tuple[str, str]:
    """A question, and what is explained of it: what follows its last question mark, without the brackets around it."""
    end = max(words.rfind(mark) for mark in "？?") + 1 or len(words)
    note = words[end:].strip()
    return words[:end], note[1:-1] if note[:1] in {"（", "("} and note[-1:] in {"）", ")"} else note


def _one(request: Request) -> Response:
    question = questions().get(request.path_params["name"])
    if question is None:
        raise HTTPException(404)
    form, found, lang = form_of(request), opened(request), language(request)
    given = _given(request, question)
    missing = [one for one in question.parameters if one.required and one.name not in given]
    began = perf_counter()
    answer, refused = (None, None) if missing else _answered(request, question, given)
    if form in {"json", "csv"}:
        return _twin(question, answer, refused, form)
    if form == "ttl":
        raise HTTPException(404)
    asked = Asked(found, lang)
    return page(
        request, "question.html", status=refused.status if refused else 200, question=question,
        words=in_two(getattr(question, lang)), theme=getattr(themes()[question.theme], lang),
        fields=[_field(found, one, given.get(one.name, ""), lang) for one in question.parameters],
        missing=[getattr(KINDS[one.kind], lang) for one in missing],
        refused=refused and refused.words,
        near=_near(found, question, given, lang) if refused and refused.status == 400 else {},
        headings=_headings(answer, lang) if answer else (), rows=_rows(asked, answer) if answer else (),
        count=None if answer is None else len(answer), shown=_SHOWN, took=f"{(perf_counter() - began) * 1000:.0f}",
        given=urlencode(given), command=_command(question, given),
        editor="" if missing or refused else f"/query#query={quote(_sparql(question, given))}",
    )  # fmt: skip


def _given(request: Request, question: Question) -> dict[str, str]:
    """What the address says of the parameters; blanks say nothing."""
    asked = {one.name: request.query_params.get(one.name, "").strip()[:200] for one in question.parameters}
    return {name: text for name, text in asked.items() if text}


def _answered(request: Request, question: Question, given: Mapping[str, str]) -> tuple[Answer | None, Refused | None]:
    """The answer, found in a process that is stopped when its time is up, or why there is none."""
    pool, lang = context(request).pool, language(request)
    found = pool.ask(Named(question.name, given))
    if isinstance(found, Answer):
        return (in_english(found) if lang == "en" else found), None
    if isinstance(found, Reply):
        most = {413: f"{pool.limits.rows:,}", 503: f"{pool.limits.seconds:g}"}.get(found.status, "")
        return None, Refused(found.status, say(lang)(f"ask.refused_{found.status}", most))
    return None, Refused(400, found.zh if lang == "zh" else str(found))


def _twin(question: Question, answer: Answer | None, refused: Refused | None, form: str) -> Response:
    """The whole answer as data; words and a status of HTTP where there is none."""
    if answer is None:
        wanted = ", ".join(typed(one) for one in question.parameters if one.required)
        told = refused or Refused(400, f"needs {wanted}")
        return Response(f"{told.words}\n", told.status, media_type="text/plain; charset=utf-8")
    if form == "csv":
        rows = ([safe(cell) if isinstance(cell, str) else cell for cell in row] for row in answer.rows)
        return data(as_csv(answer.columns, rows), form)
    return data(as_json([dict(row) for row in answer]), form)


def _field(found: Opened, parameter: Parameter, text: str, lang: str) -> Asking:
    names = _names(found, parameter.kind)
    example = parameter.example if not names or parameter.example in names else names[0]
    offered = tuple(names) if len(names) <= _OFFERED else ()
    return Asking(parameter, getattr(KINDS[parameter.kind], lang), text, offered, example)


def _names(found: Opened, kind: str) -> list[str]:
    return found.once(("questions.names", kind), lambda: names_of(found.store, kind) or [], large=True)


def _near(found: Opened, question: Question, given: Mapping[str, str], lang: str) -> dict[str, list[tuple[str, ...]]]:
    """Names like those that are not there, by what was written: the name, why it is near, the question about it."""
    strange = {
        one.name: nearest(given[one.name], known_names)
        for one in question.parameters
        if one.name in given and (known_names := _names(found, one.kind)) and given[one.name] not in known_names
    }
    return {
        given[name]: [(one.name, _why(one, lang), _asks(question, {**given, name: one.name})) for one in near]
        for name, near in strange.items()
        if near
    }


def _asks(question: Question, given: Mapping[str, str]) -> str:
    return f"/ask/{question.name}?{urlencode(given)}"


def _why(near: Near, lang: str) -> str:
    return near.zh if lang == "zh" else near.en


def _headings(answer: Answer, lang: str) -> list[Heading]:
    return [_heading(name, lang) for name in answer.columns if name not in _PLACE]


def _heading(name: str, lang: str) -> Heading:
    said = columns().get(name)
    label, _, meaning = (name if said is None else getattr(said, lang)).partition("：" if lang == "zh" else ": ")
    return Heading(name, label, meaning, said is not None and said.type is Decimal)


def _rows(asked: Asked, answer: Answer) -> list[tuple[list[Cell], Cell | None]]:
    """The first rows: a cell a column, and where it is printed."""
    bodies = asked.opened.once(("questions.bodies",), lambda: _unique(asked, "bodies", "body"), large=True)
    files = asked.opened.once(("questions.files",), lambda: _unique(asked, "files", "file"), large=True)
    first = list(answer)[:_SHOWN]
    return [
        (
            [_cell(name, value, bodies, asked.lang) for name, value in row.items() if name not in _PLACE],
            _place(asked, row, files),
        )
        for row in first
    ]


def _unique(asked: Asked, query: str, thing: str) -> dict[str, str]:
    """Name → IRI of the things that alone have their name."""
    every: dict[str, list[str]] = {}
    for row in asked.rows(query):
        every.setdefault(str(row["name"]), []).append(str(row[thing]))
    return {name: iris[0] for name, iris in every.items() if len(iris) == 1}


def _cell(name: str, value: Value, bodies: Mapping[str, str], lang: str) -> Cell:
    if value is None:
        return Cell("")
    if isinstance(value, Decimal):
        said = columns().get(name)
        return Cell(in_wan(value * 10_000) if said and "万元" in said.zh else f"{value:,f}", is_figure=True)
    text = str(value)
    if name == "rule" and known(f"rule.{text}"):
        return Cell(say(lang)(f"rule.{text}"))
    if name in _BODIES and text in bodies:
        return Cell(text, address(bodies[text]))
    return Cell(text, f"/trace?what={quote(text)}" if name in _TRACED and text else "")


def _place(asked: Asked, row: Mapping[str, Value], files: Mapping[str, str]) -> Cell | None:
    """The page or line where a row is printed; it leads there where one file alone has the name."""
    name, number, line = (row.get(part) for part in ("file", "page", "line"))
    if name is None:
        return None
    path = address(files[str(name)]) if str(name) in files else ""
    at = f"?page={number}" if number is not None else f"#line-{line}" if line is not None else ""
    where = asked.where({"evidence": files.get(str(name)), "page": number, "line": line})
    return Cell(where, path and path + at, title=str(name))


def _sparql(question: Question, given: Mapping[str, str]) -> str:
    terms = terms_of(question, given)
    return with_values(question.sparql, {ox.Variable(name): term for name, term in terms.items()})


def _command(question: Question, given: Mapping[str, str]) -> str:
    """The same question for a shell."""
    asked = [typed(Parameter(one.name, one.kind, given[one.name])) for one in question.parameters if one.name in given]
    return " ".join([f"caimai ask {question.name}", *(f"--param {one}" for one in asked)])
