"""Mutate EDIFACT files: whatever comes out is cut without losing a byte, and read without raising.

As a test: a short slice. By hand, longer: `python -m tests.fuzz.fuzz_edifact 100000 7` (rounds, seed).
"""

import io

from tests.fuzz.damage import asked, loop

from vigie.arrivals import Part
from vigie.arrivals.edifact import read_all, segments, split

CORPUS = (
    b"UNA:+.? 'UNB+UNOA:2+BEANR+VIGIE+260120:1200+7'UNH+1+BAPLIE:D:95B:UN:SMDG22'BGM++1+9'DTM+137:202601201200:203'"
    b"TDT+20+12W+1++MSC:172:20+++9074729:146:11:EVER'LOC+147+0110382::5'FTX+AAA+++BANANAS'MEA+WT++KGM:23840'"
    b"LOC+9+ECGYE:139:6'LOC+11+BEANR:139:6'RFF+BM:1'EQD+CN+CSQU3054383+45R1+++5'NAD+CA+MSC:172:20'UNT+14+1'UNZ+1+7'",
    b"UNH+1+CUSCAR:D:00B:UN'BGM+785+1+9'TDT+20+1'EQD+CN+CSQU3054383+45R1+++5'SEL+SI+CA'SEL+H1+SH'CNI+1+MEDU1'RFF+BM:MEDU1'"
    b"LOC+9+ECGYE'NAD+CN+++A ?+ B?'S+ST:1+C++2000+BE'CPI+4++PP'GID+1+1080:CT'FTX+AAA+++BANANAS'MEA+AAE+G+KGM:21000'"
    b"MOA+40:12.5:EUR'SGP+CSQU3054383'CST++080390:HS'CNI+2+MEDU2'GID+1'SGP+MSCU1'UNT+23+1'",
    b"UNB+UNOC:3+A+B+260120:1200+7'UNH+1+IFTSTA:D:00B:UN'BGM+23+1+1'CNI+1+X'STS+1+AE:::loaded'DTM+334:202601201200:203'"
    b"EQD+CN+CSQU3054383'CNI+2'STS+1+ZZ'RFF+EQ:1'UNT+9+1'UNH+2+COARRI:D:95B:UN'BGM+44'LOC+11+BEANR'EQD+CN+X'SEL+NA'"
    b"CNT+16:9'UNT+7+2'UNH+3+VERMAS:D:16A:UN'EQD+CN+Y'MEA+AAE+VGM+LBR:x'DOC+SM1'UNT+5+3'UNZ+3+7'",
    b"UNH+1+CUSRES:D:00B:UN'BGM+962+1+11'DOC+705+B'GIS+7'EQD+CN+Z'UNT+6+1'UNH+2+CALINF:D:00B:UN'TDT+20+1'LOC+153+BEANR'"
    b"DTM+132:260120:101'UNT+5+2'UNH+3+DESADV:D:96A:UN'LIN+1'UNT+3+3'",
)
BITS = (b"'", b"+", b":", b"?", b"\x00", b"\n", b"UNA*|.? ~", b"UNB+", b"UNH+1+BAPLIE'", b"UNT+1'", b"UNZ'", b"EQD+CN+",
         b"LOC+147", b"CNI+1'", b"DTM+137:", b"\xff\xfe", b"\xc3\xa9", b"9" * 40, b"-1e999", b" " * 70_000)  # fmt: skip


def check(raw: bytes) -> int:
    """Cut and read; every byte is in a head or a body, in order where no equipment was copied.

    Raises:
        AssertionError: A byte is lost.
    """
    parts = list(split(io.BytesIO(raw)))
    rows = 0
    for part, reading in zip(parts, read_all(parts), strict=True):
        assert len(reading.doubts) >= len(part.doubts)
        rows += len(reading.rows)
    if not any(part.form in {"CUSCAR", "IFCSUM"} for part in parts):
        assert covered(parts, raw)
    else:
        kept = b"".join(part.head + part.body for part in parts)
        assert all(piece in kept for piece in raw.split(b"'"))
    for number, offset, _ in segments(io.BytesIO(raw)):
        assert number > 0 <= offset < len(raw)
    return rows


def covered(parts: list[Part], raw: bytes) -> bool:
    """Tell whether the bodies stand in the file where they say, and what is between them is a head of the next."""
    end = 0
    for part in parts:
        between = raw[end : part.offset]
        if raw[part.offset : part.offset + len(part.body)] != part.body or between not in part.head:
            return False
        end = part.offset + len(part.body)
    return end == len(raw) or not parts


if __name__ == "__main__":
    print(loop(CORPUS, BITS, *asked(), checked=check))
