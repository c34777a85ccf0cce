"""发文字号: the numbers of official documents, from any print to one canonical form.

The form is 机关代字 + 〔year〕 + serial 号 (《党政机关公文处理工作条例》 article 9(5); GB/T 9704-2012, 7.2.5: hexagonal
brackets, no leading zeros, no 第). Disclosures print 【】 [] （） () as well, put spaces and line breaks inside, glue
the number to the words before it, and say the prefix of several numbers once (65号、63号).

Which prefixes there are and who uses them: `ontology.issuers`.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import accumulate

from ontology.divisions import divisions
from ontology.issuers import LONGEST, department_letters, issuers
from ontology.serials import GAP, HAN_DIGIT, Serial, are_split, han_number, serials, unsigned
from ontology.text import half_width_digits

OPEN, CLOSE = "〔【\\[［（(﹝〖❲⦗〘〚︹︻〈《<＜{｛", "〕】\\]］）)﹞〗❳⦘〙〛︺︼〉》>＞}｝"
_SQUARE = "〔【\\[［﹝〖❲⦗〘〚︹︻"  # in which nothing but the year of a document number is printed
_SQUARE_CLOSE = "〕】\\]］﹞〗❳⦘〙〛︺︼"
_DIGIT_YEAR = rf"(?:[1１]{GAP}*[9９]|[2２]{GAP}*[0０]){GAP}*\d{GAP}*\d"
_HAN_YEAR = rf"(?:一{GAP}*九|二{GAP}*[〇○零Oo0]){GAP}*{HAN_DIGIT}{GAP}*{HAN_DIGIT}"
_YEAR = rf"[{OPEN}]{GAP}*(?P<year>{_DIGIT_YEAR}|{_HAN_YEAR}){GAP}*年?{GAP}*[{CLOSE}]"
# Prints that only a known prefix makes sure: quotation marks, two digits, one bracket lost.
_LOOSE = (
    rf"[「『“‘]{GAP}*(?P<quoted>{_DIGIT_YEAR}){GAP}*年?{GAP}*[」』”’]"
    rf"|[{_SQUARE}]{GAP}*(?P<short>\d{GAP}*\d){GAP}*年?{GAP}*[{_SQUARE_CLOSE}]"
    rf"|[{OPEN}]{GAP}*(?P<opened>{_DIGIT_YEAR})|(?<!\d)(?P<closed>{_DIGIT_YEAR}){GAP}*年?{GAP}*[{CLOSE}]"
)
_NUMBER = re.compile(rf"{_YEAR}|{_LOOSE}")
_BEFORE = re.compile(rf"(?P<run>[\u4e00-\u9fff](?:{GAP}|[\u4e00-\u9fff]){{0,24}}){GAP}*$")
# What follows a number and is of the same prefix (`、63号`, `和〔2025〕3号`); and what is no document: 3号楼, 3号令.
_FURTHER = re.compile(rf"(?:{GAP}*文件?)?{GAP}*(?:[、,，和及与/／]|以及){GAP}*(?P<number>(?:{_YEAR})?)")
_OTHER_NUMBER = re.compile(
    "[楼栋幢院井线路站桥门厅馆厂房仓库机泵煤矿渠坝炉车台令案]|公[路告]|通告|地块|宿舍|小区|职工|大院|建议"
)
# What may follow a number printed without 号.
_UNSIGNED_END = re.compile(rf"{GAP}*(?:$|文件?|[）)\]】」』》>＞，。；;：:”]|、{GAP}*[\u4e00-\u9fff])")
# What looks like a number: a bracketed year and, without a stop between, digits and 号; a known prefix, year and 号.
_LIKE_ONE = re.compile(
    rf"(?P<number>[{OPEN}]{GAP}*(?:19|20)\d\d{GAP}*年?{GAP}*[{CLOSE}]{GAP}*第?{GAP}*\d[\d、,，.．/／至到~～\-－—–和及与\s]{{0,12}}[号號]"
    rf"|[{_SQUARE}][\s\d、,，\-—至年]{{2,16}}[{_SQUARE_CLOSE}][^，。；、：\n（(《]{{1,12}}?[号號])"
)
_JOINED = re.compile(rf"{GAP}*[、和及与]{GAP}*(?P<number>第?\d[\d.．~～\-－—–至]{{0,8}}[号號])")
_BARE = re.compile(rf"(?P<number>(?:19|20)\d\d(?:年|[-－—–]|{GAP})第?\d{{1,4}}[号號])")
_UNBRACKETED = re.compile(
    r"(?P<prefix>[\u4e00-\u9fff]{2,12})(?P<year>(?:19|20)\d\d)(?:年|[-－—–])?第?0*(?P<serial>[1-9]\d{0,4})[号號]?"
)
_UNSEEN = re.compile(GAP)
_LONGEST_UNKNOWN = 8
_TURN = 50  # years of two digits from 50 on are of the last century
_BODY_ENDINGS = "部厅局委办院会署室府"
# Words that stand before a document number and are not part of it, longest first.
_LEAD_IN = re.compile(
    r"根据|依据|按照|下达|印发|转发|发布|通知|文件|以及|支出|资金|项目|经费|关于|增加|减少|结转|其中|详见|参照|执行|落实|[由和及与以见按据从为]"
)
_PLACE_ENDING = re.compile(r"(?:自治[州县旗]|特区|林区|新区|地区|[省市州盟县区旗])$")


@dataclass(frozen=True, slots=True, order=True)
class DocumentNumber:
    """A document number: issuer's prefix, year in the bracket, serial number, and the part of it (65-1号) or 0."""

    prefix: str
    year: int
    serial: int
    part: int = 0

    def __str__(self) -> str:
        return f"{self.prefix}〔{self.year}〕{self.serial}{f'-{self.part}' if self.part else ''}号"


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


