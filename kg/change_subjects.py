"""Which functional subject a sentence about last year speaks of, where this year's tables no longer have its code."""

from pyoxigraph import NamedNode, Store

from kg.links import Link, LinkGrade, only
from kg.names import fold
from kg.reading import Row, grouped, node, places, read, text
from kg.reasons import reason
from ontology.terms import BL


def subjects_by_name(store: Store) -> list[Link]:
    """Statement of change → functional subject that any document prints under the names of its 类, 款 and 项."""
    paths = _paths(read(store, "printed_subjects"))
    found = []
    for uses in grouped(read(store, "changes_without_subject"), "change").values():
        path = tuple(map(fold, text(uses[0], "path").split("/")))
        for subject in sorted(paths.get(path, ()), key=str):
            why = reason("subject_by_name", name=text(uses[0], "path"))
            change = node(uses[0], "change")
            found.append(Link(change, BL.functionalSubject, subject, "derived", "subject_by_name", why, places(uses)))
    return only(found)


def moved_subjects(store: Store) -> list[Link]:
    """Statement that spending moved → the subjects it moved from and to, by the printed names of 类, 款 and 项.

    A name of which any document prints one code is derived. Where nothing has the names of all three, the subjects of
    the same disclosure that differ in the name of 类 or of 款 only are candidates.
    """
    paths = _paths(read(store, "printed_subjects"))
    beside = grouped(read(store, "subjects_beside_moves"), "disclosure")
    own = {disclosure: _paths(rows) for (disclosure,), rows in beside.items()}
    found = []
    for uses in grouped(read(store, "moved_subjects"), "move", "side").values():
        path = tuple(map(fold, text(uses[0], "path").split("/")))
        same = paths.get(path, set())
        near = {
            one
            for other, ones in own.get(uses[0]["disclosure"], {}).items()
            if _but_for_one(other, path)
            for one in ones
        }
        for subject in sorted(same or near, key=str):
            grade: LinkGrade = "derived" if same else "candidate"
            why = reason("subject_by_name" if same else "subject_by_name_but_one", name=text(uses[0], "path"))
            move, side = node(uses[0], "move"), node(uses[0], "side")
            found.append(Link(move, side, subject, grade, "moved_subject_by_name", why, places(uses)))
    return only(found)


def _but_for_one(path: tuple[str, ...], wanted: tuple[str, ...]) -> bool:
    """Whether two subjects have one 项 name, and one of the names above it."""
    return len(path) == len(wanted) == 3 and path[2] == wanted[2] and (path[0] == wanted[0]) != (path[1] == wanted[1])


def _paths(rows: list[Row]) -> dict[tuple[str, ...], set[NamedNode]]:
    """The subjects by the names of 类, 款 and 项, in every spelling printed."""
    functional = [row for row in rows if node(row, "kind") == BL.FunctionalSubject]
    subjects = {_code(node(row, "subject")): node(row, "subject") for row in functional}
    names: dict[str, set[str]] = {}
    for row in functional:
        names.setdefault(_code(node(row, "subject")), set()).add(fold(text(row, "name")))
    found: dict[tuple[str, ...], set[NamedNode]] = {}
    for code, subject in subjects.items():
        for path in _spellings(code, names):
            found.setdefault(path, set()).add(subject)
    return found


def _spellings(code: str, names: dict[str, set[str]]) -> list[tuple[str, ...]]:
    paths: list[tuple[str, ...]] = [()]
    for size in range(3, len(code) + 1, 2):
        paths = [(*path, name) for path in paths for name in sorted(names.get(code[:size], ()))]
    return paths


def _code(subject: NamedNode) -> str:
    return subject.value.rpartition("/")[2].partition("~")[0]
