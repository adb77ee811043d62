"""A consignment of many boxes becomes one small announcement per box, so that no box carries the list of the others."""

import msgspec

from vigie.arrivals import Consignment, Equipment, GoodsItem

_NO_EQUIPMENT: tuple[Equipment, ...] = ()
_LISTED = 100  # an item in more boxes names none of them: keeps the line of one box below about 2 KB


class Announced(msgspec.Struct, frozen=True, omit_defaults=True):
    """What one version of a consignment says about one box: the body of its log entry.

    Attributes:
        container: Normalised number, as written. consignment: The document without its lists of goods and boxes.
        goods: The items in this box. equipment: The box as described.
        boxes: How many containers the document names.
    """

    container: str
    consignment: Consignment
    goods: tuple[GoodsItem, ...] = ()
    equipment: Equipment | None = None
    boxes: int = 1


class Withdrawn(msgspec.Struct, frozen=True):
    """A consignment that no longer names a box: it was cancelled, or an amendment took the box out of it.

    form: Of the message that says so; a declaration is not withdrawn by a manifest.
    """

    container: str
    consignment: str
    form: str = ""


def announcements(consignment: Consignment) -> tuple[Announced, ...]:
    """Split a consignment into what it says about each box.

    Items without box numbers belong to every box. Equipment without a number (a planned slot) names no box.
    A box that only an item names is a box all the same.
    """
    described = {unit.number: unit for unit in consignment.equipment if unit.number}
    numbers = dict.fromkeys(described)
    for item in consignment.goods:
        numbers.update(dict.fromkeys(number for number in item.containers if number))
    if not numbers:
        return ()
    bare = msgspec.structs.replace(consignment, goods=(), equipment=_NO_EQUIPMENT)
    if len(numbers) == 1:
        number = next(iter(numbers))
        return (Announced(number, bare, consignment.goods, described.get(number)),)
    shared = tuple(item for item in consignment.goods if not any(item.containers))
    own: dict[str, list[GoodsItem]] = {}
    for item in consignment.goods:
        # An item in all boxes names none of them: n boxes sharing one item would cost n * n numbers.
        spread = len(item.containers) > _LISTED or (len(numbers) > 1 and len(set(item.containers)) == len(numbers))
        alone = msgspec.structs.replace(item, containers=()) if spread else item
        for number in dict.fromkeys(item.containers):
            if number:
                own.setdefault(number, []).append(alone)
    boxes = len(numbers)
    return tuple(
        Announced(
            number, bare, tuple(sorted((*shared, *own[number]), key=_number)) if number in own else shared,
            described.get(number), boxes,
        )
        for number in numbers
    )


def _number(item: GoodsItem) -> int:
    return item.number
