"""Reading beforehand, in the background, what the first pages would wait for."""

import logging
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

from starlette.applications import Starlette

from ontology.document_number import parse
from viz.web.asking import Asked
from viz.web.pages import environment
from viz.web.search import examples
from viz.web.search_index import index_of
from viz.web.serving import Serving
from viz.web.signals import disclosures

_LOG = logging.getLogger(__name__)


def warmed(serving: Serving) -> Callable[[Starlette], AbstractAsyncContextManager[None]]:
    """What an application does when it starts: pages are answered at once, the reading goes on beside them."""

    @asynccontextmanager
    async def started(_: Starlette) -> AsyncIterator[None]:
        threading.Thread(target=_warm, args=(serving,), daemon=True).start()
        yield

    return started


def _warm(serving: Serving) -> None:
    """Begins the index, then reads templates, issuers of documents, the disclosures and the readings of signs."""
    try:
        opened = serving.opened()
        index = index_of(opened)
        for name in environment().list_templates():
            environment().get_template(name)
        parse("财预〔2024〕1号")
        disclosures(Asked(opened, "zh"))
        if index:
            examples(index.file)
    except Exception:  # the page that needs it tells
        _LOG.exception("what pages need could not be read beforehand")
