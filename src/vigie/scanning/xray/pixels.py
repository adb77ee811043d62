"""The identity of a scan: what its detectors gave, whatever file it came in."""

from hashlib import sha256

from vigie.scanning.xray.scan import Scan


def pixel_hash(scan: Scan) -> str:
    """The hash of what the detectors gave: SHA-256 over size and counts of each picture, the high one first."""
    digest = sha256()
    for one in (scan.high, scan.low):
        if one is not None:
            digest.update(b"%d x %d\n" % one.shape)
            digest.update(one.astype("<u2", copy=False).tobytes())
    return digest.hexdigest()
