"""机关代字: the letters before the year of a document number, which there are and who uses them.

They stand in `data/issuers.toml`; a file of the same form adds to it and corrects it for the time of a block
(`also_known`).
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

from ontology.divisions import divisions
from ontology.errors import CaimaiError

LONGEST = 12
CENTRAL = "000000"


@dataclass(frozen=True, slots=True)
class Issuer:
    """Who uses a prefix: the division code of the government, the body's name without the place."""

    prefix: str
    division: str
    body: str
    surely: bool = True


class WrongIssuers(CaimaiError):
    """A file of prefixes that cannot be read, or an entry of it that says too little or something impossible."""


_added: ContextVar[tuple[Issuer, ...]] = ContextVar("prefixes known besides those of data/issuers.toml", default=())


def issuers() -> Mapping[str, tuple[Issuer, ...]]:
    """The known prefixes and who uses them; several entries where two governments share one."""
    return _table(_added.get())


def issuers_of(path: str | Path) -> tuple[Issuer, ...]:
    """The entries of a file in the form of `data/issuers.toml`. Raises WrongIssuers, with file and entry."""
    try:
        rows = tomllib.loads(Path(path).read_text(encoding="utf-8")).get("issuer", [])
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise WrongIssuers(f"{path}: {error}") from None
    found = []
    for number, row in enumerate(rows, 1):
        wrong = _wrong_in(row) if isinstance(row, dict) else "not a table [[issuer]]"
        if wrong:
            raise WrongIssuers(f"{path}, issuer {number}: {wrong}")
        found.append(Issuer(**row))
    return tuple(found)


@contextmanager
def also_known(added: Iterable[Issuer]) -> Iterator[None]:
    """Within the block these prefixes are known, too; entries for a known prefix stand in place of those it has."""
    before = _added.set(tuple(added))
    try:
        yield
    finally:
        _added.reset(before)


def known_besides() -> tuple[Issuer, ...]:
    """The entries that were added to those of the package, for another process to add them, too."""
    return _added.get()


@cache
def _table(added: tuple[Issuer, ...]) -> dict[str, tuple[Issuer, ...]]:
    ours = issuers_of(str(files("ontology").joinpath("data/issuers.toml")))
    corrected = {row.prefix for row in added}
    rows = [*(row for row in ours if row.prefix not in corrected), *added]
    return {prefix: tuple(row for row in rows if row.prefix == prefix) for prefix in {row.prefix for row in rows}}


def _wrong_in(row: dict[str, object]) -> str:
    """What is wrong with an entry, in words; empty where nothing is."""
    strange = sorted(set(row) - {"prefix", "division", "body", "surely"})
    if strange:
        return "; ".join(f"{name}?" for name in strange)
    if not re.fullmatch(rf"[\u4e00-\u9fff]{{1,{LONGEST}}}", str(row.get("prefix", ""))):
        return f"prefix: {row.get('prefix', '')!r} is not the Chinese letters before the year, {LONGEST} at most"
    if row.get("division") not in divisions() and row.get("division") != CENTRAL:
        return f"division: {row.get('division', '')!r} is no code of a division (six digits, {CENTRAL} the country)"
    if not isinstance(row.get("body"), str) or not str(row["body"]).strip():
        return "body is missing: the name without the place"
    return "" if isinstance(row.get("surely", True), bool) else "surely is true or false"


def department_letters() -> frozenset[str]:
    """The first letters of the known prefixes that other known ones end with: local bodies put their place before."""
    return _first_letters(_added.get())


@cache
def _first_letters(added: tuple[Issuer, ...]) -> frozenset[str]:
    known = _table(added)
    return frozenset(prefix[0] for prefix in known for other in known if other != prefix and other.endswith(prefix))