def mentions(text: str) -> Iterator[Mention]:
    """Every document number in `text`, in order of appearance.

    The prefix is the longest known one that ends at the bracket, unless letters before it make it an unknown local
    one (伊州财教 is not 财教); where none is known, the Han characters back to the nearest punctuation or lead-in
    word, at most eight (`known` is then False). A number that says none is of the prefix, and the year where it says
    none, of the number before it to which 、 or 和 joins it. The numbers of a range (80至82号) stand at one place. What
    is printed loosely (no 号, one bracket, a year of two digits) is one where the prefix is known.
    """
    position = 0
    while match := _NUMBER.search(text, position):
        before = _BEFORE.search(text[max(position, match.start() - 50) : match.start()])
        prefix = _prefix(before, max(position, match.start() - 50)) if before else Prefix(0, "", False)
        position = match.end()
        if prefix.letters and (match["year"] or prefix.known):
            for mention in _of(text, match, prefix):
                yield mention
                position = mention.end


def doubtful(text: str) -> Iterator[tuple[int, int]]:
    """Where something looks like a document number and is none that can be told: offsets, in order of appearance."""
    read = [(mention.start, mention.end) for mention in mentions(text)]
    joined = [found for _, end in read if (found := _JOINED.match(text, end))]
    others = [found for found in joined if not _OTHER_NUMBER.match(text, found.end())]
    looking = [*_LIKE_ONE.finditer(text), *_bare(text), *others]
    starts, ends = [start for start, _ in read], list(accumulate((end for _, end in read), max))
    for span in sorted(match.span("number") for match in looking):
        before = bisect_left(starts, span[1])  # how many of those read begin before this one ends
        if not before or ends[before - 1] <= span[0]:
            yield span


def canonical(text: str) -> str:
    """The text with every document number in it in its canonical form, those that share a prefix with it."""
    parts, end = [], 0
    for said in mentions(text):
        parts += [text[end : said.start], str(said.number)]
        end = said.end
    return "".join([*parts, text[end:]])


def parse(text: str) -> DocumentNumber | None:
    """The number that `text` is, in any print; None where it holds none or several."""
    found = list(mentions(_signed(text)))
    return found[0].number if len(found) == 1 else None


