"""What is drawn on a PDF page, by pypdfium2: bounds of every visible path that runs along the axes, texts, pictures."""

import ctypes
from collections.abc import Iterable, Iterator
from itertools import pairwise, repeat
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from extract.pdf.pdfium_calls import (
    Address,
    bounds_of,
    form_object,
    has_transparency,
    object_type,
    page_object,
    reference,
)
from extract.pdf.printed_page import MOST_DRAWN, STRAIGHT, THIN
from ontology.findings import said

Bounds = tuple[float, float, float, float]
Matrix = tuple[float, float, float, float, float, float]
Point = tuple[float, float]

_DEEPEST = 8  # form objects within form objects
_RECTANGLE = 5  # segments
_NOWHERE = (0.0, 0.0, 0.0, 0.0)  # the bounds of a path without any


class Drawing(NamedTuple):
    """What is drawn on a page: rules and stroked frames in the page's own coordinates, text objects, pictures."""

    bounds: tuple[Bounds, ...]
    texts: frozenset[Address]
    images: int


class _Group(NamedTuple):
    """Things of one kind, and the matrices of the forms around them from the inside out."""

    kind: int
    things: list[Address]
    within: tuple[Matrix, ...]


def drawing(page: Any) -> Drawing:
    """What is drawn on the page. Backgrounds (filled areas without outline), slanted lines and curves are not rules.

    Raises ValueError above MOST_DRAWN.
    """
    count = pdfium.FPDFPage_CountObjects(page)
    _check(count)
    objects = list(map(page_object, repeat(reference(page)), range(count)))
    found: list[Bounds] = []
    texts: set[Address] = set()
    images = 0
    for kind, things, within in _groups(objects, (), 0):
        if kind == pdfium.FPDF_PAGEOBJ_PATH:
            found.extend(_drawn(things, within))
        elif kind == pdfium.FPDF_PAGEOBJ_TEXT:
            texts.update(things)
        elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            images += len(things)
        _check(max(len(found), len(texts)))
    return Drawing(tuple(found), frozenset(texts), images)


def _check(count: int) -> None:
    if count > MOST_DRAWN:
        raise ValueError(said("too_many_drawn", count=MOST_DRAWN))


def _groups(objects: Iterable[Address], within: tuple[Matrix, ...], depth: int) -> Iterator[_Group]:
    """All things that are not forms, those of the page first and then those of each form."""
    by_kind: dict[int, list[Address]] = {}
    for thing, kind in zip(objects, map(object_type, objects), strict=True):
        by_kind.setdefault(kind, []).append(thing)
    forms = by_kind.pop(pdfium.FPDF_PAGEOBJ_FORM, [])
    yield from (_Group(kind, things, within) for kind, things in by_kind.items())
    for form in forms if depth < _DEEPEST else ():
        count = pdfium.FPDFFormObj_CountObjects(_handle(form))
        _check(count)
        inner = list(map(form_object, repeat(reference(_handle(form))), range(count)))
        yield from _groups(inner, (_matrix(_handle(form)), *within), depth + 1)


def _handle(thing: Address) -> Any:
    return ctypes.cast(thing, pdfium.FPDF_PAGEOBJECT)


def _drawn(paths: list[Address], within: tuple[Matrix, ...]) -> Iterator[Bounds]:
    """The rules and frames among the paths. A thin path without transparency is a rule, whatever else it is."""
    all_bounds = zip(*bounds_of(paths), strict=True)
    for path, bounds, is_clear in zip(paths, all_bounds, map(has_transparency, paths), strict=True):
        if bounds == _NOWHERE:
            continue
        left, bottom, right, top = around = _moved(bounds, within) if within else bounds
        if not is_clear and (right - left < THIN or top - bottom < THIN):
            yield around
        else:
            yield from _looked_into(_handle(path), around, within)


def _looked_into(path: Any, around: Bounds, within: tuple[Matrix, ...]) -> Iterator[Bounds]:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(path, fill, stroke)
    if not (fill.value or stroke.value) or _is_invisible(path, bool(stroke.value)):
        return
    if _is_thin(around):
        yield around
    elif stroke.value or pdfium.FPDFPath_CountSegments(path) > _RECTANGLE:
        for points in _subpaths(path, within):
            yield from _straight(points, bool(stroke.value))


def _moved(bounds: Bounds, within: tuple[Matrix, ...]) -> Bounds:
    if not within:
        return bounds
    left, bottom, right, top = bounds
    return _around([_through((x, y), within) for x in (left, right) for y in (bottom, top)])


def _straight(points: list[Point], stroked: bool) -> Iterator[Bounds]:
    """A rectangle as a whole, else its straight sides one by one; filled areas only where they are thin."""
    around = _around(points)
    if _is_thin(around) or (stroked and _is_rectangle(points)):
        yield around
    elif stroked:
        sides = (_around(list(pair)) for pair in pairwise(points))
        yield from (side for side in sides if min(side[2] - side[0], side[3] - side[1]) <= STRAIGHT)


def _is_rectangle(points: list[Point]) -> bool:
    left, bottom, right, top = _around(points)
    return (
        len(points) == _RECTANGLE
        and all(
            min(abs(x - left), abs(x - right)) <= STRAIGHT and min(abs(y - bottom), abs(y - top)) <= STRAIGHT
            for x, y in points
        )
        and all(min(abs(a[0] - b[0]), abs(a[1] - b[1])) <= STRAIGHT for a, b in pairwise(points))
    )


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


def _is_invisible(path: Any, stroked: bool) -> bool:
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    colour = pdfium.FPDFPageObj_GetStrokeColor if stroked else pdfium.FPDFPageObj_GetFillColor
    return bool(colour(path, red, green, blue, alpha)) and alpha.value == 0


def _matrix(thing: Any) -> Matrix:
    matrix = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(thing, matrix):
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


def _is_thin(bounds: Bounds) -> bool:
    return bounds[2] - bounds[0] < THIN or bounds[3] - bounds[1] < THIN
