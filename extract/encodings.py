"""The encodings that texts come in: UTF-8, GB 18030 (with GBK and GB 2312 in it), UTF-16 with its mark."""

from codecs import BOM_UTF16_BE, BOM_UTF16_LE

_CONTROL = dict.fromkeys({*range(32)} - {*b"\t\n\v\f\r\x1a\x1b"})


def text_of(data: bytes) -> str | None:
    """The text that the bytes are; None where they are none in a known encoding, or hold control characters."""
    is_marked = data.startswith((BOM_UTF16_LE, BOM_UTF16_BE))
    for encoding in ("utf-16",) if is_marked else ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return text if len(text.translate(_CONTROL)) == len(text) else None
    return None
