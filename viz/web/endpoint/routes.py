"""The endpoint over HTTP: methods, negotiation, validators, and who may read the answers."""

from hashlib import sha256

from anyio import CapacityLimiter, to_thread
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from viz.web.endpoint.description import description
from viz.web.endpoint.exchange import Job, Reply, refusal
from viz.web.endpoint.formats import TRIPLES
from viz.web.endpoint.pool import Pool
from viz.web.endpoint.protocol import Asked, WrongRequest, asked, parameters_of
from viz.web.negotiation import preferred

# Anyone may read what was published; nothing here depends on who asks.
_CORS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Methods": "GET, HEAD, POST, OPTIONS",
    "Access-Control-Allow-Headers": "Accept, Content-Type, If-None-Match",
    "Access-Control-Expose-Headers": "ETag, Retry-After",
    "Access-Control-Max-Age": "86400",
}
_ALWAYS = {"X-Content-Type-Options": "nosniff", "Vary": "Accept"}


def routes(pool: Pool, *, path: str = "/sparql", page: str | None = None) -> list[BaseRoute]:
    """The endpoint at a path, over the graph that the workers of the pool read.

    Errors are plain text. A browser that opens the path is sent to `page`, where there is one; other clients get the
    service description.
    """
    allowed = pool.limits
    threads = CapacityLimiter(allowed.workers + allowed.waiting + 1)

    async def endpoint(request: Request) -> Response:
        if request.method == "OPTIONS":
            return Response(status_code=204, headers=_CORS | {"Allow": _CORS["Access-Control-Allow-Methods"]})
        try:
            body = await _body(request, allowed.request_size)
            wanted = asked(
                request.method, request.headers.get("content-type", ""), parameters_of(request.url.query), body
            )
        except WrongRequest as error:
            return _response(refusal(error.status, str(error)))
        if wanted is None:
            return _about(request, page)
        job = _job(request, wanted)
        tag = _tag(job, pool.state())
        if tag and tag in _tags(request):
            return Response(status_code=304, headers=_CORS | _ALWAYS | {"ETag": tag})
        reply = await to_thread.run_sync(pool.run, job, limiter=threads)
        return _response(reply, tag if reply.lasting else None)

    methods = ["GET", "HEAD", "POST", "OPTIONS", "PUT", "DELETE", "PATCH"]
    return [Route(path, endpoint, methods=methods, name="sparql")]


async def _body(request: Request, most: int) -> bytes:
    """The body, read no further than allowed. Raises WrongRequest 413."""
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > most:
            raise WrongRequest(413, f"a request of more than {most:,} bytes")
    return bytes(body)


def _job(request: Request, wanted: Asked) -> Job:
    """The query as a worker takes it; relative addresses in it are read from that of the endpoint."""
    base = str(request.url.replace(query="", fragment=""))
    return Job(wanted.query, wanted.default_graphs, wanted.named_graphs, request.headers.get("accept"), base)


def _about(request: Request, page: str | None) -> Response:
    """The service description, or the way to the page for a browser."""
    address = str(request.url.replace(query="", fragment=""))
    accept = request.headers.get("accept")
    offered = (*TRIPLES, "text/html") if page else tuple(TRIPLES)
    media_type = preferred(accept, offered)
    if media_type == "text/html" and page:
        return RedirectResponse(page, status_code=303, headers=_CORS | _ALWAYS)
    if media_type is None:
        return _response(refusal(406, "none of the forms accepted; there are: " + ", ".join(TRIPLES)))
    return _response(Reply(200, description(address, media_type), media_type))


def _tag(job: Job, state: str) -> str | None:
    """A weak validator: the same query on the same state of the graph, equal but for the order of rows."""
    if not state:
        return None
    key = repr((state, job.query, job.default_graphs, job.named_graphs, job.accept, job.base))
    return f'W/"{sha256(key.encode()).hexdigest()[:32]}"'


def _tags(request: Request) -> set[str]:
    return {tag.strip() for tag in request.headers.get("if-none-match", "").split(",")}


def _response(reply: Reply, tag: str | None = None) -> Response:
    lasting = {"ETag": tag, "Cache-Control": "no-cache"} if tag else {"Cache-Control": "no-store"}
    headers = _CORS | _ALWAYS | lasting | reply.headers | {"Content-Type": reply.media_type}
    if reply.status == 405:
        headers["Allow"] = _CORS["Access-Control-Allow-Methods"]
    return Response(reply.body, status_code=reply.status, headers=headers)
