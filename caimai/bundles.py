"""A bundle of evidence: a trace with the file, place and words that say each of its claims, in one ZIP.

`trace.json` is the whole trace, `README.md` its dossier, `trace.ttl` its triples. `claims.json` has how the trace was
asked, the files it rests on, for each claim what is claimed, the file and its sha256, page or line, table, row, column,
the box on the page and the words there, and the sha256 of every part, so that a slip is seen. The same trace gives the
same bytes, and all of them follow from the files: `caimai verify` makes them anew.
"""

import json
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from caimai.dossier import dossier_of
from caimai.settings_used import noted
from caimai.words import say
from kg.places import Evidence
from queries.exchange import whole_json
from queries.reading import Reader
from queries.tracing.answer import Conflict, Hop, Trace

FORMAT = 3
CLAIMS, TRACE, DOSSIER, TRIPLES = "claims.json", "trace.json", "README.md", "trace.ttl"
_OF_HOP = (
    "relation", "source", "target", "year", "from_year", "code", "project", "printed", "amount_type", "grade", "rule",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Asked:
    """How the trace of a bundle was asked, and the language of its dossier.

    `left_out` and `on_basis` (by document) are what the store had besides and the trace only counts: its files are not
    among those that the bundle rests on, so that nobody can check these counts without the store.
    """

    what: str
    candidates: bool = False
    limit: int = 0
    lang: str = "zh"
    left_out: Mapping[str, int] = field(default_factory=dict)
    on_basis: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Rest:
    """A file that a trace rests on: a disclosure, or `settings`: decisions of people, prefixes of document numbers."""

    file: str
    sha256: str
    settings: bool = False


def parts_of(found: Trace, asked: Asked, rests_on: Iterable[Rest], triples: bytes) -> dict[str, bytes]:
    """The parts of the bundle of a trace by name: of what was found by its name, what the trace tells of."""
    found = _told(found)
    others = {
        DOSSIER: dossier_of(found, say(asked.lang)).encode(),
        TRACE: whole_json(found).encode(),
        TRIPLES: triples,
    }
    return {CLAIMS: sealed(list(claims(found)), others, asked, rests_on), **others}


def asked_for(found: Trace, what: str, *, candidates: bool = False, limit: int = 0, lang: str = "zh") -> Asked:
    """How a trace was asked, with what it counts and does not tell."""
    left_out = {name: count for name, count in asdict(found.left_out).items() if count}
    on_basis = {one.iri: one.more_on_basis for one in found.documents if one.more_on_basis}
    return Asked(what, candidates, limit, lang, left_out, on_basis)


def _told(found: Trace) -> Trace:
    """The trace with the matches that it tells of: a bundle rests on no other files; an indicator is one it shows."""
    hops = [*found.hops(), *found.candidates]
    ends = {end for hop in hops for end in (hop.source_iri, hop.target_iri, *hop.nodes)}
    ends |= {one.iri for one in found.documents} | {one.iri for one in found.entries}
    shown = {hop.target: hop.target_iri for hop in reversed(hops) if hop.relation == "indicator"}
    matches = [
        replace(match, iri=shown[match.name]) if match.kind == "indicator" else match
        for match in found.matches
        if match.iri in ends or match.kind == "subject" or (match.kind == "indicator" and match.name in shown)
    ]
    return replace(found, matches=tuple(matches))


def write_bundle(path: Path, parts: Mapping[str, bytes]) -> None:
    """Write the parts of a bundle."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), data, zipfile.ZIP_DEFLATED)


def sealed(
    stated: Sequence[Mapping[str, Any]],
    others: Mapping[str, bytes],
    asked: Asked = Asked(""),
    rests_on: Iterable[Rest] = (),
) -> bytes:
    """`claims.json`: the claims, what they rest on and the sha256 of all that the bundle holds, these among it."""
    digests = {name: sha256(data).hexdigest() for name, data in others.items()}
    about = {
        "format": FORMAT,
        "made_by": f"caimai {version('caimai')}",
        "asked": asdict(asked),
        "rests_on": [asdict(one) for one in sorted(set(rests_on), key=lambda one: (one.file, one.sha256))],
        "digests": {**digests, CLAIMS: digest(stated)},
        "claims": stated,
    }
    return json.dumps(about, ensure_ascii=False, indent=1).encode()


def digest(stated: Sequence[Mapping[str, Any]]) -> str:
    """The sha256 of claims, whatever the order of their fields."""
    return sha256(json.dumps(stated, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def claims(found: Trace) -> Iterator[dict[str, Any]]:
    """Every place of every hop and conflict, with what it is evidence of; each pair once, in the order of the trace."""
    conflicts = [one for entry in found.entries for one in entry.conflicts]
    said: list[Hop | Conflict] = [*found.hops(), *conflicts, *found.candidates]
    stated: dict[tuple[str, Evidence], Hop | Conflict] = {}
    for one in said:
        for place in one.evidence:
            stated.setdefault((_sentence(one), place), one)
    for number, ((sentence, place), one) in enumerate(stated.items(), start=1):
        yield {"number": number, "claim": sentence, **_parts(one), **_place(place)}


def rests_on(store: ox.Store, found: Trace) -> Iterator[Rest]:
    """The files that a trace rests on: those it quotes, and all disclosures of the bodies in it."""
    yield from (Rest(claim["file"], claim["sha256"]) for claim in claims(found))
    ends = {end for hop in (*found.hops(), *found.candidates) for end in (hop.source_iri, hop.target_iri)}
    bodies = {iri for iri in (*ends, *(match.iri for match in found.matches)) if "/id/agency/" in iri}
    for row in Reader(store).rows_of("files_of_body", bodies):
        yield Rest(str(row["file"]), str(row["sha256"]))


def settings_of(store: str) -> Iterator[Rest]:
    """The files of settings that a store in a directory was built with."""
    for name, digest_ in noted(store).items():
        yield Rest(name, digest_, settings=True)


def _sentence(said: Hop | Conflict) -> str:
    return said.why if isinstance(said, Conflict) else sentence_of(_parts(said))


def sentence_of(parts: Mapping[str, Any]) -> str:
    """The sentence of a claim about a hop, made of its parts."""
    year, before, rule = parts.get("year"), parts.get("from_year"), parts.get("rule")
    money = f" {parts['printed']}" if "printed" in parts else ""
    years = f"{before}→{year} " if before else f"{year} " if year else ""
    ends = " → ".join(str(parts[end]) for end in ("source", "target") if end in parts)
    return f"{years}{parts['relation']}: {ends}{money} [{parts['grade']}{f', {rule}' if rule else ''}]"


def _parts(said: Hop | Conflict) -> dict[str, Any]:
    """What a claim says, part by part, so that each can be held against the words."""
    if isinstance(said, Conflict):
        return {"relation": "conflict", "grade": "derived", "rule": said.rule}
    return {name: value for name in _OF_HOP if (value := getattr(said, name)) not in (None, "")}


def _place(place: Evidence) -> dict[str, Any]:
    return {name: value for name, value in asdict(place).items() if value not in (None, "")}
