"""`/taxii2`: a TAXII 2.1 server on the exchange log. Who asks is known by a token of its node.

A token comes as bearer token, as `Token`, or as the password of HTTP Basic with the partner's name.
Source: OASIS TAXII 2.1, sections 3 to 5; RFC 6750; RFC 7617.
"""

from base64 import b64decode
from binascii import Error as BadBase64
from collections.abc import Awaitable, Callable, Sequence

import msgspec
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from vigie.desk import exchange_taxii as desk
from vigie.desk import exchange_taxii_pushing as pushing
from vigie.exchange import (
    MOST_BYTES,
    STIX_MEDIA,
    TAXII_MEDIA,
    ExchangeRefused,
    Match,
    Why,
    refuse,
    status_id,
    write_envelope,
    write_manifest,
    write_stix_time,
)
from vigie.node import Node
from vigie.terms import BadMoment, Moment, read_moment

ACCEPTED = ("application/taxii+json", "application/stix+json", "application/json", "*/*", "application/*", "")
"""Media types a client may ask for; what comes is always TAXII 2.1."""

STATUSES = {Why.UNKNOWN_PEER: 401, Why.METADATA_EXPIRED: 403, Why.OVERSIZE: 413, Why.NO_AGREEMENT: 403,
            Why.NOT_A_MEMBER: 404, Why.BAD_NAME: 404}  # fmt: skip

Answering = Callable[[str, Request, Node], Response]


def create_taxii(node: Node) -> Starlette:
    """Build the TAXII server of a node, to be mounted at `/taxii2`."""
    root, collection = "/{root}/", "/{root}/collections/{collection}/"
    routes = [
        Route("/", _for_holders(_discovery, node)),
        Route(root, _for_holders(_root, node)),
        Route(f"{root}status/{{status}}/", _for_holders(_status, node)),
        Route(f"{root}collections/", _for_holders(_collections, node)),
        Route(collection, _for_holders(_collection, node)),
        Route(f"{collection}manifest/", _for_holders(_manifest, node)),
        Route(f"{collection}objects/", _pushing(node), methods=["POST"]),
        Route(f"{collection}objects/", _for_holders(_objects, node)),
        Route(f"{collection}objects/{{object}}/", _for_holders(_objects, node)),
        Route(f"{collection}objects/{{object}}/versions/", _for_holders(_versions, node)),
    ]
    return Starlette(routes=routes)


class Absent(Exception):
    """There is no such root, collection, object or status, or it is not for who asks; nobody is told which."""


def _for_holders(answering: Answering, node: Node) -> Callable[[Request], Awaitable[Response]]:
    """Ask whose token it is, then answer in a thread of its own."""

    def answer(request: Request) -> Response:
        try:
            if not _acceptable(request):
                return _problem(406, "not-acceptable")
            return answering(caller_of(request, node), request, node)
        except ExchangeRefused as refusal:
            return refused_as(refusal)
        except Absent:
            return _problem(404, "not-found")

    async def answered(request: Request) -> Response:
        return await run_in_threadpool(answer, request)

    return answered


def _pushing(node: Node) -> Callable[[Request], Awaitable[Response]]:
    """Take a push: who it is and whether it may is asked before its body is read."""

    def begin(request: Request) -> tuple[str, desk.Collection]:
        partner = caller_of(request, node)
        return partner, _found(partner, request, node)

    async def answered(request: Request) -> Response:
        try:
            partner, collection = await run_in_threadpool(begin, request)
            raw = bytearray()
            async for part in request.stream():
                raw += part
                if len(raw) > MOST_BYTES:
                    refuse(Why.OVERSIZE, bytes=len(raw), most=MOST_BYTES)
            told = await run_in_threadpool(pushing.push, partner, collection, _bundle(bytes(raw)), node)
            return _json(_status_of(told), 202)
        except ExchangeRefused as refusal:
            return refused_as(refusal)
        except Absent:
            return _problem(404, "not-found")

    return answered


def _bundle(raw: bytes) -> bytes:
    """The objects of an envelope, as the reader of STIX takes them."""
    try:
        return bytes(msgspec.json.decode(raw, type=dict[str, msgspec.Raw])["objects"])
    except (msgspec.MsgspecError, UnicodeDecodeError, KeyError):
        refuse(Why.BAD_CONTENT, part="envelope")


def _acceptable(request: Request) -> bool:
    asked = [one.split(";")[0].strip() for one in request.headers.get("accept", "").split(",")]
    return any(one in ACCEPTED for one in asked)


def caller_of(request: Request, node: Node) -> str:
    """Whose token a request bears.

    Raises:
        ExchangeRefused: None, or nobody's.
    """
    scheme, _, told = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() in ("bearer", "token"):
        return desk.holder(told.strip(), node)
    if scheme.lower() == "basic":
        try:
            name, _, token = b64decode(told, validate=True).decode().partition(":")
        except (BadBase64, ValueError):
            name = token = "-"
        return desk.holder(token, node, name or "-")
    raise ExchangeRefused(reason=Why.UNKNOWN_PEER.value, node="")


def _found(partner: str, request: Request, node: Node) -> desk.Collection:
    """The collection that an address names, where it is one of who asks."""
    agreement = desk.roots(partner, node).get(request.path_params["root"])
    for one in desk.collections(partner, node):
        if agreement is not None and (one.id, one.agreement.id) == (request.path_params["collection"], agreement.id):
            return one
    raise Absent


