"""The encodings that texts come in: UTF-8, GB 18030 (with GBK and GB 2312 in it), UTF-16 with its mark."""

import re
from codecs import BOM_UTF16_BE, BOM_UTF16_LE

_CONTROL = re.compile("[\x00-\x08\x0e-\x19\x1c-\x1f]")


def text_of(data: bytes) -> str | None:
    """The text that the bytes are; None where they are none in a known encoding, or hold control characters."""
    is_marked = data.startswith((BOM_UTF16_LE, BOM_UTF16_BE))
    for encoding in ("utf-16",) if is_marked else ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return None if _CONTROL.search(text) else text
    return None
