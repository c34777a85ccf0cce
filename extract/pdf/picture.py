"""A page of a PDF as a picture, as a viewer shows it."""

from contextlib import closing

import pypdfium2
from PIL.Image import Image

from ontology.errors import UnreadableDocument

_LARGEST = 8_000  # pixels


def picture(data: bytes, page: int, scale: float = 2.0, name: str = "") -> Image:
    """The page, counted from 1, in `scale` pixels a point, fewer where it would be a picture of senseless size.

    The computer's fonts stand in for those not in the file; `name` is what errors call it.

    Raises UnreadableDocument for a file that cannot be opened and a page that it does not have.
    """
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise UnreadableDocument(name, "a damaged or locked PDF", "fetch or save it again") from error
    with closing(document):
        if not 1 <= page <= len(document):
            raise UnreadableDocument(name, f"no page {page}", f"the pages are 1 to {len(document)}")
        with closing(document[page - 1]) as shown:
            size = max(shown.get_size()) * scale
            image: Image = shown.render(scale=scale * min(1.0, _LARGEST / size)).to_pil()
            return image