def listed(text: str) -> tuple[DocumentNumber, ...]:
    """The numbers of a text that is nothing but numbers, in any print (`65、63号`); none where it says more."""
    said, rest = _signed(text), list(_signed(text))
    found = tuple(mentions(said))
    for mention in found:
        rest[mention.start : mention.end] = [""] * (mention.end - mention.start)
    return () if re.search(r"(?![和及与以文件号])\w", "".join(rest)) else tuple(mention.number for mention in found)


def unbracketed(text: str) -> DocumentNumber | None:
    """The number that a text would be if its year stood in brackets (克财行2025年46号, 奇财预2025-68); else None.

    Other things look like it: only a number that is known otherwise is one.
    """
    found = _UNBRACKETED.fullmatch(_digits(text))
    return DocumentNumber(found["prefix"], int(found["year"]), int(found["serial"])) if found else None


def _signed(text: str) -> str:
    return text if text.rstrip().endswith("号") else f"{text.rstrip()}号"


def _of(text: str, match: re.Match[str], prefix: "Prefix") -> Iterator[Mention]:
    """The numbers of one prefix: that after the year `match`, and those joined to it."""
    year, start = _year(next(filter(None, match.groups()))), prefix.start
    found = serials(text, match.end()) or _unsigned(text, match, prefix)
    while found:
        for one in found:
            number = DocumentNumber(prefix.letters, year, one.value, one.part)
            begin = start if one.start == found[0].start else one.start
            normal = f"{prefix.letters}〔{year}〕{one.printed}号"
            yield Mention(number, normal, begin, one.end, text[begin : one.end], prefix.known)
        further = _FURTHER.match(text, found[-1].end)
        if further is None:
            return
        found = serials(text, further.end())
        if not found or _OTHER_NUMBER.match(text, found[-1].end):
            return
        start = further.start("number") if further["year"] else found[0].start
        year = _year(further["year"]) if further["year"] else year


def _unsigned(text: str, match: re.Match[str], prefix: "Prefix") -> list[Serial]:
    """The number printed without 号 after a known prefix and a year in square brackets."""
    found = unsigned(text, match.end()) if prefix.known and match["year"] and match[0][0] in _SQUARE else None
    if found is None or are_split(text[found.start : found.end]):
        return []
    return [found] if _UNSIGNED_END.match(text, found.end) else []


def _year(printed: str) -> int:
    said = _digits(printed)
    if not said.isdecimal():
        return han_number(re.sub("[Oo0]", "〇", said)) or 0
    return int(said) if len(said) > 2 else int(said) + (1900 if int(said) >= _TURN else 2000)


def _bare(text: str) -> Iterator[re.Match[str]]:
    """A year and a number without brackets, right after a known prefix."""
    for match in _BARE.finditer(text):
        if any(text[: match.start()].endswith(prefix) for prefix in issuers()):
            yield match


@dataclass(frozen=True, slots=True)
class Prefix:
    """The letters before a year, where they start, whether they are known; no letters where they cannot be told."""

    start: int
    letters: str
    known: bool


def _prefix(match: re.Match[str], offset: int) -> Prefix:
    """The prefix at the end of a run of Han characters that a text has at `offset`."""
    run, at = match["run"], offset + match.start("run")
    letters = [(place, letter) for place, letter in enumerate(run) if not _UNSEEN.match(letter)]
    tight = "".join(letter for _, letter in letters)
    for size in range(min(len(tight), LONGEST), 0, -1):
        if tight[-size:] in issuers() and _stands_alone(tight[-size:], tight[:-size]):
            return Prefix(at + letters[-size][0], tight[-size:], True)
    rest = tight[_after_lead_in(tight) :]
    if not rest or len(rest) > _LONGEST_UNKNOWN:
        return Prefix(at, "", False)
    return Prefix(at + letters[-len(rest)][0], rest, False)


def _stands_alone(prefix: str, before: str) -> bool:
    """Whether a prefix without letters of a place (财教) is not the end of an unknown local one (伊州财教)."""
    if prefix[0] not in department_letters():
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


def _digits(text: str) -> str:
    return half_width_digits(_UNSEEN.sub("", text))
