"""Goods items as GID groups describe them.

Source: UN/EDIFACT CUSCAR and IFTMIN (GID group); 5025 (monetary amount type); 7143 `HS` (Harmonized System).
"""

from decimal import Decimal, InvalidOperation

from vigie.arrivals.cargo import GoodsItem
from vigie.arrivals.edifact.envelope import one
from vigie.arrivals.edifact.messages.notes import Notes
from vigie.arrivals.edifact.syntax import Elements
from vigie.terms import BadAmount, read_grams, written_number

_VALUES = frozenset(("40", "43", "44", "38", "39", "66", "116", "203"))  # 5025: customs, declared, invoice, line values
_MASSES = frozenset(("WT", "G", "AAB", "AAD", "AAA", "AAX", "ACN", "A", ""))
_MOST_PACKAGES = 10**8  # packages; an eight-digit count (7224 is n..8)
_MOST_MONEY = Decimal(10) ** 15  # of the currency; n..18 with decimals leaves no larger honest value


class Item:
    """A goods item as read so far. dangerous: UN numbers. setpoint: TMP segments, for the boxes it is in."""

    __slots__ = ("containers", "currency", "dangerous", "description", "gross_g", "hs", "kind", "number", "packages",
                 "temperatures", "value_minor")  # fmt: skip

    def __init__(self, number: int) -> None:
        self.number = number
        self.hs = self.description = self.kind = self.currency = ""
        self.packages: int | None = None
        self.gross_g: int | None = None
        self.value_minor: int | None = None
        self.containers: list[str] = []
        self.dangerous: list[str] = []
        self.temperatures: list[Elements] = []

    @classmethod
    def begin(cls, elements: Elements, before: int) -> "Item":
        """Begin with GID; without a number it follows the one before."""
        told = one(elements, 1).strip()
        item = cls(int(told) if told.isascii() and told.isdigit() and len(told) <= 5 else before + 1)
        item.pack(one(elements, 2), one(elements, 2, 1))
        return item

    def pack(self, count: str, kind: str) -> None:
        """Note packages and their kind."""
        count = count.strip()
        if count.isascii() and count.isdigit() and len(count) <= 9 and int(count) < _MOST_PACKAGES:
            self.packages = int(count)
        self.kind = kind.strip() or self.kind

    def take(self, elements: Elements, at: int, notes: Notes) -> None:
        """Take one segment of the group."""
        tag = elements[0]
        match tag.upper() if isinstance(tag, str) else "":
            case "PAC":
                self.pack(one(elements, 1), one(elements, 3))
            case "FTX" if one(elements, 1) == "AAA":
                self._describe(elements)
            case "MEA":
                self._weigh(elements, at, notes)
            case "MOA":
                self._value(elements, at, notes)
            case "SGP":
                self.containers.append(written_number(one(elements, 1)))
            case "CST":
                self.hs = self.hs or _hs(one(elements, 2))
            case "PIA" if one(elements, 2, 1) in {"HS", "CG"}:
                self.hs = self.hs or _hs(one(elements, 2))
            case "DGS" if number := one(elements, 3).strip():
                self.dangerous.append(number)
            case "TMP":
                self.temperatures.append(elements)

    def _describe(self, elements: Elements) -> None:
        told = elements[4] if len(elements) > 4 else ""
        text = told if isinstance(told, str) else " ".join(part for part in told if part)
        self.description = f"{self.description} {text.strip()}".strip()

    def _weigh(self, elements: Elements, at: int, notes: Notes) -> None:
        if one(elements, 2) not in _MASSES:
            return
        try:
            self.gross_g = read_grams(one(elements, 3, 1), one(elements, 3) or "KGM")
        except BadAmount:
            notes.tell("edifact-mass", at, "MEA", value=one(elements, 3, 1)[:18], unit=one(elements, 3)[:3])

    def _value(self, elements: Elements, at: int, notes: Notes) -> None:
        if one(elements, 1) not in _VALUES:
            return
        try:
            value = Decimal(one(elements, 1, 1).strip().replace(",", "."))
        except InvalidOperation:
            value = Decimal(-1)
        if value.is_finite() and 0 <= value < _MOST_MONEY:
            self.value_minor = int((value * 100).to_integral_value())
            self.currency = one(elements, 1, 2).strip().upper()[:3]
        else:
            notes.tell("edifact-money", at, "MOA", value=one(elements, 1, 1)[:18])

    def goods(self, everything: frozenset[str]) -> GoodsItem:
        """The item; containers are left out where it is in all of the consignment."""
        held = tuple(dict.fromkeys(number for number in self.containers if number))
        return GoodsItem(
            number=self.number, hs=self.hs, description=self.description, packages=self.packages,
            package_kind=self.kind, gross_g=self.gross_g, value_minor=self.value_minor, currency=self.currency,
            containers=() if frozenset(held) == everything else held,
        )  # fmt: skip


def _hs(raw: str) -> str:
    code = raw.replace(".", "").replace(" ", "")
    return code if code.isascii() and code.isdigit() and 2 <= len(code) <= 10 else ""
