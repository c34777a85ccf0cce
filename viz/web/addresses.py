"""Where a thing has its page: the path of its IRI, and back."""

from functools import lru_cache
from urllib.parse import quote

from ontology.terms import CODE, ID

_HOME = ID.removesuffix("id/")
_NAMED = (ID, CODE)
_UNQUOTED = "/~._-:@!$&'()*+,;="


@lru_cache(maxsize=8192)  # a page names the same things again and again
def address(iri: str) -> str:
    """The path of the page of a thing of the graph; the IRI itself where the graph does not name it."""
    if not iri.startswith(_NAMED):
        return iri
    return "/" + quote(iri.removeprefix(_HOME), safe=_UNQUOTED)


def iri_of(space: str, path: str) -> str:
    """The IRI of the thing whose page is `/{space}/{path}`; `path` is decoded once, as Starlette gives it.

    Codes that their list lacks are quoted in their IRI and so twice in the path.
    """
    return f"{_HOME}{space}/{path}"


def kind_of(iri: str) -> str:
    """The kind of a thing by its IRI: `agency`, `doc`, `proj`, `code/function`; empty for other IRIs."""
    if iri.startswith(ID):
        return iri.removeprefix(ID).partition("/")[0]
    if iri.startswith(CODE):
        return f"code/{iri.removeprefix(CODE).partition('/')[0]}"
    return ""


def short(iri: str) -> str:
    """A thing's IRI as it stands in parameters of an address: without the beginning that all have, nothing quoted."""
    return iri.removeprefix(_HOME) if iri.startswith(_NAMED) else iri


def iri_at(place: str) -> str:
    """The IRI that `short` shortened, or that a path of a page leads to; any other text stays itself."""
    space, _, path = place.lstrip("/").partition("/")
    return iri_of(space, path) if space in ("id", "code") and path else place
