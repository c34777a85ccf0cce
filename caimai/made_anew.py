"""What a bundle holds, made anew from the source files alone: read, joined, derived and traced again in memory."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import zip_longest
from pathlib import Path
from typing import Any

from pyoxigraph import Store

from caimai.bundles import Asked, Rest, parts_of
from caimai.settings_used import DECISIONS
from extract.document import Document
from extract.readers import read
from extract.recognition import facts
from kg.build import build
from kg.decisions import decisions
from kg.store import MEMORY, open_store
from ontology.errors import CaimaiError
from ontology.issuers import also_known, issuers_of
from queries.tracing.answer import Counts, Passport
from queries.tracing.trace import subgraph, trace


@dataclass(frozen=True, slots=True)
class Difference:
    """Something in a part of a bundle that does not follow from the files: where, what it says, what they give."""

    part: str
    where: str
    says: str
    anew: str


@lru_cache(maxsize=32)
def document_at(path: Path) -> Document:
    """A document, read once. Raises UnreadableDocument."""
    return read(path)


def made_anew(asked: Asked, rests_on: Mapping[Rest, Path]) -> dict[str, bytes]:
    """The parts of the bundle that the files give, each file under the name it has in the bundle.

    Raises CaimaiError where nothing is found in them, or one cannot be read.
    """
    prefixes = (path for name, path in _settings(rests_on).items() if name != DECISIONS)
    with also_known([entry for path in prefixes for entry in issuers_of(path)]):
        store, left_out = graph_of(rests_on), Counts(**asked.left_out)
        found = trace(store, asked.what, candidates=asked.candidates, limit=asked.limit, places=0, left_out=left_out)
        found = replace(found, documents=tuple(_counting(one, asked) for one in found.documents))
        return parts_of(found, asked, rests_on, subgraph(store, found))


def graph_of(rests_on: Mapping[Rest, Path]) -> Store:
    """The graph of the files alone, in memory. Raises CaimaiError where one cannot be read."""
    store, settings = open_store(MEMORY), _settings(rests_on)
    decided = decisions(settings[DECISIONS]) if DECISIONS in settings else ()
    documents = [replace(document_at(path), file=one.file) for one, path in rests_on.items() if not one.settings]
    build(((document.sha256, facts(document)) for document in documents), store, decided)
    return store


def _settings(rests_on: Mapping[Rest, Path]) -> dict[str, Path]:
    return {one.file: path for one, path in rests_on.items() if one.settings}


def _counting(passport: Passport, asked: Asked) -> Passport:
    """A document with the number of other projects on its basis that the bundle says there were."""
    return replace(passport, more_on_basis=asked.on_basis.get(passport.iri, 0))


def differences(held: Mapping[str, bytes], anew: Mapping[str, bytes]) -> Iterator[Difference]:
    """What the parts of a bundle say otherwise than those made anew, part by part; parts that are no part of one."""
    for name in sorted(held.keys() | anew.keys()):
        if held.get(name) == anew.get(name):
            continue
        if name not in held or name not in anew:
            yield Difference(name, "", "+" if name in held else "-", "+" if name in anew else "-")
        elif name.endswith(".json"):
            yield from _of_json(name, held[name], anew[name])
        else:
            yield _of_text(name, held[name], anew[name])


def _of_json(name: str, held: bytes, anew: bytes) -> Iterator[Difference]:
    try:
        found = list(_leaves(name, "", json.loads(held), json.loads(anew)))
    except ValueError as error:
        raise CaimaiError(f"{name}: {error}") from None
    yield from found or [_of_text(name, held, anew)]  # the same data, written otherwise: a name twice, perhaps


def _leaves(name: str, where: str, held: Any, anew: Any) -> Iterator[Difference]:
    if isinstance(held, dict) and isinstance(anew, dict):
        for key in sorted(held.keys() | anew.keys()):
            yield from _leaves(name, f"{where}.{key}".lstrip("."), held.get(key), anew.get(key))
    elif isinstance(held, list) and isinstance(anew, list) and len(held) == len(anew):
        for at, (one, other) in enumerate(zip(held, anew, strict=True)):
            yield from _leaves(name, f"{where}[{at}]", one, other)
    elif type(held) is not type(anew) or held != anew:
        yield Difference(name, where, _short(held), _short(anew))


def _of_text(name: str, held: bytes, anew: bytes) -> Difference:
    """The first line in which two texts differ."""
    lines = zip_longest(*(data.decode(errors="replace").split("\n") for data in (held, anew)), fillvalue="")
    at, line = next((at, pair) for at, pair in enumerate(lines) if pair[0] != pair[1])
    return Difference(name, f"line {at + 1}", _short(line[0]), _short(line[1]))


def _short(value: Any) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 120 else f"{text[:119]}…"
