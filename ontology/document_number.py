"""发文字号: the numbers of official documents, from any print to one canonical form.

The form is 机关代字 + 〔year〕 + serial 号 (《党政机关公文处理工作条例》 article 9(5); GB/T 9704-2012, 7.2.5: hexagonal
brackets, no leading zeros, no 第). Disclosures print 【】 [] （） () as well, put spaces and line breaks inside, glue
the number to the words before it, and say the prefix of several numbers once (65号、63号).

Which prefixes there are and who uses them stands in `data/issuers.toml`; a file of the same form adds to it and
corrects it for the time of a block (`also_known`).
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
from ontology.text import half_width_digits

OPEN, CLOSE = "〔【\\[［（(﹝〖❲⦗〘〚︹︻〈《<＜{｛", "〕】\\]］）)﹞〗❳⦘〙〛︺︼〉》>＞}｝"
_GAP = r"[\s\u00ad\u200b-\u200f\u2060\ufeff]"  # white space, and what is there but is not seen
_YEAR = rf"[{OPEN}]{_GAP}*(?P<year>(?:[1１]{_GAP}*[9９]|[2２]{_GAP}*[0０]){_GAP}*\d{_GAP}*\d){_GAP}*年?{_GAP}*[{CLOSE}]"
_AND = rf"{_GAP}*(?:[、,，和及与]|以及){_GAP}*"
# A serial number and its 号, which several may share: 65、63号.
_SHARED = rf"(?:{_GAP}*[、和及与]{_GAP}*\d{{1,6}})+{_GAP}*[号號]"
_SERIAL = rf"{_GAP}*第?{_GAP}*(?P<serial>\d(?:{_GAP}|\d){{0,6}}?)(?:{_GAP}*[号號]|(?={_SHARED}))"
_NUMBER = re.compile(rf"(?P<run>[\u4e00-\u9fff](?:{_GAP}|[\u4e00-\u9fff]){{0,24}}?){_GAP}*{_YEAR}{_SERIAL}")
# What follows a number and is of the same prefix: `、63号`, `和〔2025〕3号`; no house, well or road (3号楼).
_FURTHER = re.compile(rf"{_AND}(?P<number>(?:{_YEAR})?{_SERIAL})(?![楼栋幢院井线路站桥门厅馆厂房仓库机])")
_UNSEEN = re.compile(_GAP)
_LONGEST, _LONGEST_UNKNOWN = 12, 8
CENTRAL = "000000"
_BODY_ENDINGS = "部厅局委办院会署室府"
# Words that stand before a document number and are not part of it, longest first.
_LEAD_IN = re.compile(
    r"根据|依据|按照|下达|印发|转发|发布|通知|文件|以及|支出|资金|项目|经费|关于|增加|减少|结转|其中|详见|参照|执行|落实|[由和及与以见按据从为]"
)
_PLACE_ENDING = re.compile(r"(?:自治[州县旗]|特区|林区|新区|地区|[省市州盟县区旗])$")


@dataclass(frozen=True, slots=True, order=True)
class DocumentNumber:
    """A document number: issuer's prefix, year in the bracket, serial number."""

    prefix: str
    year: int
    serial: int

    def __str__(self) -> str:
        return f"{self.prefix}〔{self.year}〕{self.serial}号"


@dataclass(frozen=True, slots=True)
class Mention:
    """A number found in a text: where (offsets into it), as printed, and whether its prefix is a known one.

    `normal` has the canonical brackets and no white space, its digits as printed (`083号`); `number` is the identity.
    """

    number: DocumentNumber
    normal: str
    start: int
    end: int
    raw: str
    known: bool


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
    if not re.fullmatch(rf"[\u4e00-\u9fff]{{1,{_LONGEST}}}", str(row.get("prefix", ""))):
        return f"prefix: {row.get('prefix', '')!r} is not the Chinese letters before the year, {_LONGEST} at most"
    if row.get("division") not in divisions() and row.get("division") != CENTRAL:
        return f"division: {row.get('division', '')!r} is no code of a division (six digits, {CENTRAL} the country)"
    if not isinstance(row.get("body"), str) or not str(row["body"]).strip():
        return "body is missing: the name without the place"
    return "" if isinstance(row.get("surely", True), bool) else "surely is true or false"


