"""A page as an answer: the template, the words in the reader's language, what every page shows around its content."""

from collections.abc import Mapping
from functools import cache

import jinja2
from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.responses import Response as Answer

from kg.near import kind_of
from kg.whole_states import being_written
from ontology.money import in_wan, in_yuan
from viz.vocabulary import kind
from viz.web.addresses import address, short
from viz.web.context import Context
from viz.web.navigation import NAVIGATION
from viz.web.serving import Opened
from viz.web.static_files import asset
from viz.web.words import is_chinese, language, say

_YEAR = 365 * 24 * 3600


def page(
    request: Request,
    template: str,
    *,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
    **values: object,
) -> Answer:
    """The page of `viz/web/templates/{template}` with these values.

    Every template may use `say` (words), `lang`, `here` (this path with its query, without `lang`), `asset`, `address`
    and `kind`. The chosen language is kept in a cookie.
    """
    lang = language(request)
    text = (
        environment()
        .get_template(template)
        .render(say=say(lang), lang=lang, request=request, here=_here(request), building=_building(request), **values)
    )
    answer = HTMLResponse(text, status, headers={"Vary": "Accept, Cookie", **(headers or {})})
    if request.query_params.get("lang") == lang:
        answer.set_cookie("lang", lang, max_age=_YEAR, httponly=True, samesite="lax")
    return answer


def context(request: Request) -> Context:
    """What the application was started with."""
    found = request.app.state.context
    assert isinstance(found, Context)
    return found


def opened(request: Request) -> Opened:
    """The store as it is for this request: ask once and use it to the end."""
    return context(request).serving.opened()


@cache
def environment() -> jinja2.Environment:
    """The templates: everything is escaped, a name that is not given is an error."""
    made = jinja2.Environment(
        loader=jinja2.PackageLoader("viz.web"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals |= {
        "asset": asset,
        "address": address,
        "kind": kind,
        "navigation": NAVIGATION,
        "short": short,
        "drawn_as": kind_of,
    }
    made.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "separators": (",", ":")}
    made.filters |= {"yuan": in_yuan, "wan": in_wan, "id": id}
    made.tests["chinese"] = is_chinese
    return made


def _here(request: Request) -> str:
    """This page's path and query, ready for `lang=` to be added."""
    kept = request.url.remove_query_params("lang")
    return f"{kept.path}?{kept.query}&" if kept.query else f"{kept.path}?"


def _building(request: Request) -> bool:
    location = context(request).serving.location
    return "://" not in location and being_written(location)
