"""The reading room: what waits, one scan in the viewer, what its reader says, the keys and the site's rules."""

from collections.abc import Iterator, Mapping
from itertools import zip_longest
from urllib.parse import urlencode

import msgspec
from starlette.responses import Response

from vigie.console.pages import Asked, Pages, Said, back, done
from vigie.console.scanning_keys import KEYED, keys_of, keys_told
from vigie.console.scanning_words import findings_marked, words_of
from vigie.desk import officers, reading, reading_room, reading_shown, scanning_elsewhere
from vigie.desk import scanning as desk
from vigie.scanning import Place, ReadingOrder, Region, RoomRules, Sighting
from vigie.terms import BadRequest

FILTERS = ("awaits", "place", "claimed", "container")
PRIVATE = "private, max-age=900, immutable"
"""A picture's address holds its hash; the officer's own browser may keep it a quarter of an hour, nobody between."""

RAW = "application/octet-stream"
PLAIN = {"content-encoding": "identity"}
"""Counts are sent as they are: gzip saves a fifth of the bytes, since noise does not pack, and takes a quarter of a
second for 3000 by 1000. Source: benchmarks/speed/viewer.py.
"""
_PPM = 10_000  # millionths in a per cent


def read(asked: Asked, pages: Pages) -> Response:
    """The list."""
    query = asked.request.query_params
    told = {name: query.get(name, "").strip() for name in FILTERS}
    view = reading.worklist(
        asked.officer, asked.node, awaits=told["awaits"], place=told["place"], claimed=told["claimed"],
        container=told["container"], purpose=asked.purpose,
    )  # fmt: skip

    def link(name: str, value: str) -> str:
        kept = {key: one for key, one in (told | {name: value}).items() if one}
        return f"/scanning/read?{urlencode(kept)}" if kept else "/scanning/read"

    agreed = reading.agreement_of(asked.officer, asked.node, asked.purpose) if _may(asked, "see-agreement") else None
    return pages.page(
        asked, "scanning/read.html", view=view, asked_for=told, link=link, filtered=any(told.values()),
        orders=[one.value for one in ReadingOrder], places=[one.value for one in Place], agreement=agreed,
        may_read=_may(asked, "read-scans"), may_change=_may(asked, "change-reading-room"),
        room=reading_room.rules_of(asked.node),
    )  # fmt: skip


def _may(asked: Asked, act: str) -> bool:
    from vigie.desk.gate import may

    return may(asked.officer, act, asked.purpose)


def work(asked: Asked, pages: Pages) -> Response:
    """Claim a scan, give it back, or go to the next one."""
    act, scan = asked.field("act"), asked.field("scan")
    if act == "claim":
        reading.claim(asked.officer, scan, asked.node, asked.purpose)
        return done(f"/scanning/scan/{scan}", Said("said-scan-claim"))
    if act == "release":
        reading.release(asked.officer, scan, asked.node, asked.purpose)
        return done("/scanning/read", Said("said-scan-release"))
    if act not in ("next", "skip"):
        raise BadRequest(reason="unknown-choice", field="act")
    return done(_next(asked, scan))


def _next(asked: Asked, but: str = "") -> str:
    """The page of the scan to read next, claimed; the list where none waits."""
    following = reading.following(asked.officer, asked.node, but, asked.purpose)
    if not following:
        return "/scanning/read"
    if but:
        reading.release(asked.officer, but, asked.node, asked.purpose)
    reading.claim(asked.officer, following, asked.node, asked.purpose)
    return f"/scanning/scan/{following}"


def scan(asked: Asked, pages: Pages) -> Response:
    """One scan in the viewer."""
    name = asked.request.path_params["scan"]
    view = reading_shown.show(asked.officer, name, asked.node, asked.purpose)
    where = f"/scanning/scan/{view.row.scan}"
    if view.references and asked.node.elsewhere is not None:
        asked.node.elsewhere.warm()  # a comparison is likely
    frames = {"preview": f"{where}/preview", "high": f"{where}/frames/high/{view.hash}",
              "low": f"{where}/frames/low/{view.hash}" if len(view.energies_mev) > 1 else ""}  # fmt: skip
    tell = pages.teller(asked.officer.language)
    return pages.page(
        asked, "scanning/scan.html", view=view, frames=frames, keys=keys_of(asked.preferences), acts=KEYED,
        words=words_of(tell), marked=findings_marked(view), sightings=[one.value for one in Sighting],
        may_read=_may(asked, "read-scans"), way=asked.request.query_params.get("draw", ""),
    )  # fmt: skip


