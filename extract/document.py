"""What every reader yields: the printed lines and tables of a document, each with its place."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from ontology.facts import Box, Finding, Source


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line of running text, untouched.

    `page` is 1-based in paged documents, `line` 1-based in text files; the other is None. `bbox` is
    `(x0, top, x1, bottom)` in PDF points from the top left of the page, None in text files.
    """

    text: str
    page: int | None = None
    line: int | None = None
    bbox: Box | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table: where it starts, how far it reaches, what is printed in it (line breaks kept).

    `row` and `column` are 0-based in the table as a whole, over all the pages it runs over.
    """

    row: int
    column: int
    text: str
    row_span: int = 1
    column_span: int = 1
    page: int | None = None
    line: int | None = None
    bbox: Box | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A printed table: its cells in row-major order, blank ones included where the reader knows of them.

    A table that runs over pages is one Table; headings repeated on later pages are dropped by the reader when it
    is certain, else left in. `spans_known` is False where merged cells cannot be told from blank ones (text files).
    """

    cells: tuple[Cell, ...]
    page: int | None = None
    line: int | None = None
    bbox: Box | None = None
    spans_known: bool = True

    @property
    def rows(self) -> int:
        return max((cell.row + cell.row_span for cell in self.cells), default=0)

    @property
    def columns(self) -> int:
        return max((cell.column + cell.column_span for cell in self.cells), default=0)

    def grid(self) -> list[list[Cell | None]]:
        """The cells by row and column; a merged cell stands at its first place only, the rest is None."""
        columns = self.columns
        grid: list[list[Cell | None]] = [[None] * columns for _ in range(self.rows)]
        for cell in self.cells:
            grid[cell.row][cell.column] = cell
        return grid


Block = Line | Table


@dataclass(frozen=True, slots=True)
class Document:
    """A source document in reading order.

    `file` is the file's name (not its path), `sha256` the hex digest of its bytes. `findings` are what the
    reader itself could not use.
    """

    file: str
    sha256: str
    blocks: tuple[Block, ...]
    findings: tuple[Finding, ...] = field(default=())

    def lines(self) -> Iterator[Line]:
        return (block for block in self.blocks if isinstance(block, Line))

    def tables(self) -> Iterator[Table]:
        return (block for block in self.blocks if isinstance(block, Table))

    def source(self, place: "Line | Cell | Table", *, text: str | None = None, table: str | None = None) -> Source:
        """Where `place` is printed. Row and column of a cell are given 1-based."""
        cell = place if isinstance(place, Cell) else None
        return Source(
            file=self.file,
            sha256=self.sha256,
            page=place.page,
            line=place.line,
            table=table,
            row=cell.row + 1 if cell else None,
            column=cell.column + 1 if cell else None,
            bbox=place.bbox,
            text=text if text is not None else ("" if isinstance(place, Table) else place.text),
        )

    def note(self, place: "Line | Cell | Table", message: str) -> Finding:
        """A finding of severity info on what is printed at `place`."""
        return Finding(source=self.source(place), severity="info", message=message)
