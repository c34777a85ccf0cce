"""A stand-in for the fonts that a PDF does not bring: every character of it is a bar, on every computer the same.

Where a font is neither in the file nor on the computer, pdfium silently drops what it cannot draw; with a font of the
computer it reads ten times slower. To be read, a character only needs some shape: what it means and how wide it is
the file tells.
"""

import ctypes
import struct
import sys
from array import array
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

import pypdfium2.raw as pdfium

_GLYPHS = 0xFFFF  # the most a font may have: files ask for glyphs by any number
_EM = 1000  # units
_BAR = -200, 0, 800, 100  # bottom, left, top, right in units: narrower than any character that the file may have
_SIMPLIFIED_CHINESE = 134
_OWN_FONTS = (b"Helvetica", b"Arial", b"Times", b"Courier", b"Symbol", b"ZapfDingbats")  # pdfium has them itself
_HANDLE = 1


@contextmanager
def stand_in() -> Iterator[set[str]]:
    """While it lasts, pdfium asks nothing of the computer's fonts: what is read depends on the file alone.

    The names of the fonts that a file lacks are put into the set as they are met.
    """
    missing: set[str] = set()

    def map_font(*asked: Any) -> int | None:
        name = ctypes.cast(asked[5], ctypes.c_char_p).value or b""
        if name.startswith(_OWN_FONTS):
            return None
        missing.add(name.decode("utf-8", "replace"))
        return _HANDLE

    source = _font_source(map_font)  # kept until the end: pdfium has the addresses of its functions only
    pdfium.FPDF_SetSystemFontInfo(source)
    try:
        yield missing
    finally:
        pdfium.FPDF_SetSystemFontInfo(pdfium.FPDF_GetDefaultSystemFontInfo())


def _font_source(map_font: Callable[..., int | None]) -> Any:
    """The functions by which pdfium asks for fonts."""
    kinds = dict(pdfium.FPDF_SYSFONTINFO._fields_)
    return pdfium.FPDF_SYSFONTINFO(
        version=1,
        Release=kinds["Release"](lambda _: None),
        EnumFonts=kinds["EnumFonts"](lambda *_: None),
        MapFont=kinds["MapFont"](map_font),
        GetFont=kinds["GetFont"](lambda *_: None),
        GetFontData=kinds["GetFontData"](_font_data),
        GetFaceName=kinds["GetFaceName"](_face_name),
        GetFontCharset=kinds["GetFontCharset"](lambda *_: _SIMPLIFIED_CHINESE),
        DeleteFont=kinds["DeleteFont"](lambda *_: None),
    )


def _font_data(_source: Any, _font: Any, table: int, buffer: Any, size: int) -> int:
    """The whole font into the buffer where it fits; how long it is. Single tables are not given."""
    if table:
        return 0
    if buffer and size >= len(font()):
        ctypes.memmove(buffer, font(), len(font()))
    return len(font())


def _face_name(_source: Any, _font: Any, buffer: Any, size: int) -> int:
    name = b"Bars\0"
    if buffer and size >= len(name):
        ctypes.memmove(buffer, name, len(name))
    return len(name)


@cache
def font() -> bytes:
    """A TrueType font (OpenType 1.9) in which each character and each glyph is the same narrow bar, one em wide."""
    glyph = _glyph()
    bottom, left, top, right = _BAR
    tables = {
        b"OS/2": struct.pack(">HhHHH86x", 4, _EM, 400, 5, 0),
        b"cmap": _any_character_is_glyph_1(),
        b"glyf": glyph * _GLYPHS,
        b"head": struct.pack(
            ">IIIIHH16xhhhhHHhhh", 0x10000, 0x10000, 0, 0x5F0F3CF5, 0, _EM, left, bottom, right, top, 0, 8, 2, 1, 0
        ),
        b"hhea": struct.pack(">IhhhH6xhhh8xhH", 0x10000, top, bottom, 0, _EM, right, 1, 0, 0, 1),
        b"hmtx": struct.pack(">Hh", _EM, left) + bytes(2 * (_GLYPHS - 1)),
        b"loca": _places(len(glyph)),
        b"maxp": struct.pack(">IHHH22x", 0x10000, _GLYPHS, 4, 1),
        b"name": struct.pack(">HHH", 0, 0, 6),
        b"post": struct.pack(">I28x", 0x30000),
    }
    return _file(tables)


def _glyph() -> bytes:
    bottom, left, top, right = _BAR
    head = struct.pack(">hhhhh", 1, left, bottom, right, top)
    corners = struct.pack(">HH4B", 3, 0, 1, 1, 1, 1)  # the last corner, no instructions, all on the outline
    across = struct.pack(">4h", left, right - left, 0, left - right)
    along = struct.pack(">4h", bottom, 0, top - bottom, 0)
    return head + corners + across + along + bytes(2)


def _places(length: int) -> bytes:
    """Where each glyph begins, and where the last one ends."""
    places = array("I", range(0, length * (_GLYPHS + 1), length))
    if sys.byteorder == "little":
        places.byteswap()
    return places.tobytes()


def _any_character_is_glyph_1() -> bytes:
    subtable = struct.pack(">HHIIIIII", 13, 0, 28, 0, 1, 0x20, 0x10FFFF, 1)  # format 13: many to one
    return struct.pack(">HHHHI", 0, 1, 3, 10, 12) + subtable


def _file(tables: dict[bytes, bytes]) -> bytes:
    power = len(tables).bit_length() - 1
    parts = [struct.pack(">IHHHH", 0x10000, len(tables), 16 << power, power, 16 * (len(tables) - (1 << power)))]
    offset = 12 + 16 * len(tables)
    for name, data in tables.items():
        parts.append(name + struct.pack(">III", 0, offset, len(data)))  # checksums are not looked at
        offset += len(data) + -len(data) % 4
    return b"".join([*parts, *(data + bytes(-len(data) % 4) for data in tables.values())])
