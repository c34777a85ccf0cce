"""How printed text is folded before it is compared: white space, width, Kangxi radicals.

The printed form is kept beside every folded one. NFKC is applied to numbers and keys only, never to quoted words:
it would turn （）： into ASCII.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

_WORDS = 64  # characters that headings and names have at most: the same ones are compared again and again
_FULL_WIDTH_DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")
_FULL_WIDTH_DIGIT = re.compile(r"[０-９]")
_FULL_WIDTH_SIGN = re.compile(r"(?<=[０-９])[．，](?=[０-９])")
_WIDE_COMMAS = re.compile(r"(?<![\d.，,])\d{1,3}(?:，\d{3})+(?=\.\d{1,2}(?:亿元|万元|元))")
_QUOTATION_MARK = re.compile('[“”„‟"＂「」『』〝〞]')
_CORNERS = str.maketrans("「」『』〝〞", "“”“”“”")
_STRAIGHT_PAIR = re.compile(r'["＂]([^"＂“”]{1,40})["＂]')
# CJK radicals (U+2E80-2EFF) have no compatibility mapping in Unicode; these are the ones met in fonts.
_CJK_RADICALS = dict(
    zip(
        "⺁⺄⺋⺒⺓⺕⺝⺟⺠⺫⺰⺶⺼⻁⻄⻅⻆⻈⻉⻋⻐⻓⻔⻗⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻬⻮⻰⻳",
        "厂乙㔾巳幺彐月母民目纟羊肉虎西见角讠贝车钅长门雨青韦页风飞食马骨鬼鱼鸟卤麦黄齐齿龙龟",
        strict=True,
    )
)
_KANGXI_RADICALS = {chr(code): unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)}
_SIMPLIFIED = {"⼾": "户"}  # Unicode gives 戶, simplified fonts print 户
_RADICALS = str.maketrans(_KANGXI_RADICALS | _CJK_RADICALS | _SIMPLIFIED)


def tight(text: str) -> str:
    """The text without any white space."""
    return "".join(text.split())


def unquoted(text: str) -> str:
    """The text without quotation marks: “三公”经费, 「三公」经费 and 三公经费 are one title."""
    return _QUOTATION_MARK.sub("", text)


def curly_quotes(text: str) -> str:
    """The text with “ ” for other pairs of quotation marks, character for character."""
    return _STRAIGHT_PAIR.sub(r"“\1”", text.translate(_CORNERS))


def key(text: str) -> str:
    """The text as a key for comparison: NFKC, no white space (（） becomes (), ＞ becomes >)."""
    return _key_of_words(text) if len(text) <= _WORDS else _key(text)


@lru_cache(maxsize=1 << 15)
def _key_of_words(text: str) -> str:
    return _key(text)


def _key(text: str) -> str:
    return tight(unicodedata.normalize("NFKC", text))


def unradical(text: str) -> str:
    """The text with Kangxi and CJK radical code points (⽀ U+2F40) replaced by the characters they stand for (支)."""
    return text.translate(_RADICALS)


def wide_commas(text: str) -> Iterator[re.Match[str]]:
    """Where amounts of money with decimals have full-width commas between their thousands (3，518.85万元)."""
    return _WIDE_COMMAS.finditer(text)


def plain_commas(text: str) -> str:
    """The text with plain commas between the thousands of such amounts, character for character."""
    return _WIDE_COMMAS.sub(lambda match: match[0].replace("，", ","), text)


def half_width_digits(text: str) -> str:
    """The text with digits of full width, and the point or comma between two of them, as plain ones (２．５ → 2.5)."""
    if not _FULL_WIDTH_DIGIT.search(text):
        return text
    signs = _FULL_WIDTH_SIGN.sub(lambda match: "." if match[0] == "．" else ",", text)
    return signs.translate(_FULL_WIDTH_DIGITS)


def leaves_out(short: str, name: str) -> bool:
    """Whether the first is the second with characters left out, or none: their order is the same."""
    rest = iter(name)
    return all(sign in rest for sign in short)
