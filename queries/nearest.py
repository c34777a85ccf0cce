"""Names that are near a wanted one, and why: the same but for brackets, a part, a short form, pinyin, a slip.

Readings are looked up where they are needed: the dictionary takes longer to load than most commands run.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from rapidfuzz import fuzz, process
from rapidfuzz.distance import Levenshtein

from ontology.document_number import DocumentNumber, parse, unbracketed
from ontology.text import key, leaves_out

_WHY = {
    "number_loose": ("机关代字、年份和号数相同", "the same issuer, year and number"),
    "marks": ("只差括号、标点或空格", "the same but for brackets, punctuation or spaces"),
    "part": ("名称里含有这几个字", "its name contains this"),
    "initials": ("拼音首字母相同", "the same initials in pinyin"),
    "initials_part": ("拼音首字母相合", "its initials in pinyin contain these"),
    "spelled": ("拼音相同", "the same pinyin"),
    "initials_short": ("像是它的简称的拼音首字母", "may be the initials of its short form"),
    "short_form": ("像是它的简称", "may be its short form"),
    "short_part": ("像是它的简称，未写地名", "may be its short form without the place"),
    "slip": ("只差{count}个字", "{count} character(s) differ"),
    "spelled_inside": ("名称里有拼音相同的字", "its name contains the same pinyin"),
    "slip_inside": ("名称里有只差{count}个字的字样", "its name contains this but for {count} character(s)"),
    "alike": ("字面相近", "similar characters"),
    "code_above": ("是它的上级科目", "the subject above it"),
    "code_below": ("是它的下级科目", "a subject below it"),
    "number_year": ("机关代字和号数相同，年份不同", "the same issuer and number, another year"),
    "number_serial": ("机关代字和年份相同", "the same issuer and year"),
    "number_issuer": ("年份和号数相同，机关代字不同", "the same year and number, another issuer"),
    "number_prefix": ("机关代字相同", "the same issuer"),
}
_ORDER = tuple(_WHY)
_LEAST_ALIKE = 50  # of 100
_SLIPS = 2
_LEAST_INSIDE, _LEAST_ALIKE_INSIDE = 4, 65  # characters; of 100
_PLACE = re.compile(r"^.{1,12}?(?:自治区|自治州|自治县|[省市州盟县区旗])(?=.{3})")


@dataclass(frozen=True, slots=True)
class Near:
    """A name near the wanted one; `why` says in which way (a key of its own), `zh` and `en` say it in words."""

    name: str
    why: str
    zh: str
    en: str


def nearest(wanted: str, names: Iterable[str], limit: int = 5) -> list[Near]:
    """The names nearest to the wanted one, the surest reason first; equal ones in the order of likeness, then names."""
    known = sorted(set(names))
    number = parse(wanted)
    found = dict(_numbers(number, known)) if number else _names(wanted, known) | _loose_numbers(wanted, known)
    alike = {name: fuzz.ratio(wanted, name) for name in found}
    best = sorted(found, key=lambda name: (_ORDER.index(found[name][0]), found[name][1], -alike[name], name))[:limit]
    return [_near(name, *found[name]) for name in best]


def bare(text: str) -> str:
    """The text without white space, brackets and punctuation, width folded, letters small."""
    return re.sub(r"[\W_]", "", key(text)).casefold()


def initials(text: str) -> str:
    """The pinyin initials, each character's first reading; letters and digits stay (`财政局` → `czj`)."""
    return "".join(_letters(sign)[0] for sign in bare(text))


def spelled(text: str) -> str:
    """The text in pinyin without tones (`财政` → `caizheng`), each character's first reading."""
    return "".join(_readings(sign)[0] for sign in bare(text))


def fits_initials(letters: str, name: str) -> bool:
    """Whether the letters are initials of neighbouring characters of the name, in any reading of each."""
    signs, wanted = bare(name), letters.casefold()
    return any(
        all(letter in _letters(sign) for letter, sign in zip(wanted, signs[at:], strict=False))
        for at in range(len(signs) - len(wanted) + 1)
    )


def is_short_form(short: str, name: str) -> bool:
    """Whether the characters stand in the name in this order, the first and the last at its ends (克州工信局)."""
    signs, wanted = bare(name), bare(short)
    if not 3 <= len(wanted) < len(signs) or wanted[0] != signs[0] or wanted[-1] != signs[-1]:
        return False
    return leaves_out(wanted, signs)


def _is_short_part(short: str, name: str) -> bool:
    """Whether the characters are a short form of what follows the place in a body's name (商信局)."""
    after_place = _PLACE.sub("", bare(name))
    return after_place != bare(name) and is_short_form(short, after_place)


def nearest_codes(wanted: str, known: Iterable[tuple[str, str]], limit: int = 5) -> list[Near]:
    """The subjects (code, name) above and below a code that is not there; those nearest to it first."""
    related = [
        (abs(len(code) - len(wanted)), code, name, "code_above" if wanted.startswith(code) else "code_below")
        for code, name in known
        if code != wanted and (wanted.startswith(code) or code.startswith(wanted))
    ]
    return [_near(f"{code} {name}".strip(), why, 0) for _, code, name, why in sorted(set(related))[:limit]]


