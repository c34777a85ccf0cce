"""How printed text is folded before it is compared: white space, width, Kangxi radicals.

The printed form is kept beside every folded one. NFKC is applied to numbers and keys only, never to quoted words:
it would turn （）： into ASCII.
"""

import re
import unicodedata

_SPACE = re.compile(r"\s+")
# CJK radicals (U+2E80-2EFF) have no compatibility mapping in Unicode; these are the ones met in fonts.
_CJK_RADICALS = dict(
    zip(
        "⺁⺄⺋⺕⺠⺫⺰⻅⻈⻐⻓⻔⻘⻚⻛⻝⻢⻥⻦⻧⻩⻬⻮⻰⻳",
        "厂乙卩彐民目纟见角钅长长青页风食马鱼鸟卤黄齐齿龙龟",
        strict=True,
    )
)
_KANGXI_RADICALS = {chr(code): unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)}
_RADICALS = str.maketrans(_KANGXI_RADICALS | _CJK_RADICALS)


def tight(text: str) -> str:
    """The text without any white space."""
    return _SPACE.sub("", text)


def key(text: str) -> str:
    """The text as a key for comparison: NFKC, no white space (（） becomes (), ＞ becomes >)."""
    return tight(unicodedata.normalize("NFKC", text))


def unradical(text: str) -> str:
    """The text with Kangxi and CJK radical code points (⽀ U+2F40) replaced by the characters they stand for (支)."""
    return text.translate(_RADICALS)
