"""A bundle of evidence: every claim of a trace with the file, place and words that say it, in one ZIP.

`claims.json` has for each claim what is claimed, the file and its sha256, page or line, table, row, column, the box on
the page and the words there, and the sha256 of every part, so that a change of any is seen; `trace.json` is the whole
trace, `trace.ttl` its triples, `README.md` its dossier. The same trace gives the same bytes.
"""

import json
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path
from typing import Any

from kg.places import Evidence
from queries.exchange import whole_json
from queries.tracing.answer import Hop, Trace

FORMAT = 2
CLAIMS = "claims.json"


def write_bundle(path: Path, found: Trace, dossier: str, triples: bytes) -> int:
    """Write the bundle of a trace; the number of its claims."""
    stated = list(claims(found))
    others = {
        "README.md": dossier.encode(),
        "trace.json": whole_json(found).encode(),
        "trace.ttl": triples,
    }
    parts = {CLAIMS: sealed(found.what, stated, others), **others}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), data, zipfile.ZIP_DEFLATED)
    return len(stated)


def sealed(what: str, stated: Sequence[Mapping[str, Any]], others: Mapping[str, bytes]) -> bytes:
    """`claims.json`: the claims and the sha256 of all that the bundle holds, these among it."""
    digests = {name: sha256(data).hexdigest() for name, data in others.items()}
    about = {"format": FORMAT, "what": what, "digests": {**digests, CLAIMS: digest(stated)}, "claims": stated}
    return json.dumps(about, ensure_ascii=False, indent=1).encode()


def digest(stated: Sequence[Mapping[str, Any]]) -> str:
    """The sha256 of claims, whatever the order of their fields."""
    return sha256(json.dumps(stated, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def claims(found: Trace) -> Iterator[dict[str, Any]]:
    """Every place of every hop and conflict, with what it is evidence of; each pair once, in the order of the trace."""
    stated = [(_claim(hop), place) for hop in found.hops() for place in hop.evidence]
    stated += [(one.why, place) for entry in found.entries for one in entry.conflicts for place in one.evidence]
    stated += [(_claim(hop), place) for hop in found.candidates for place in hop.evidence]
    for number, (claim, place) in enumerate(dict.fromkeys(stated), start=1):
        yield {"claim": claim, "number": number, **_place(place)}


def _claim(hop: Hop) -> str:
    money = f" {hop.printed}" if hop.printed else ""
    years = f"{hop.from_year}→{hop.year} " if hop.from_year else f"{hop.year} " if hop.year else ""
    ends = " → ".join(end for end in (hop.source, hop.target) if end)
    return f"{years}{hop.relation}: {ends}{money} [{hop.grade}{f', {hop.rule}' if hop.rule else ''}]"


def _place(place: Evidence) -> dict[str, Any]:
    return {name: value for name, value in asdict(place).items() if value not in (None, "")}
