"""Large stores to measure on: the graph of the examples many times over, each time of other places, offices and years.

    python -m bench.large_store DIR --quads 1000000

The quads are those that reading and building the examples give; what changes from copy to copy are the names, codes,
years and document numbers in them. Copies of one prefecture share the documents of its finance bureau, copies of one
province its programmes and all copies those of the central government. A few bodies, documents and programmes have
very many projects, the next one half as many, and so on. The same arguments give the same store.
"""

import argparse
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from io import BytesIO
from itertools import count, islice
from pathlib import Path
from typing import Any

from pyoxigraph import RdfFormat

from caimai.reading import read_all
from kg import iris
from kg.build import build
from kg.rdf import TYPE
from kg.remote import StoreError
from kg.store import MEMORY, open_store
from ontology.divisions import Division, divisions
from ontology.terms import BL, concept
from queries.keeping import keep

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"
COPIES_PER_PREFECTURE = 4
_BUSY = 4  # to so many quads of a copy comes one of a body with very many projects
_YEARS = 10
_BATCH = 400_000  # quads loaded at once
_PROJECT = "昌州财教-2024-65号2025年中央三区科技人才支持计划~34dddce3"
_PROJECT_NAME = "昌州财教[2024]65号2025年中央“三区”科技人才支持计划"
_PROGRAMME = "三区科技人才支持计划"
_BODY, _BODY_NAME, _YEAR = "652325.商务科技和工业信息化局", "奇台县商务科技和工业信息化局", "2025"
_LINK_PARTS = tuple(f"<{term}>" for term in (BL.linkSubject.value, BL.linkPredicate.value, BL.linkObject.value))
_LEFT_OUT = re.compile(r"/id/(?:conflict|tgt|kpi)/|/id/obs/.*(?:其他支出|narrative_project)")
_SLICED = re.compile("/id/(?:proj|obs)/")
_TERM = re.compile(r'<[^>]*>|"(?:[^"\\]|\\.)*"(?:@\w+|\^\^<[^>]*>)?')
_SIGNS = r"(?<=\")[0-9a-f]{64}(?=\")|(?<!\d)20[12]\d(?!\d|\.\d(?!\d{2}))|~[0-9a-f]{8}|(?<=[/.])[0-9a-f]{16}"

Quad = tuple[int, int, int, int]  # numbers of terms


@dataclass(frozen=True, slots=True)
class Template:
    """Quads of the examples, terms by number; `fixed` are those of the code lists, which no copy changes."""

    terms: tuple[str, ...]
    quads: tuple[Quad, ...]
    fixed: tuple[str, ...]


def template() -> Template:
    """The graph of the examples, read and built anew."""
    store = open_store(MEMORY)
    build([(reading.sha256, reading.facts) for reading in read_all([EXAMPLES], 1)], store)
    lines = sorted((store.dump(format=RdfFormat.N_QUADS) or b"").decode().splitlines())
    fixed = tuple(line for line in lines if line.endswith(f"{iris.CODES} ."))
    numbers: dict[str, int] = {}
    quads = [
        tuple(numbers.setdefault(term, len(numbers)) for term in _TERM.findall(line))
        for line in lines
        if not line.endswith(f"{iris.CODES} .")
    ]
    return Template(tuple(numbers), tuple(quads), fixed)  # type: ignore[arg-type]


