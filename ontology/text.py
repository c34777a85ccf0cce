"""How printed text is folded before it is compared: white space, width, Kangxi radicals.

The printed form is kept beside every folded one. NFKC is applied to numbers and keys only, never to quoted words:
it would turn （）： into ASCII.
"""

import re
import unicodedata

_SPACE = re.compile(r"\s+")
_RADICALS = {
    code: unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6) if unicodedata.normalize("NFKC", chr(code)) != chr(code)
} | {0x2E81: "厂", 0x2E84: "乙", 0x2E8B: "卩", 0x2E95: "彐", 0x2EA0: "民", 0x2EAB: "目", 0x2EB0: "纟", 0x2EC5: "见", 0x2EC8: "角",
     0x2ED0: "钅", 0x2ED3: "长", 0x2ED4: "长", 0x2ED8: "青", 0x2EDA: "页", 0x2EDB: "风", 0x2EDD: "食", 0x2EE2: "马", 0x2EE5: "鱼",
     0x2EE6: "鸟", 0x2EE7: "卤", 0x2EE9: "黄", 0x2EEC: "齐", 0x2EEE: "齿", 0x2EF0: "龙", 0x2EF3: "龟"}


def tight(text: str) -> str:
    """The text without any white space."""
    return _SPACE.sub("", text)


def key(text: str) -> str:
    """The text as a key for comparison: NFKC, no white space (（） becomes (), ＞ becomes >)."""
    return tight(unicodedata.normalize("NFKC", text))


def unradical(text: str) -> str:
    """The text with Kangxi and CJK radical code points (⽀ U+2F40) replaced by the characters they stand for (支)."""
    return text.translate(_RADICALS)
