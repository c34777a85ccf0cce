"""Finding what a user means: a document number in any print, or a name, whole or in part."""

from difflib import get_close_matches

from ontology.document_number import parse
from ontology.errors import CaimaiError
from ontology.text import key
from queries.reading import Reader
from queries.trace_answer import Match

_NEAREST = 5


class NotFound(CaimaiError):
    """Nothing in the graph is called so; `nearest` are the names that come closest."""

    def __init__(self, what: str, nearest: list[str]) -> None:
        self.what, self.nearest = what, nearest
        super().__init__(f"nothing here is called '{what}'" + (f"; nearest: {', '.join(nearest)}" if nearest else ""))


def find(reader: Reader, what: str) -> list[Match]:
    """The things that `what` names, all of one manner of matching, the strictest first.

    A document number in any bracket style is matched by its identity. A name is matched whole, else as part of a name,
    white space and width ignored. Raises NotFound with the nearest names.
    """
    documents = [Match("document", str(row["document"]), str(row["number"])) for row in reader.rows("documents")]
    number = parse(what)
    if number is not None:
        found = [match for match in documents if match.name == str(number)]
        if not found:
            raise NotFound(str(number), _nearest_numbers(str(number), [match.name for match in documents]))
        return found
    names = [Match(str(row["kind"]), str(row["thing"]), str(row["name"])) for row in reader.rows("names")]
    for fits in (_whole, _part):
        found = [match for match in names if fits(key(what), key(match.name))]
        if found:
            return _once(found)
    raise NotFound(what, get_close_matches(what, sorted({match.name for match in names}), _NEAREST, 0.3))


def _whole(wanted: str, name: str) -> bool:
    return wanted == name


def _part(wanted: str, name: str) -> bool:
    return len(wanted) > 1 and wanted in name


def _once(found: list[Match]) -> list[Match]:
    """Each thing once, under the first of its names."""
    first: dict[str, Match] = {}
    for match in found:
        first.setdefault(match.iri, match)
    return list(first.values())


def _nearest_numbers(wanted: str, numbers: list[str]) -> list[str]:
    """Numbers that share most with the wanted one: the same letters before the same year before anything else."""
    same_prefix = [number for number in numbers if number.split("〔")[0] == wanted.split("〔")[0]]
    return get_close_matches(wanted, same_prefix or numbers, _NEAREST, 0.3)