def quads(found: Template) -> Iterator[list[str]]:
    """N-Quads lines in parts, as long as there are places: copies of all, after each some projects of busy bodies."""
    names = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
    places = _places()
    busy = _busy(found, names, places)
    yield list(found.fixed)
    for copy in range(len(places) * COPIES_PER_PREFECTURE):
        group, member = divmod(copy, COPIES_PER_PREFECTURE)
        renamed = _renamed(found.terms, _of_copy(group, member, names, places[group]), -(group % 7), str(copy))
        yield _lines(_with_link_addresses(renamed, found), found.quads)
        yield list(islice(busy, len(found.quads) // _BUSY))


def _places() -> list[tuple[Division, ...]]:
    """Province, two prefectures of it, then counties of the first and of the second in turn."""
    below: dict[str, list[Division]] = {}
    for division in divisions().values():
        below.setdefault(division.parent, []).append(division)
    found = []
    for province in below["000000"]:
        prefectures = [one for one in below.get(province.code, []) if len(below.get(one.code, [])) >= 4]
        for one, other in zip(prefectures[::2], prefectures[1::2], strict=False):
            counties = [county for pair in zip(below[one.code], below[other.code], strict=False) for county in pair]
            found.append((province, one, other, *counties))
    return found


def _of_copy(group: int, member: int, names: Mapping[str, Any], places: Sequence[Division]) -> dict[str, str]:
    """What each name and code of the examples becomes in a copy."""
    province, one, other, *counties = places
    first, second = counties[member * 2 % len(counties)], counties[(member * 2 + 1) % len(counties)]
    sector = names["sector"][member % len(names["sector"])]
    turn = group * COPIES_PER_PREFECTURE + member
    offices = zip(("工业和信息化局", "科学技术局"), sector["prefecture"], strict=True)
    return {
        "新疆维吾尔自治区": province.name, "新疆": _short(province), "650000": province.code,
        "新科": f"{province.name[0]}科", "新财": f"{province.name[0]}财", "新商": f"{province.name[0]}商",
        "昌吉回族自治州": one.name, "昌吉州": _short(one), "昌州": _short(one)[:2], "652300": one.code,
        "克孜勒苏柯尔克孜自治州": other.name, "克州": _short(other), "克财": f"{_short(other)[:2]}财",
        "奇台县": first.name, "奇台": _short(first), "奇财": f"{_short(first)[:2]}财", "652325": first.code,
        "阿图什市": second.name, "阿图什": _short(second), "653000": other.code, "653001": second.code,
        "商务科技和工业信息化局": sector["county"], "商务和工业信息化局": sector["before"],
        "科学技术局": sector["absorbed"],
        **{f"652300.{old}": f"{one.code}.{new}" for old, new in offices},
        **{f"昌吉回族自治州{old}": f"{one.name}{new}" for old, new in offices},
        **{old: new[turn % len(new)] for old, new in names["words"].items()},
        **{old: new[group % len(new)] for old, new in names["shared_words"].items()},
    }  # fmt: skip


def _short(division: Division) -> str:
    """The name without what kind of place it is."""
    return re.sub(r"(?:\w族)*(?:自治)?[省区州市县盟]$", "", division.name) or division.name


def _renamed(terms: Iterable[str], names: Mapping[str, str], years: int, mark: str) -> list[str]:
    """The terms with other names, so many years later, and with other hashes."""
    longest = sorted(names, key=len, reverse=True)
    pattern = re.compile("|".join([*map(re.escape, longest), _SIGNS]))

    def other(match: re.Match[str]) -> str:
        old = match[0]
        if old in names:
            return names[old]
        if len(old) == 4:
            return str(int(old) + years)
        first = old[:16]  # of a whole hash, those by which its file is named
        letters = blake2b(f"{mark} {first}".encode(), digest_size=8).hexdigest()
        return f"~{letters[:8]}" if old[0] == "~" else letters + old[16:]

    return pattern.sub(other, "\n".join(terms)).split("\n")


def _with_link_addresses(terms: list[str], found: Template) -> list[str]:
    """Links have the address that their subject, relation and object give them: those of shared things are shared."""
    parts: dict[int, dict[str, str]] = {}
    for subject, predicate, value, _ in found.quads:
        name = found.terms[predicate]
        if name in _LINK_PARTS:
            parts.setdefault(subject, {})[name] = terms[value].strip("<>")
    for link, of in parts.items():
        rule = terms[link].rpartition(".")[0]
        terms[link] = f"{rule}.{iris.digest(*(of[name] for name in _LINK_PARTS))[:16]}>"
    return terms


def _lines(terms: Sequence[str], quads: Iterable[Quad]) -> list[str]:
    return [f"{terms[s]} {terms[p]} {terms[o]} {terms[g]} ." for s, p, o, g in quads]


def _busy(found: Template, names: Mapping[str, Any], places: Sequence[Sequence[Division]]) -> Iterator[str]:
    """Without end: projects of the busy bodies, the next body with half as many as the one before."""
    cluster = _cluster(found)
    used = sorted({number for quad in cluster for number in quad})
    at = {number: position for position, number in enumerate(used)}
    part = Template(tuple(found.terms[n] for n in used), tuple(tuple(at[n] for n in quad) for quad in cluster), ())  # type: ignore[misc]
    for number in count(1):
        hub = min((number & -number).bit_length(), len(names["hubs"]["bodies"])) - 1  # 0 1 0 2 0 1 0 3 …
        yield from _busy_project(part, number >> (hub + 1), hub, names["hubs"], places[hub * 7][0])


def _cluster(found: Template) -> list[Quad]:
    """The quads about one project of the examples: its money, its document and programme, its body and disclosure."""
    texts = found.terms
    project = next(n for n, text in enumerate(texts) if "/id/proj/" in text and _PROJECT in text)
    about = {s for s, _, o, _ in found.quads if o == project} | {project}
    about |= {n for n, text in enumerate(texts) if re.search(r"/id/(?:flow/up\.|doc/)昌州财教-2024-65", text)}
    about |= {s for s, p, o, _ in found.quads if o in about and texts[p] in _LINK_PARTS}
    for _ in range(2):  # places, then the files that they are in
        about |= {
            o for s, _, o, _ in found.quads if s in about and re.match(r".*/id/(?:ev|file|disc|agency|prog)/", texts[o])
        }
    about = {number for number in about if not _LEFT_OUT.search(texts[number])}
    left_out = {number for number, text in enumerate(texts) if _LEFT_OUT.search(text)}
    left_out |= {o for s, _, o, _ in found.quads if "/id/slice/" in texts[s] and _SLICED.search(texts[o])} - about
    return [quad for quad in found.quads if quad[0] in about and quad[2] not in left_out]


def _busy_project(part: Template, number: int, hub: int, names: Mapping[str, Any], province: Division) -> list[str]:
    """One project of a busy body; it continues that of the year before, of the same name."""
    chain, turn = divmod(number, _YEARS)
    body, programme = names["bodies"][hub], names["projects"][chain % len(names["projects"])]
    lines, projects = [], []
    for years in (turn - _YEARS, turn - _YEARS - 1):
        named = {
            _PROJECT: f"{_YEAR}年{programme}-第{chain + 1}项~34dddce3",
            _PROJECT_NAME: f"{_YEAR}年{programme}（第{chain + 1}项）",
            _PROGRAMME: programme, _BODY: f"{province.code}.{body}", _BODY_NAME: f"{province.name}{body}",
            "code/level/county": "code/level/province", "652325": province.code, "奇台县": province.name,
            "新疆维吾尔自治区": province.name, "650000": province.code,
            "昌州财教": f"{province.name[0]}财{names['letters'][hub]}",
            "昌吉回族自治州": province.name, "652300": province.code,
            **{f"{mark}65": f"{mark}{chain % 40 + 1}" for mark in ("2024-", "2024〕", "2024]", "2024】")},
        }  # fmt: skip
        then = dict(zip(named, _renamed(named.values(), {}, years, body), strict=True))
        terms = _renamed(part.terms, then, years, f"{body} {years}")
        terms = [re.sub(r"(/id/ev/[0-9a-f]{16}[^>]*)", rf"\1.n{chain}", term) for term in terms]
        projects.append(next(term for term in terms if "/id/proj/" in term))
        lines.append(_lines(_with_link_addresses(terms, part), part.quads))
    place = next(quad.split()[0] for quad in lines[0] if quad.startswith("<https://w3id.org/cnbl/id/ev/"))
    return lines[0] if turn == 0 else [*lines[0], *_continuing(projects[0], projects[1], place, programme)]


def _continuing(project: str, before: str, place: str, name: str) -> Iterator[str]:
    """The link from a project to that of the year before, as building makes it."""
    key = iris.digest(project.strip("<>"), BL.continues.value, before.strip("<>"))[:16]
    link = iris.thing("link", "continued_by_name", key)
    why = f'"去掉文号和年度后，两年的项目名称同为“{name}”，单位相同或承继"@zh'
    about = {
        TYPE: BL.LinkAssertion, BL.linkSubject: project, BL.linkPredicate: BL.continues, BL.linkObject: before,
        BL.rule: '"continued_by_name"', BL.grade: concept("grade", "derived"), BL.rationale: why, BL.evidence: place,
    }  # fmt: skip
    yield f"{project} {BL.continues} {before} {iris.LINKS['derived']} ."
    yield from (f"{link} {predicate} {value} {iris.LINKS['derived']} ." for predicate, value in about.items())


def make(folder: Path, wanted: int) -> int:
    """Make the store in a new directory; the number of its quads: so many at least, where there are places enough."""
    store = open_store(folder)
    if len(store):
        raise StoreError(f"{folder}: there is a store already")
    waiting: list[str] = []
    for part in quads(template()):
        waiting += part
        if len(waiting) >= min(_BATCH, wanted - len(store)):
            store.bulk_load(BytesIO("\n".join(waiting).encode()), format=RdfFormat.N_QUADS)
            waiting = []
            if len(store) >= wanted:
                break
    store.flush()
    store.optimize()
    made = len(store)
    del store  # what traces look up is kept of a store that nobody is writing
    keep(folder)
    return made


def main() -> None:
    """Make a large store."""
    parser = argparse.ArgumentParser(prog="python -m bench.large_store", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("folder", type=Path, metavar="DIR")
    parser.add_argument("--quads", type=int, default=1_000_000, help="how many at least (default: 1000000)")
    arguments = parser.parse_args()
    print(f"{arguments.folder}: {make(arguments.folder, arguments.quads)} quads")


if __name__ == "__main__":
    main()
