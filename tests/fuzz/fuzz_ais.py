"""Damage AIS logs. By hand: `python -m tests.fuzz.fuzz_ais 100000 7` (rounds, seed)."""

from tests.arrivals.building import NOON
from tests.fuzz.damage import asked, loop

from vigie.arrivals import Position
from vigie.arrivals.ais import write_ais

_SHIPS = [Position("205344990", NOON, "9074729", "MV FICTIF", "ONAA", "ANTWERP", 51_250_000, 4_300_000, 120, 900, "12-31 23:59")]
CORPUS = (
    write_ais(_SHIPS * 5), write_ais(_SHIPS).replace(b"\r\n", b"\n") * 120,
    b"$PGHP,1,2008,5,9,0,0,0,10,338,2,,1,09*17\n!AIVDM,1,1,,B,15NBj>PP1gG>1PVKTDTUJOv00<0M,0*09,b003669794,1272412827\n# x\n",
)
BITS = (
    b"!AIVDM,2,1,1,A,5", b"!AIVDM,9,9,9,B,,9*zz", b"\\g:1-2-3,c:99999999999999*00\\", b"\n", b"\r", b",", b"*", b"!", b"\0",
    b"$PGHP,1,9999,99,99,99,99,99,999,", b"w" * 500, b"H5MiOp1:uJ0MDhJ0<P4hhDpLE80", b",b1,999999999999", b"\xff",
)  # fmt: skip

if __name__ == "__main__":
    print(loop(CORPUS, BITS, *asked()))