def _discovery(partner: str, request: Request, node: Node) -> Response:
    base = str(request.url.replace(query="")).rstrip("/")
    roots = [f"{base}/{name}/" for name in desk.roots(partner, node)]
    told: dict[str, object] = {"title": f"vigie {node.name}", "description": "What partners are told."}
    return _json(told | ({"default": roots[0], "api_roots": roots} if roots else {}))


def _root(partner: str, request: Request, node: Node) -> Response:
    agreement = desk.roots(partner, node).get(request.path_params["root"])
    if agreement is None:
        raise Absent
    return _json({"title": agreement.id, "description": f"{agreement.sender} to {agreement.receiver}",
                  "versions": [TAXII_MEDIA], "max_content_length": MOST_BYTES})  # fmt: skip


def _collections(partner: str, request: Request, node: Node) -> Response:
    agreement = desk.roots(partner, node).get(request.path_params["root"])
    if agreement is None:
        raise Absent
    found = [_told(one) for one in desk.collections(partner, node) if one.agreement.id == agreement.id]
    return _json({"collections": found} if found else {})


def _collection(partner: str, request: Request, node: Node) -> Response:
    return _json(_told(_found(partner, request, node)))


def _told(one: desk.Collection) -> dict[str, object]:
    return {"id": one.id, "title": one.purpose.value, "description": one.agreement.id, "can_read": not one.inward,
            "can_write": one.inward, "media_types": [STIX_MEDIA]}  # fmt: skip


def _page(partner: str, request: Request, node: Node) -> desk.Page:
    asked = request.query_params
    ids = (request.path_params["object"],) if "object" in request.path_params else _words(asked.getlist("match[id]"))
    match = Match(ids, *(_words(asked.getlist(f"match[{name}]")) for name in ("type", "version", "spec_version")))
    told = asked.get("limit", str(desk.PAGE))
    if not (told.isascii() and told.isdigit() and 0 < len(told) < 10 and int(told)):
        refuse(Why.BAD_CONTENT, part="limit")
    found = desk.page(partner, _found(partner, request, node), node, _moment(asked.get("added_after")),
                      asked.get("next", ""), int(told), match)  # fmt: skip
    if "object" in request.path_params and not found.objects:
        raise Absent
    return found


def _moment(text: str | None) -> int:
    try:
        return -1 if text is None else read_moment(text)
    except BadMoment:
        refuse(Why.BAD_CONTENT, part="added_after")


def _words(asked: Sequence[str]) -> tuple[str, ...]:
    return tuple(one for words in asked for one in words.split(",") if one)


def _objects(partner: str, request: Request, node: Node) -> Response:
    found = _page(partner, request, node)
    return _dated(write_envelope([one.raw for one in found.objects], found.more, found.after), found)


def _manifest(partner: str, request: Request, node: Node) -> Response:
    found = _page(partner, request, node)
    return _dated(write_manifest(found.objects, found.more, found.after), found)


def _versions(partner: str, request: Request, node: Node) -> Response:
    found = _page(partner, request, node)
    rows = msgspec.json.decode(write_manifest(found.objects, False, ""))["objects"]
    return _dated(msgspec.json.encode({"versions": [one["version"] for one in rows]}), found)


def _dated(body: bytes, found: desk.Page) -> Response:
    headers = {"Content-Encoding": "identity"}  # not packed: packing takes longer than the rest, and than a local line
    if found.objects:
        for name, one in (("First", found.objects[0]), ("Last", found.objects[-1])):
            headers[f"X-TAXII-Date-Added-{name}"] = write_stix_time(Moment(one.added))
    return Response(body, 200, headers, TAXII_MEDIA)


def _status(partner: str, request: Request, node: Node) -> Response:
    found = pushing.status(partner, status_id(request.path_params["status"]), node)
    if found is None or request.path_params["root"] not in desk.roots(partner, node):
        raise Absent
    return _json(_status_of(found))


def _status_of(told: pushing.Status) -> dict[str, object]:
    when = write_stix_time(told.made)
    good = [{"id": id, "version": when} for id in told.good]
    bad = [{"id": id, "version": when, "message": why} for id, why in told.bad]
    return {"id": told.id, "status": "complete", "request_timestamp": when, "total_count": len(good) + len(bad),
            "success_count": len(good), "successes": good, "failure_count": len(bad), "failures": bad,
            "pending_count": 0, "pendings": []}  # fmt: skip


def _json(told: object, status: int = 200) -> Response:
    return Response(msgspec.json.encode(told), status, media_type=TAXII_MEDIA)


def refused_as(refusal: ExchangeRefused) -> Response:
    """A refusal as an error message of TAXII; without a good token it says how to show one."""
    reason = Why(str(refusal.facts["reason"]))
    status = STATUSES.get(reason, 422)
    answer = _problem(status, reason.value)
    if status == 401:
        answer.headers["www-authenticate"] = 'Basic realm="vigie", Bearer'
    return answer


def _problem(status: int, code: str) -> Response:
    """An error message of TAXII: its title is a code of ours."""
    return _json({"title": code, "http_status": str(status), "error_code": code}, status)
