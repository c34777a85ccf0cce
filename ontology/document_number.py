"""发文字号: the numbers of official documents, from any print to one canonical form.

The form is 机关代字 + 〔year〕 + serial 号 (《党政机关公文处理工作条例》 article 9(5); GB/T 9704-2012, 7.2.5: hexagonal
brackets, no leading zeros, no 第). Disclosures print 【】 [] （） () as well, put spaces and line breaks inside, and
glue the number to the words before it.
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_OPEN, _CLOSE = "〔【\\[［（(﹝〖", "〕】\\]］）)﹞〗"
_NUMBER = re.compile(
    rf"(?P<run>[\u4e00-\u9fff][\u4e00-\u9fff\s]{{0,24}}?)\s*[{_OPEN}]\s*(?P<year>(?:19|20)\s*\d\s*\d)\s*年?\s*[{_CLOSE}]"
    rf"\s*第?\s*(?P<serial>\d[\d\s]{{0,6}}?)\s*号"
)
_LONGEST_UNKNOWN = 8
_BODY_ENDINGS = "部厅局委办院会署室府"
# Words that stand before a document number and are not part of it, longest first.
_LEAD_INS = re.compile(
    r".*(?:根据|依据|按照|下达|印发|转发|发布|通知|文件|以及|支出|资金|项目|经费|关于|增加|减少|结转|其中|详见|参照|执行|落实|[的由和及与以见按据从为])"
)


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


@cache
def issuers() -> dict[str, tuple[Issuer, ...]]:
    """The known prefixes and who uses them; several entries where two governments share one."""
    with files("ontology").joinpath("data/issuers.toml").open("rb") as file:
        rows = [Issuer(**row) for row in tomllib.load(file)["issuer"]]
    return {prefix: tuple(row for row in rows if row.prefix == prefix) for prefix in {row.prefix for row in rows}}


def mentions(text: str) -> Iterator[Mention]:
    """Every document number in `text`, in order of appearance.

    The prefix is the longest known one that ends at the bracket, unless letters before it make it an unknown local
    one (伊州财教 is not 财教); where none is known, the Han characters back to the nearest punctuation or lead-in
    word, at most eight (`known` is then False).
    """
    position = 0
    while match := _NUMBER.search(text, position):
        start, prefix, known = _prefix(match)
        position = match.end()
        if prefix:
            year, serial = _digits(match["year"]), _digits(match["serial"])
            number = DocumentNumber(prefix, int(year), int(serial))
            yield Mention(number, f"{prefix}〔{year}〕{serial}号", start, match.end(), text[start : match.end()], known)


def parse(text: str) -> DocumentNumber | None:
    """The number that `text` is, in any print; None where it holds none or several."""
    found = list(mentions(text if text.rstrip().endswith("号") else f"{text.rstrip()}号"))
    return found[0].number if len(found) == 1 else None


def _prefix(match: re.Match[str]) -> tuple[int, str, bool]:
    """Where the prefix starts in the text, the prefix without white space, whether it is known."""
    run, at = match["run"], match.start("run")
    letters = [(offset, letter) for offset, letter in enumerate(run) if not letter.isspace()]
    tight = "".join(letter for _, letter in letters)
    for size in range(min(len(tight), 12), 0, -1):
        if tight[-size:] in issuers() and _stands_alone(tight[-size:], tight[:-size]):
            return at + letters[-size][0], tight[-size:], True
    lead_in = _LEAD_INS.match(tight)
    rest = tight[lead_in.end() :] if lead_in else tight
    if not rest or len(rest) > _LONGEST_UNKNOWN:
        return at, "", False
    return at + letters[-len(rest)][0], rest, False


def _stands_alone(prefix: str, before: str) -> bool:
    """Whether a prefix without letters of a place (财教) is not the end of an unknown local one (伊州财教)."""
    if prefix[0] not in _department_letters():
        return True
    return not before or before[-1] in _BODY_ENDINGS or _LEAD_INS.fullmatch(before) is not None


@cache
def _department_letters() -> frozenset[str]:
    """The first letters of the known prefixes that other known ones end with: local bodies put their place before."""
    known = issuers()
    return frozenset(prefix[0] for prefix in known for other in known if other != prefix and other.endswith(prefix))


def _digits(text: str) -> str:
    return re.sub(r"\s", "", text)