def mentions(text: str) -> Iterator[Mention]:
    """Every document number in `text`, in order of appearance.

    The prefix is the longest known one that ends at the bracket, unless letters before it make it an unknown local
    one (伊州财教 is not 财教); where none is known, the Han characters back to the nearest punctuation or lead-in
    word, at most eight (`known` is then False). A number that says none is of the prefix, and the year where it says
    none, of the number before it to which 、 or 和 joins it.
    """
    position = 0
    while match := _NUMBER.search(text, position):
        start, prefix, known = _prefix(match)
        position = match.end()
        if prefix:
            yield _mention(text, (start, position), (prefix, match["year"], match["serial"]), known)
        year = match["year"]
        while prefix and (further := _FURTHER.match(text, position)):
            position, year = further.end(), further["year"] or year
            yield _mention(text, further.span("number"), (prefix, year, further["serial"]), known)


def _mention(text: str, span: tuple[int, int], parts: tuple[str, str, str], known: bool) -> Mention:
    prefix, year, serial = parts[0], _digits(parts[1]), _digits(parts[2])
    number = DocumentNumber(prefix, int(year), int(serial))
    return Mention(number, f"{prefix}〔{year}〕{serial}号", *span, text[slice(*span)], known)


def parse(text: str) -> DocumentNumber | None:
    """The number that `text` is, in any print; None where it holds none or several."""
    found = list(mentions(text if text.rstrip().endswith("号") else f"{text.rstrip()}号"))
    return found[0].number if len(found) == 1 else None


def _prefix(match: re.Match[str]) -> tuple[int, str, bool]:
    """Where the prefix starts in the text, the prefix without white space, whether it is known."""
    run, at = match["run"], match.start("run")
    letters = [(offset, letter) for offset, letter in enumerate(run) if not _UNSEEN.match(letter)]
    tight = "".join(letter for _, letter in letters)
    for size in range(min(len(tight), _LONGEST), 0, -1):
        if tight[-size:] in issuers() and _stands_alone(tight[-size:], tight[:-size]):
            return at + letters[-size][0], tight[-size:], True
    rest = tight[_after_lead_in(tight) :]
    if not rest or len(rest) > _LONGEST_UNKNOWN:
        return at, "", False
    return at + letters[-len(rest)][0], rest, False


def _stands_alone(prefix: str, before: str) -> bool:
    """Whether a prefix without letters of a place (财教) is not the end of an unknown local one (伊州财教)."""
    if prefix[0] not in _department_letters():
        return True
    return not before or before[-1] in _BODY_ENDINGS or _after_lead_in(before) == len(before)


def _after_lead_in(letters: str) -> int:
    """Where the last lead-in word ends; 0 where there is none. The 和 of 南和 is a letter of the place, not a word."""
    places = [place.span() for place in _places().finditer(letters)]
    ends = [
        word.end()
        for word in _LEAD_IN.finditer(letters)
        if not any(start <= word.start() and word.end() <= end for start, end in places)
    ]
    return ends[-1] if ends else 0


@cache
def _places() -> re.Pattern[str]:
    """Names of places, without their 县 or 市, that hold a letter which could be taken for a lead-in word."""
    stems = {_PLACE_ENDING.sub("", division.name) for division in divisions().values()}
    holding = (stem for stem in stems if len(stem) > 1 and _LEAD_IN.search(stem))
    return re.compile("|".join(sorted(holding, key=lambda stem: (-len(stem), stem))))


def _department_letters() -> frozenset[str]:
    """The first letters of the known prefixes that other known ones end with: local bodies put their place before."""
    return _first_letters(_added.get())


@cache
def _first_letters(added: tuple[Issuer, ...]) -> frozenset[str]:
    known = _table(added)
    return frozenset(prefix[0] for prefix in known for other in known if other != prefix and other.endswith(prefix))


def _digits(text: str) -> str:
    return half_width_digits(_UNSEEN.sub("", text))
