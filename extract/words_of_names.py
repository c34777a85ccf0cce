"""Names that a text prints without saying what they are names of: companies, money, subjects of which it has a half."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise, takewhile

from ontology.slips import is_han

_COMPANY = re.compile(r"公司|合作社|集团(?!有限|股份)")
_TERM = re.compile(r"[\u4e00-\u9fff]{4,24}(?:费|资金|项目|补助|补贴|专项|工程|支出)(?=[、，。；）)”])")
_BEFORE_TERM = re.compile(r"^.*(?:用于|增加|新增|减少|安排|原因是|由于)")
_END = 3  # characters at either end of a name without which no slip of it is looked for
_LONG_COMPANY = 8  # characters of a company's name that are its own, and no 有限公司 of another
_OF_COMPANY = 40  # characters of a company's name at most
_SHORTEST = 4  # characters of a subject that may lack one


def companies(text: str) -> Iterator[str]:
    """What is printed twice and ends as the name of a company does, as long as it is the same before that.

    Of all ends, sorted by what is printed before them, those that have most in common stand side by side.
    """
    ends = (text[max(0, found.end() - _OF_COMPANY + 1) : found.end()][::-1] for found in _COMPANY.finditer(text))
    for one, other in pairwise(sorted("".join(takewhile(is_han, end)) for end in ends)):
        same = "".join(sign for sign, _ in takewhile(lambda signs: signs[0] == signs[1], zip(one, other, strict=False)))
        if _LONG_COMPANY <= len(same) < _OF_COMPANY - 1:
            yield same[::-1]


def terms(text: str) -> set[str]:
    """What sentences call money or what it pays for, in the same words twice at least."""
    count = Counter(_BEFORE_TERM.sub("", found[0]) for found in _TERM.finditer(text))
    return {name for name, times in count.items() if times > 1}


def halves_in(text: str, names: Iterable[str]) -> set[str]:
    """The names of which a text has one end at least, or all of four characters but one within."""
    held = {text[at : at + _END] for at in range(len(text))}
    whole = {name for name in names if name[:_END] in held or name[-_END:] in held}
    short = (name for name in names if len(name) == _SHORTEST)
    return whole | {name for name in short if name[:2] + name[3] in held or name[0] + name[2:] in held}
