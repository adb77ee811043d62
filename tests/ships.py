"""Ships for the longest law: manifests whose every line is known beforehand, taken in by a process that may be killed.

Run as a program it takes ships in and says, after every thousand parts, how many of which ship it has acknowledged.
"""

import random
import sys
from io import BytesIO
from pathlib import Path

from tests.desk.port import BOB, a_node

from vigie.arrivals import (
    Call,
    Consignment,
    Equipment,
    Function,
    GoodsItem,
    Part,
    Route,
    Seal,
    Sending,
    split,
    write_cuscar,
)
from vigie.desk import arrivals
from vigie.desk.taking_in import item_of
from vigie.node.clock import RunningClock
from vigie.terms import DAY, ConsignmentId, Moment, Party, PartyRole, check_digit

START = 1_640_995_200_000_000  # 2022-01-01T00:00:00Z
YEAR_S = 365 * 86_400
_AMENDED, _CANCELLED = 33, 101  # one line in so many of the ship before is amended, or taken back


def a_ship(number: int, boxes: int, seed: int) -> bytes:
    """The manifest of one ship: a box a line; and what changed of the ship before."""
    lines = [_line(number, place, seed) for place in range(boxes)]
    if number:
        for place in range(0, boxes, _AMENDED):
            lines.append(_line(number - 1, place, seed, Function.AMENDMENT))
        for place in range(1, boxes, _CANCELLED):
            lines.append(_line(number - 1, place, seed, Function.CANCELLATION))
    return write_cuscar(lines, Sending("FICT", "CUSTOMS", f"S{number}", Moment(START)))


def _line(ship: int, place: int, seed: int, function: Function = Function.ORIGINAL) -> Consignment:
    draw = random.Random(f"{seed} {ship} {place} {function}")
    first_ten = f"F{chr(65 + ship // 26 % 26)}{chr(65 + ship % 26)}U{place:06d}"
    box = Equipment(f"{first_ten}{check_digit(first_ten)}", "45R1", False, (Seal(f"EC{draw.randrange(10**7):07d}"),),
                    gross_g=28_000_000)  # fmt: skip
    shipper, importer = draw.randrange(400), int(draw.paretovariate(0.8)) % 3000
    parties = (
        Party(PartyRole.CONSIGNOR, f"Ficticia Frutas {shipper} SA", city="Guayaquil", country="EC"),
        Party(PartyRole.CONSIGNEE, f"Fictief Fruit {importer} NV", eori=f"BE{importer:010d}", country="BE"),
    )
    goods = GoodsItem(hs=draw.choice(("080390", "030617", "440710", "090111")), description="GOODS", packages=draw.randrange(1, 2000),
                      gross_g=draw.randrange(1_000_000, 26_000_000))  # fmt: skip
    call = Call(imo="9074729", name=f"FICTIVE STAR {ship % 40}", voyage=f"{ship}E", carrier="FICT", arrival=Moment(START + ship * DAY))
    name = f"F{ship}-{place}"
    return Consignment(
        ConsignmentId(f"bl:FICT:{name}"), form="CUSCAR", function=function, document=name, parties=parties, goods=(goods,),
        equipment=(box,), call=call, route=Route(loading=draw.choice(("ECGYE", "COTRB", "BRSSZ")), unloading="BEANR"),
        filed_at=Moment(START),
    )  # fmt: skip


def parts_of(ship: bytes) -> list[Part]:
    """The parts of a ship, in the order in which they are handed in."""
    return list(split(BytesIO(ship)))


def digests(ship: bytes) -> list[str]:
    """What the inbox knows the parts of a ship by."""
    return [item_of(part, "", Moment(0)).digest for part in parts_of(ship)]


def main(home: Path, store: str, boxes: int, ships: int, first: int, seed: int) -> None:
    """Take ships in from the first one on, a year of the node's clock for all of them together."""
    rate = YEAR_S * 2000 / (boxes * ships)  # about 2,000 lines a second
    with a_node(home, store=store) as node:
        node.clock = RunningClock(Moment(max(START, node.store.log.last())), rate)
        for number in range(first, ships):
            print(f"{number} 0", flush=True)
            arrivals.take_in(
                BOB, [(f"ship {number}", BytesIO(a_ship(number, boxes, seed)))], node,
                progress=lambda report, ship=number: print(f"{ship} {report.parts}", flush=True),
            )  # fmt: skip
    print("done", flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], *map(int, sys.argv[3:7]))
