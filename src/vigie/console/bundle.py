"""The built bundle and the map, served under a name that changes with their bytes, so that browsers may keep them."""

import gzip
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import Self

from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route

TYPES = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml", ".txt": "text/plain; charset=utf-8"}
FOREVER = "public, max-age=31536000, immutable"
MAP = Path(str(files("vigie.console") / "map" / "countries.pmtiles"))


@dataclass(frozen=True, slots=True)
class Bundle:
    """The files of the browser's side.

    Attributes:
        plain: File name to bytes. packed: Content coding (`br`, `gzip`) to file name to the same bytes packed.
        version: A short name of all bytes.
    """

    plain: Mapping[str, bytes]
    packed: Mapping[str, Mapping[str, bytes]]
    version: str

    @classmethod
    def load(cls, folder: Path | None = None) -> Self:
        """Read the bundle that lies beside this module, or another one."""
        where = folder or Path(str(files("vigie.console") / "static"))
        plain = {path.name: path.read_bytes() for path in sorted(where.iterdir()) if path.suffix in TYPES}
        told = sha256()
        for name, body in plain.items():
            told.update(name.encode() + b"\0" + body)
        brotli = {path.stem: path.read_bytes() for path in sorted(where.glob("*.br"))}
        zipped = {name: gzip.compress(body, 9, mtime=0) for name, body in plain.items()}
        return cls(plain, {"br": brotli, "gzip": zipped}, told.hexdigest()[:10])

    def href(self, name: str) -> str:
        """The address of one file."""
        return f"/static/{self.version}/{name}"

    def answer(self, request: Request) -> Response:
        """Answer one file."""
        name = request.path_params["name"]
        if name not in self.plain:
            return Response(status_code=404)
        kind = TYPES[Path(name).suffix]
        headers = {"cache-control": FOREVER, "vary": "accept-encoding"}
        wanted = {part.split(";")[0].strip() for part in request.headers.get("accept-encoding", "").split(",")}
        for coding, packed in self.packed.items():
            if coding in wanted and name in packed:
                return Response(packed[name], media_type=kind, headers=headers | {"content-encoding": coding})
        return Response(self.plain[name], media_type=kind, headers=headers)

    def routes(self) -> list[Route]:
        """The routes of all files; nobody needs to be signed in for them."""
        return [
            Route("/static/{version}/{name}", self.answer),
            Route("/map/countries.pmtiles", map_tiles),
            Route("/favicon.ico", lambda request: Response(self.plain["favicon.svg"], media_type="image/svg+xml")),
        ]


def map_tiles(request: Request) -> Response:
    """Answer the map, in ranges as the browser asks for them."""
    return FileResponse(MAP, media_type="application/vnd.pmtiles", headers={"cache-control": FOREVER})