def listed(near: Sequence[Near], lang: str) -> str:
    """Near names in one line, each with why it is near; empty where there are none."""
    if lang == "zh":
        return "、".join(f"{one.name}（{one.zh}）" for one in near)
    return ", ".join(f"{one.name} ({one.en})" for one in near)


def _names(wanted: str, known: list[str]) -> dict[str, tuple[str, int]]:
    """Each near name with its reason and a number that says how far it is."""
    latin = re.fullmatch(r"[A-Za-z ']{2,}", wanted) is not None
    found = _by_pinyin(bare(wanted), known) if latin else {}
    plain = bare(wanted)
    if not latin:
        likely = process.extract(wanted, known, scorer=fuzz.ratio, limit=40, score_cutoff=_LEAST_ALIKE)
        for name, _, _ in likely:
            found[name] = _slip(plain, bare(name))
        found |= _slips_inside(plain, known, found)
        for name in known:
            if bare(name) == plain:
                found[name] = "marks", 0
            elif len(plain) > 1 and plain in bare(name):
                found[name] = "part", len(name)
            elif is_short_form(wanted, name):
                found[name] = "short_form", len(name)
            elif name not in found and _is_short_part(wanted, name):
                found[name] = "short_part", len(name)
    return found


def _by_pinyin(letters: str, known: list[str]) -> dict[str, tuple[str, int]]:
    found: dict[str, tuple[str, int]] = {}
    for name in known:
        if fits_initials(letters, name):
            longer = len(bare(name)) - len(letters)
            found[name] = ("initials_part" if longer else "initials"), longer
        elif len(letters) > 3 and letters in spelled(name):
            found[name] = "spelled", len(name)
        elif _fits_short_form(letters, name):
            found[name] = "initials_short", len(name)
    return found


def _fits_short_form(letters: str, name: str) -> bool:
    """Whether the letters are initials of characters in this order, the first and the last at the name's ends."""
    signs = bare(name)
    if not 3 <= len(letters) < len(signs) or letters[0] not in _letters(signs[0]):
        return False
    rest = iter(signs[:-1])
    inner = all(any(letter in _letters(sign) for sign in rest) for letter in letters[:-1])
    return inner and letters[-1] in _letters(signs[-1])


def _slip(wanted: str, name: str) -> tuple[str, int]:
    distance = Levenshtein.distance(wanted, name)
    if spelled(wanted) == spelled(name):
        return "spelled", distance
    return ("slip", distance) if distance <= min(_SLIPS, len(wanted) // 3) else ("alike", distance)


def _slips_inside(
    wanted: str, known: Sequence[str], found: Mapping[str, tuple[str, int]]
) -> dict[str, tuple[str, int]]:
    """Longer names that have the wanted words inside them but for a slip: a year or a document number stands before."""
    if len(wanted) < _LEAST_INSIDE:
        return {}
    likely = process.extract(
        wanted, known, scorer=fuzz.partial_ratio, processor=bare, limit=40, score_cutoff=_LEAST_ALIKE_INSIDE
    )
    slips = {name: _slip(wanted, _part_like(wanted, bare(name))) for name, _, _ in likely}
    return {
        name: (f"{why}_inside", distance)
        for name, (why, distance) in slips.items()
        if why != "alike" and distance and found.get(name, ("alike",))[0] == "alike"
    }


def _part_like(wanted: str, name: str) -> str:
    """The part of a name that differs least from the wanted words; of equal ones as long as these, the first."""
    if len(name) <= len(wanted):
        return name
    long = len(wanted)
    parts = [name[at : at + size] for size in (long, long - 1, long + 1) for at in range(len(name) - size + 1)]
    return min(parts, key=lambda part: (Levenshtein.distance(wanted, part), spelled(part) != spelled(wanted)))


def _numbers(wanted: DocumentNumber, known: Iterable[str]) -> Iterable[tuple[str, tuple[str, int]]]:
    for name in known:
        number = parse(name)
        if number is None:
            continue
        issuer, year, serial = (
            number.prefix == wanted.prefix, number.year == wanted.year, number.serial == wanted.serial,
        )  # fmt: skip
        apart = abs(number.serial - wanted.serial) + 1000 * abs(number.year - wanted.year)
        if issuer:
            yield name, ("number_year" if serial else "number_serial" if year else "number_prefix", apart)
        elif year and serial:
            yield name, ("number_issuer", Levenshtein.distance(number.prefix, wanted.prefix))


def _loose_numbers(wanted: str, known: Iterable[str]) -> dict[str, tuple[str, int]]:
    """The known numbers whose letters and digits the wanted text has, however it is punctuated (克财行2025年46号)."""
    number = unbracketed(bare(wanted))
    return {name: ("number_loose", 0) for name in known if parse(name) == number} if number else {}


def _near(name: str, why: str, distance: int) -> Near:
    chinese, english = _WHY[why]
    return Near(name, why, chinese.format(count=distance), english.format(count=distance))


@cache
def _readings(sign: str) -> tuple[str, ...]:
    """The readings of a character in pinyin, without tones; any other sign as it is."""
    from pypinyin import Style, pinyin

    found = pinyin(sign, style=Style.NORMAL, heteronym=True)
    return tuple(dict.fromkeys(found[0])) if found and found[0] else (sign,)


@cache
def _letters(sign: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(reading[0] for reading in _readings(sign) if reading))
