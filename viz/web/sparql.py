"""The SPARQL page: an editor on the endpoint of this graph, the named questions as examples, results to embed."""

from collections.abc import Sequence

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from ontology.terms import prefixes
from queries.library import questions, themes, with_examples
from viz.web.context import Context
from viz.web.endpoint import routes as endpoint
from viz.web.pages import page
from viz.web.security import policy
from viz.web.words import language

# The editor's tables are built from markup with style attributes, and one sheet, the same each time, is put in by the
# part that makes columns wider: allowed by what it says. Scripts stay strict.
_POLICY = {
    "style_src": "'self' 'sha256-zCK2EVMoPc04mRF/g5CotUvxbJPWS+8V0b+s9ptqQIk='",
    "style_src_attr": "'unsafe-inline'",
}


def routes(context: Context) -> Sequence[BaseRoute]:
    """The endpoint at /sparql, the page at /query and what it asks for."""
    return [
        *endpoint(context.pool, page="/query"),
        Route("/query", editor),
        Route("/query/embed", embedded),
        Route("/query/prefixes.json", known_prefixes),
        Route("/query/questions.json", examples),
    ]


def editor(request: Request) -> Response:
    """The editor with the list of questions."""
    lang = language(request)
    groups = [
        (getattr(theme, lang), [(one.name, getattr(one, lang)) for one in questions().values() if one.theme == name])
        for name, theme in themes().items()
    ]
    return page(request, "sparql.html", headers=policy(**_POLICY), groups=groups)


def embedded(request: Request) -> Response:
    """The result of the query in the address, alone, for pages elsewhere."""
    return page(request, "sparql_embed.html", headers=policy(frame_ancestors="*", **_POLICY))


def known_prefixes(request: Request) -> Response:
    """The prefixes that the editor completes."""
    return JSONResponse(dict(sorted(prefixes().items())))


def examples(request: Request) -> Response:
    """The named questions as queries that run as they stand."""
    return JSONResponse({question.name: with_examples(question) for question in questions().values()})
