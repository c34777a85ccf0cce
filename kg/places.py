"""Where something is printed, as every answer tells it."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, order=True)
class Evidence:
    """Where something is printed: file, page (PDF) or line (text), table, row and column (1-based), the words there.

    `iri` is the place's own address in the graph; places that read alike are the same.
    `sha256` is that of the file, `bbox` the place on the page, `x0,top,x1,bottom` in points; empty where not known.
    """

    file: str
    page: int | None
    line: int | None
    table: str | None
    row: int | None
    column: int | None
    words: str
    iri: str = field(default="", compare=False)
    sha256: str = ""
    bbox: str = ""


def position(place: Evidence) -> tuple[str, int, int, int, int, str, str]:
    """Sorts places in the order of files and pages; what is not known comes first."""
    numbers = (place.page or 0, place.line or 0, place.row or 0, place.column or 0)
    return place.file, *numbers, place.table or "", place.words
