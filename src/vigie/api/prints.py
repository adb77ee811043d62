"""Answers that are files: what a desk printed, as an attachment."""

from typing import Any

from fastapi import Response

from vigie.desk.bulletin import MEDIA, Printed

FILES: dict[int | str, dict[str, Any]] = {
    200: {"description": "OK", "content": {media.partition(";")[0]: {"schema": {"type": "string", "format": "binary"}}
                                           for media in MEDIA.values()}},
}  # fmt: skip
"""What such an answer is for the description of the API."""


def download(made: Printed) -> Response:
    """Answer with a printed document as a file."""
    return Response(made.body, media_type=made.media,
                    headers={"content-disposition": f'attachment; filename="{made.name}"'})  # fmt: skip
