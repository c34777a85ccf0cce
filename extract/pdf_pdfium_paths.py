"""The rules drawn on a PDF page, by pypdfium2: bounds of every visible path that runs along the axes."""

import ctypes
from collections.abc import Iterator
from itertools import pairwise
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from extract.printed_page import MOST_DRAWN, STRAIGHT, THIN

Bounds = tuple[float, float, float, float]
Matrix = tuple[float, float, float, float, float, float]
Point = tuple[float, float]

_DEEPEST = 8  # form objects within form objects
_RECTANGLE = 5  # segments
_LONGEST_NAME = 256
_STANDARD_FONTS = ("Helvetica", "Arial", "Times", "Courier", "Symbol", "ZapfDingbats")


class Drawing(NamedTuple):
    """What is drawn on a page: rules and stroked frames in the page's own coordinates, pictures, fonts not embedded."""

    bounds: tuple[Bounds, ...]
    images: int
    missing_fonts: frozenset[str]


def drawing(page: Any) -> Drawing:
    """What is drawn on the page. Backgrounds (filled areas without outline), slanted lines and curves are not rules.

    Fonts that every PDF program has of its own are not missing. Raises ValueError above MOST_DRAWN.
    """
    count = pdfium.FPDFPage_CountObjects(page)
    found: list[Bounds] = []
    images = 0
    fonts: set[str] = set()
    objects = (pdfium.FPDFPage_GetObject(page, index) for index in range(count))
    for visited, (item, within) in enumerate(_flat(objects, (), 0)):
        kind = pdfium.FPDFPageObj_GetType(item)
        if kind == pdfium.FPDF_PAGEOBJ_PATH:
            found.extend(_bounds_of(item, within))
        elif kind == pdfium.FPDF_PAGEOBJ_TEXT:
            fonts.update(_missing_font(item))
        images += kind == pdfium.FPDF_PAGEOBJ_IMAGE
        if max(visited, len(found)) > MOST_DRAWN:
            raise ValueError(f"more than {MOST_DRAWN} things drawn on one page")
    return Drawing(tuple(found), images, frozenset(fonts))


def _missing_font(text: Any) -> Iterator[str]:
    font = pdfium.FPDFTextObj_GetFont(text)
    if not font or pdfium.FPDFFont_GetIsEmbedded(font):
        return
    buffer = ctypes.create_string_buffer(_LONGEST_NAME)
    pdfium.FPDFFont_GetBaseFontName(font, buffer, _LONGEST_NAME)
    name = buffer.value.decode(errors="replace")
    if not name.startswith(_STANDARD_FONTS):
        yield name


def _flat(objects: Iterator[Any], within: tuple[Matrix, ...], depth: int) -> Iterator[tuple[Any, tuple[Matrix, ...]]]:
    """Every object that is not a form, with the matrices of the forms around it from the inside out."""
    for item in objects:
        if pdfium.FPDFPageObj_GetType(item) != pdfium.FPDF_PAGEOBJ_FORM:
            yield item, within
        elif depth < _DEEPEST:
            count = pdfium.FPDFFormObj_CountObjects(item)
            inner = (pdfium.FPDFFormObj_GetObject(item, index) for index in range(count))
            yield from _flat(inner, (_matrix(item), *within), depth + 1)


def _bounds_of(path: Any, within: tuple[Matrix, ...]) -> Iterator[Bounds]:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(path, fill, stroke)
    if not (fill.value or stroke.value) or _invisible(path, bool(stroke.value)):
        return
    bounds = _outer_bounds(path, within)
    if bounds is None:
        return
    if _thin(bounds):
        yield bounds
    elif stroke.value or pdfium.FPDFPath_CountSegments(path) > _RECTANGLE:
        for points in _subpaths(path, within):
            yield from _straight(points, bool(stroke.value))


def _outer_bounds(path: Any, within: tuple[Matrix, ...]) -> Bounds | None:
    sides = tuple(ctypes.c_float() for _ in range(4))
    if not pdfium.FPDFPageObj_GetBounds(path, *sides):
        return None
    left, bottom, right, top = (side.value for side in sides)
    if not within:
        return left, bottom, right, top
    return _around([_through((x, y), within) for x in (left, right) for y in (bottom, top)])


def _straight(points: list[Point], stroked: bool) -> Iterator[Bounds]:
    """A rectangle as a whole, else its straight sides one by one; filled areas only where they are thin."""
    around = _around(points)
    if _thin(around) or (stroked and _is_rectangle(points)):
        yield around
    elif stroked:
        sides = (_around(list(pair)) for pair in pairwise(points))
        yield from (side for side in sides if min(side[2] - side[0], side[3] - side[1]) <= STRAIGHT)


def _is_rectangle(points: list[Point]) -> bool:
    left, bottom, right, top = _around(points)
    return len(points) == _RECTANGLE and all(
        min(abs(x - left), abs(x - right)) <= STRAIGHT and min(abs(y - bottom), abs(y - top)) <= STRAIGHT
        for x, y in points
    ) and all(min(abs(a[0] - b[0]), abs(a[1] - b[1])) <= STRAIGHT for a, b in pairwise(points))


def _subpaths(path: Any, within: tuple[Matrix, ...]) -> Iterator[list[Point]]:
    """The corners of every piece of the path, the first one repeated where it is closed. Curved pieces are left out."""
    chain = (_matrix(path), *within)
    x, y = ctypes.c_float(), ctypes.c_float()
    points: list[Point] = []
    curved = False
    for index in range(pdfium.FPDFPath_CountSegments(path)):
        segment = pdfium.FPDFPath_GetPathSegment(path, index)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            if points and not curved:
                yield points
            points, curved = [], False
        curved |= kind == pdfium.FPDF_SEGMENT_BEZIERTO
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        points.append(_through((x.value, y.value), chain))
        if pdfium.FPDFPathSegment_GetClose(segment) and points[0] != points[-1]:
            points.append(points[0])
    if points and not curved:
        yield points


def _invisible(path: Any, stroked: bool) -> bool:
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    colour = pdfium.FPDFPageObj_GetStrokeColor if stroked else pdfium.FPDFPageObj_GetFillColor
    return bool(colour(path, red, green, blue, alpha)) and alpha.value == 0


def _matrix(item: Any) -> Matrix:
    matrix = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(item, matrix):
        return 1.0, 0.0, 0.0, 1.0, 0.0, 0.0
    return matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f


def _through(point: Point, chain: tuple[Matrix, ...]) -> Point:
    x, y = point
    for a, b, c, d, e, f in chain:
        x, y = a * x + c * y + e, b * x + d * y + f
    return x, y


def _around(points: list[Point]) -> Bounds:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)


def _thin(bounds: Bounds) -> bool:
    return min(bounds[2] - bounds[0], bounds[3] - bounds[1]) < THIN