def preview(asked: Asked, pages: Pages) -> Response:
    """The small picture that a page shows first."""
    body, media = desk.preview(asked.officer, asked.request.path_params["scan"], asked.node, asked.purpose)
    return Response(body, media_type=media, headers={"cache-control": PRIVATE})


def frame(asked: Asked, pages: Pages) -> Response:
    """One picture to the last count."""
    told = asked.request.path_params
    body = scanning_elsewhere.counts(
        asked.officer, told["scan"], told["energy"], told["hash"], asked.node, asked.purpose
    )
    return Response(body, media_type=RAW, headers={"cache-control": PRIVATE} | PLAIN)


def beside(asked: Asked, pages: Pages) -> Response:
    """Another scan laid over one, and their difference."""
    told = asked.request.path_params
    made = scanning_elsewhere.compared(asked.officer, told["scan"], told["other"], asked.node, asked.purpose)
    headers = {"cache-control": PRIVATE, "x-likeness": f"{made.likeness:.3f}", "x-fault": made.fault} | PLAIN
    return Response(made.body, media_type=RAW, headers=headers)


def give(asked: Asked, pages: Pages) -> Response:
    """Keep what the reader says."""
    name, verdict = asked.request.path_params["scan"], asked.field("verdict")
    given = reading.give(asked.officer, name, verdict, asked.node, tuple(regions_of(asked)), asked.field("note"),
                         purpose=asked.purpose)  # fmt: skip
    said = Said("said-reading", {"verdict": pages.worder(asked.officer.language)("verdict", given.verdict)})
    return done(_next(asked) if asked.field("then") == "next" else f"/scanning/scan/{name}", said)


def regions_of(asked: Asked) -> Iterator[Region]:
    """Read the regions of the form; rows without a size are left out.

    Raises:
        BadRequest: No number, or an unknown reason.
    """
    names = ("reason", "x", "y", "width", "height", "region_note")
    for reason, x, y, width, height, note in zip_longest(*(asked.fields(name) for name in names), fillvalue=""):
        if not (width.strip() or height.strip()):
            continue
        raw = {"x": x, "y": y, "width": width, "height": height, "reason": reason, "note": note.strip()}
        try:
            yield msgspec.convert(raw, Region, strict=False)
        except msgspec.ValidationError:
            raise BadRequest(reason="unknown-choice", field="region") from None


def keep_keys(asked: Asked, pages: Pages) -> Response:
    """Keep the officer's own keys."""
    usual = bool(asked.field("usual"))
    told: Mapping[str, str] = {} if usual else {one: asked.field(f"key-{one}") for one in KEYED}
    liked = msgspec.structs.replace(asked.preferences, keys=keys_told(asked.preferences.keys, told))
    officers.prefer(asked.officer, liked, asked.node)
    return done(back(asked, "/scanning/read"), Said("said-scan-keys"))


def set_room(asked: Asked, pages: Pages) -> Response:
    """Change the rules of the reading room."""
    try:
        told = RoomRules(
            machine_first=asked.field("machine_first") == "yes", reasons_shown=asked.field("reasons_shown") == "yes",
            places_shown=asked.field("places_shown") == "yes",
            second_ppm=round(float(asked.field("second_percent")) * _PPM),
            claim_minutes=int(asked.field("claim_minutes")), due_minutes=int(asked.field("due_minutes")),
        )  # fmt: skip
    except (ValueError, OverflowError):
        raise BadRequest(reason="rules-of-the-reading-room") from None
    reading_room.set_room(asked.officer, told, asked.node, asked.purpose)
    return done("/scanning/read", Said("said-room"))
