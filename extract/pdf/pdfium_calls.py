"""Those functions of pdfium that are called for every character and every drawn thing, as calls that cost little.

What a call costs is turning its arguments into those of C. So handles are given as references made once a page, results
are written to places made once a process, and `map` does the calling. The interpreter lock is kept: pdfium is not
thread-safe, there is one reader a process.
"""

import ctypes
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from itertools import repeat
from typing import Any

import pypdfium2.raw as pdfium

Reference = Any  # to a page or text page
Address = int  # of a thing drawn on a page
Columns = tuple[list[float], list[float], list[float], list[float]]

_ADDRESS, _INT, _FLOAT, _DOUBLE = ctypes.c_void_p, ctypes.c_int, ctypes.c_float, ctypes.c_double
_AT_ONCE = 1024  # boxes


def _quick(function: Any, result: Any, *arguments: Any) -> Callable[..., Any]:
    """The function with the types of its first arguments; the others are whole numbers or references."""
    return ctypes.PYFUNCTYPE(result, *arguments)(ctypes.cast(function, _ADDRESS).value or 0)


def reference(handle: Any) -> Reference:
    """A handle of pypdfium2 as the functions below take it."""
    return ctypes.byref(handle.contents)


page_object = _quick(pdfium.FPDFPage_GetObject, _ADDRESS)
form_object = _quick(pdfium.FPDFFormObj_GetObject, _ADDRESS)
object_type = _quick(pdfium.FPDFPageObj_GetType, _INT, _ADDRESS)
has_transparency = _quick(pdfium.FPDFPageObj_HasTransparency, _INT, _ADDRESS)
object_of_character = _quick(pdfium.FPDFText_GetTextObject, _ADDRESS)
unicode_of = _quick(pdfium.FPDFText_GetUnicode, ctypes.c_uint)
angle_of = _quick(pdfium.FPDFText_GetCharAngle, _FLOAT)
is_generated = _quick(pdfium.FPDFText_IsGenerated, _INT)
is_unmapped = _quick(pdfium.FPDFText_HasUnicodeMapError, _INT)
_object_bounds = _quick(pdfium.FPDFPageObj_GetBounds, _INT, _ADDRESS)
_loose_box = _quick(pdfium.FPDFText_GetLooseCharBox, _INT)
_origin = _quick(pdfium.FPDFText_GetCharOrigin, _INT)
_text = _quick(pdfium.FPDFText_GetText, _INT)

_BOXES = (_FLOAT * (4 * _AT_ONCE))()
_SIDES = [ctypes.byref(_BOXES, ctypes.sizeof(_FLOAT) * side) for side in range(4 * _AT_ONCE)]
_FIRST, _SECOND, _THIRD, _FOURTH = (_SIDES[side::4] for side in range(4))
_POINT = (_DOUBLE * 2)()
_X, _Y = ctypes.byref(_POINT), ctypes.byref(_POINT, ctypes.sizeof(_DOUBLE))


def text_of(textpage: Reference, count: int) -> str:
    """The characters of the text page, one for each of its indices."""
    buffer = bytearray(2 * (count + 1))
    written = _text(textpage, 0, count, ctypes.byref(ctypes.c_char.from_buffer(buffer))) - 1
    text = buffer[: 2 * written].decode("utf-16-le", "replace")
    if written == count == len(text):
        return text
    # characters without a code are left out by pdfium's text as a whole, and rare ones take two places in it
    return "".join(map(chr, map(unicode_of, repeat(textpage), range(count))))


def loose_boxes(textpage: Reference, indices: Sequence[int]) -> Columns:
    """Left, top, right and bottom of the characters at the indices, in the page's own coordinates."""
    return _columns(indices, lambda group: map(_loose_box, repeat(textpage), group, _FIRST))


def bounds_of(things: Sequence[Address]) -> Columns:
    """Left, bottom, right and top of drawn things; all zero for one without bounds."""
    return _columns(things, lambda group: map(_object_bounds, group, _FIRST, _SECOND, _THIRD, _FOURTH))


def origin_of(textpage: Reference, index: int) -> tuple[float, float]:
    """Where the character stands on its baseline, in the page's own coordinates."""
    _origin(textpage, index, _X, _Y)
    return _POINT[0], _POINT[1]


def _columns(items: Sequence[int], calls: Callable[[Sequence[int]], Iterable[Any]]) -> Columns:
    """The four sides of the boxes that the calls write, in calls of some items at once."""
    values: list[float] = []
    for start in range(0, len(items), _AT_ONCE):
        group = items[start : start + _AT_ONCE]
        ctypes.memset(_BOXES, 0, ctypes.sizeof(_BOXES))
        deque(calls(group), maxlen=0)
        values += memoryview(_BOXES).cast("B").cast("f")[: 4 * len(group)].tolist()
    return values[0::4], values[1::4], values[2::4], values[3::4]
