"""The policy basis of projects: cited twice, only itself, of a past year's event, or shared with another project."""

from collections import Counter
from collections.abc import Iterator

from kg.names import fold
from queries.auditing.book import Book
from queries.auditing.compare import signal
from queries.auditing.patterns import pattern, tight
from queries.auditing.performance.forms import forms
from queries.auditing.rules import Rule
from queries.auditing.signal import Side, Signal
from queries.reading import Row

_STALE = 2  # a yearly event of so many years ago is no basis of this year's money
_LONG = 20  # a basis shorter than this says too little to be copied


def twice(rule: Rule, book: Book) -> Iterator[Signal]:
    """Bases that cite one document more than once: by its number where it has one, else by its title."""
    for row in _projects(book):
        text = tight(row["basis"])
        cited = Counter(found[0] for found in pattern("citation").finditer(text))
        for words, count in sorted(cited.items()):
            numbered = not words.startswith("《")
            if count > 1 and numbered:
                at = book.evidence(row["told"])
                yield signal(rule, book, str(row["name"]), Side(words, None, at), Side(f"{count}次", None, at))


def circular(rule: Rule, book: Book) -> Iterator[Signal]:
    """Bases that are the name of the project and nothing else."""
    for row in _projects(book):
        basis, name = fold(tight(row["basis"])), fold(str(row["name"]))
        rest = pattern("basis_dress").sub("", basis.replace(name, ""))
        if name in basis and not rest and len(name) > 4:
            at = book.evidence(row["told"])
            yield signal(rule, book, str(row["name"]), Side(str(row["basis"]), None, at), Side("项目名称", None, at))


def stale(rule: Rule, book: Book) -> Iterator[Signal]:
    """Bases that cite the notice of a yearly event two years ago or earlier."""
    for row in _projects(book):
        found = list(pattern("yearly_event").finditer(tight(row["basis"])))
        old = [one for one in found if book.year is not None and int(one["year"]) <= book.year - _STALE]
        if old:
            at = book.evidence(row["told"])
            yield signal(rule, book, str(row["name"]), Side(old[0][0], None, at), Side(str(book.year), None, ()))


def shared(rule: Rule, book: Book) -> Iterator[Signal]:
    """Goals of two projects that begin with one and the same basis."""
    first: dict[str, tuple[str, str]] = {}
    for form in forms(book):
        found = pattern("basis_of_goal").search(form.goal)
        cited = "".join(one[0] for one in pattern("citation").finditer(found[0])) if found else ""
        if len(cited) < _LONG:
            continue
        name, at = first.setdefault(fold(cited), (form.name, form.at))
        if name != form.name:
            left = Side(form.name, None, book.evidence(form.at))
            yield signal(rule, book, cited, left, Side(name, None, book.evidence(at)))


def _projects(book: Book) -> Iterator[Row]:
    """The projects with a stated basis, each once."""
    seen: set[str] = set()
    for row in book.asked("projects"):
        if row["basis"] and str(row["project"]) not in seen:
            seen.add(str(row["project"]))
            yield row
