"""Bodies of requests that are files: read to the end, within a bound, without filling the memory."""

from tempfile import SpooledTemporaryFile
from typing import BinaryIO, cast

from fastapi import Request

from vigie.api.access import Served
from vigie.terms import BadRequest, VigieError

LARGEST_UPLOAD = 1 << 30
"""Bytes of one upload of messages (1 GiB)."""

LARGEST_TABLE = 16 << 20
"""Bytes of a table: a year of 100,000 outcomes at 160 bytes a row."""

IN_MEMORY = 8 << 20
"""Bytes held in memory; what is larger waits in a file without a name in the node's own folder."""


async def spooled(request: Request, node: Served) -> BinaryIO:
    """Read a body of any size up to the bound; the caller closes what comes back.

    Raises:
        BadRequest: Larger than the bound.
    """
    held = cast(BinaryIO, SpooledTemporaryFile(IN_MEMORY, dir=str(node.settings.home)))  # noqa: SIM115 - it outlives this function
    try:
        async for chunk in request.stream():
            held.write(chunk)
            if held.tell() > LARGEST_UPLOAD:
                raise BadRequest(reason="larger-than-one-gibibyte")
    except BaseException:
        held.close()
        raise
    held.seek(0)
    return held


async def table_text(request: Request) -> str:
    """Read a body that is a table, as text; bytes that are no UTF-8 become marks that readers put into doubt.

    Raises:
        BadRequest: Larger than the bound.
    """
    body = await bounded(request, LARGEST_TABLE, BadRequest(reason="larger-than-sixteen-mebibytes"))
    return body.decode("utf-8-sig", errors="replace")


async def bounded(request: Request, most: int, fault: VigieError) -> bytes:
    """Read a body into memory.

    Args:
        most: Bytes. fault: Raised where there are more.
    """
    held = bytearray()
    async for chunk in request.stream():
        held += chunk
        if len(held) > most:
            raise fault
    return bytes(held)
