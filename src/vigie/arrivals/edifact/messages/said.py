"""What one group of segments says about a box, or the head of a message about all of them.

The qualifier decides, not the tag: `LOC+147` is a stowage cell, `LOC+9` a port. Segments that no field stands for are
skipped; they stay readable in the part.

Source: UN/EDIFACT D.95B to D.16A code lists 2005, 3035, 3227, 1153, 6311, 6313, 8169; SMDG manuals for BAPLIE.
"""

from collections.abc import Callable, Iterable

from vigie.arrivals.cargo import Call, Equipment, Route, Seal
from vigie.arrivals.edifact.dates import NOTHING, When, read_date
from vigie.arrivals.edifact.envelope import one
from vigie.arrivals.edifact.messages.notes import HEAD, Notes
from vigie.arrivals.edifact.syntax import Cut, Elements
from vigie.terms import BadAmount, Moment, number_fault, read_grams, written_number, written_seal

_GROSS = frozenset(("WT", "G", "EGW", "AET", "AEU", "AAD", "AAB", "ACN", "GW", "A"))
_UNITS = frozenset(("KGM", "TNE", "LBR", "GRM", "KG", "KGS", "LBS", "G"))
_EMPTY = {"4": True, "5": False, "7": False, "8": False}  # 8169; 7 and 8 are full with LCL or one FCL
_CARRIERS = frozenset(("172", "20", "160", "LINES", "TDLINES"))  # code lists that name a carrier in C040
_MODES = {"1": "VESSEL", "2": "RAIL", "3": "TRUCK", "8": "BARGE"}  # 8067
_CONTAINERS = frozenset(("CN", "", "RF"))  # 8053; chassis, generator sets and breakbulk are no containers


class Transport:
    """One TDT segment. stage: 8051. mode: VESSEL, RAIL, TRUCK, BARGE."""

    __slots__ = ("call_sign", "carrier", "imo", "mode", "name", "stage", "voyage")

    def __init__(self, elements: Elements) -> None:
        self.stage, self.voyage = one(elements, 1), one(elements, 2)
        self.mode = _MODES.get(one(elements, 3), "")
        self.carrier = self.imo = self.call_sign = self.name = ""
        for index in range(4, min(len(elements), 9)):
            self._take(elements, index)

    def _take(self, elements: Elements, index: int) -> None:
        code, list_name, name = one(elements, index), one(elements, index, 1), one(elements, index, 3)
        if list_name in _CARRIERS or (index == 5 and list_name not in {"103", "146"} and code):
            self.carrier = self.carrier or code
        elif list_name in {"103", "146", "11", "54"} or index == 8:
            digits = code.upper().removeprefix("IMO")
            if len(digits) == 7 and digits.isascii() and digits.isdigit():
                self.imo = digits
            elif " " in code:
                self.name = code
            elif list_name != "146":
                self.call_sign = code
            self.name = self.name or name


class Said:
    """A group as read so far; every field is empty until a segment fills it."""

    kind = written = size_type = status = stow = operator = description = vgm_method = ""
    empty: bool | None = None
    gross_g: int | None = None
    tare_g: int | None = None
    vgm_g: int | None = None
    setpoint_dc: int | None = None
    vgm_at: Moment | None = None
    numbered = False
    called: Call | None = None

    def __init__(self, index: int = HEAD) -> None:
        self.index = index
        self.seals: list[Seal] = []
        self.dangerous: list[str] = []
        self.remarks: list[str] = []
        self.via: list[str] = []
        self.places: dict[str, tuple[str, str]] = {}
        self.dates: dict[str, When] = {}
        self.references: list[tuple[str, str]] = []
        self.transports: list[Transport] = []

    def take(self, elements: Elements, at: int, notes: Notes) -> None:
        """Take one segment of the group."""
        tag = elements[0]
        if isinstance(tag, str) and (act := ACTS.get(tag) or ACTS.get(tag.upper())) is not None:
            act(self, elements, at, notes)

    def place(self, *qualifiers: str) -> str:
        """The first place given under one of the qualifiers (3227)."""
        for qualifier in qualifiers:
            if (found := self.places.get(qualifier)) is not None and found[0]:
                return found[0]
        return ""

    def facility(self, *qualifiers: str) -> str:
        """The terminal given with a place under one of the qualifiers."""
        for qualifier in qualifiers:
            if (found := self.places.get(qualifier)) is not None and found[1]:
                return found[1]
        return ""

    def date(self, *qualifiers: str) -> When:
        """The first readable date given under one of the qualifiers (2005)."""
        known = self.dates
        for qualifier in qualifiers if known else ():
            if (found := known.get(qualifier)) is not None and found.at is not None:
                return found
        return NOTHING

    def reference(self, *qualifiers: str) -> str:
        """The first reference given under one of the qualifiers (1153)."""
        return next((number for qualifier, number in self.references if qualifier in qualifiers), "")

    def documents(self) -> tuple[str, ...]:
        """Transport documents and bookings, as `BL:` and `BN:`; the `1` that bay plans put for "none" is dropped."""
        if not self.references:
            return ()
        named = [f"{_BILLS[kind]}:{number}" for kind, number in self.references if kind in _BILLS and number != "1"]
        return tuple(dict.fromkeys(named)) if len(named) > 1 else tuple(named)

    def equipment(self, notes: Notes) -> Equipment:
        """The box, with doubts about its number."""
        number = self.number(notes)
        return Equipment(
            number=number, size_type=self.size_type, empty=self.empty, seals=tuple(self.seals), gross_g=self.gross_g,
            tare_g=self.tare_g, vgm_g=self.vgm_g, vgm_method=self.vgm_method, vgm_at=self.vgm_at,
            setpoint_dc=self.setpoint_dc, stow=self.stow, operator=self.operator, dangerous=tuple(self.dangerous),
            remarks=tuple(self.remarks),
        )  # fmt: skip

    def plain_number(self) -> str:
        """The container number, normalised; whether it is right is not asked."""
        written = self.written
        plain = len(written) == 11 and written.isalnum() and written.isupper() and written.isascii()
        return written if plain else written_number(written)

    def number(self, notes: Notes) -> str:
        """The container number, normalised; what is wrong with it is a doubt."""
        number = self.plain_number()
        if not number:
            notes.tell("edifact-no-number", self.index, "EQD")
        elif fault := number_fault(number):
            notes.tell(f"edifact-number-{fault}", self.index, "EQD", number=number[:17])
        return number

    def call(self) -> Call:
        """The ship and voyage of the main transport; worked out once, for the head is asked by every group."""
        if self.called is None:
            self.called = self._call()
        return self.called

    def _call(self) -> Call:
        main = next((transport for transport in self.transports if transport.stage == "20"), None)
        if main is None:
            first = self.transports[0] if self.transports else _NO_TRANSPORT
            main = first if first.mode in {"", "VESSEL"} else _NO_TRANSPORT
        identity = self.reference("VM").strip()
        other = "" if identity.isdigit() else identity
        return Call(
            imo=main.imo or (identity if len(identity) == 7 and identity.isdigit() else ""),
            call_sign=main.call_sign or other, name=main.name, voyage=main.voyage or self.reference("VON"),
            carrier=main.carrier or self.operator, arrival=self.date("178", "132").at,
            departure=self.date("186", "136", "133").at,
        )  # fmt: skip

    def route(self, head: "Said | None" = None) -> Route:
        """The places of the transport; what the group does not say, the head may."""
        told = self.places
        if head is not None and head.places:
            told = {key: value for key, value in head.places.items() if key in _SHARED} | told
        get = told.get
        loading, unloading = get("9") or get("6") or _NOWHERE, get("11") or get("12") or _NOWHERE
        origin = (get("88") or get("10") or get("76") or _NOWHERE)[0]
        return Route(
            acceptance=origin if origin != loading[0] else "", loading=loading[0],
            transhipment=tuple(self.via),
            unloading=unloading[0], delivery=(get("7") or get("83") or get("8") or get("65") or _NOWHERE)[0],
            terminal=unloading[1],
        )  # fmt: skip

    def _equipment(self, elements: Elements, at: int, notes: Notes) -> None:
        if self.numbered:
            return
        _, kind, number, sized, _, status, full = [
            told if isinstance(told, str) else told[0]
            for told in (elements if len(elements) == 7 else (*elements, *_NO_ELEMENTS)[:7])
        ]
        kind = kind.strip()
        self.kind, self.written, self.numbered = kind, number.strip(), True
        if self.index == HEAD or kind:
            self.index = at
        if kind not in _CONTAINERS:
            notes.tell("edifact-not-a-container", at, "EQD", kind=kind[:3])
        self.size_type = (sized or one(elements, 3, 3)).strip()
        self.status = status.strip()
        self.empty = _EMPTY.get(full.strip())

    def _location(self, elements: Elements, at: int, notes: Notes) -> None:
        shared = elements if isinstance(elements, Cut) else None
        if shared is not None and shared.read is not None:
            self.places.setdefault(*shared.read)
            return
        qualifier, code = one(elements, 1), one(elements, 2).strip()
        if qualifier == "147":
            self.stow = code.zfill(7) if code.isdigit() else code
            return
        if not qualifier:
            notes.tell("edifact-no-qualifier", at, "LOC")
            return
        code = code.upper()
        strange = code and qualifier in _PORTS and not (len(code) == 5 and code.isalnum() and code[:2].isalpha())
        if strange:
            notes.tell("edifact-place", at, f"LOC+{qualifier}", place=code[:17])
        if qualifier in {"13", "152"}:
            self.via.append(code)
        facility = one(elements, 3) or one(elements, 3, 3)
        if facility and one(elements, 3, 1) in {"162", "163"}:  # 1131: a country or a part of one, not a terminal
            facility = ""
        place = (code, facility.strip())
        self.places.setdefault(qualifier, place)
        if shared is not None and not strange and qualifier not in {"13", "152"}:
            shared.read = (qualifier, place)

    def _date(self, elements: Elements, at: int, notes: Notes) -> None:
        told = elements[1] if len(elements) > 1 else ""
        if isinstance(told, list):
            qualifier, value, form = told if len(told) == 3 else (*told, "", "", "")[:3]
        else:
            qualifier, value, form = told, "", ""
        if not qualifier:
            notes.tell("edifact-no-qualifier", at, "DTM")
            return
        if not value.strip():
            notes.tell("edifact-no-value", at, f"DTM+{qualifier}"[:12])
            return
        when = read_date(value, form)
        if when.fault:
            notes.tell(_FAULTS[when.fault], at, f"DTM+{qualifier}"[:12], value=value[:35], format=form[:3])
        self.dates.setdefault(qualifier, when)

    def _measure(self, elements: Elements, at: int, notes: Notes) -> None:
        what = one(elements, 2) or one(elements, 1)
        unit, value = one(elements, 3), one(elements, 3, 1)
        if what not in _GROSS and what not in {"VGM", "T"}:
            return
        try:
            grams = read_grams(value, unit or "KGM")
        except BadAmount:
            notes.tell("edifact-mass", at, f"MEA+{what}", value=value[:18], unit=unit[:3])
            return
        if what == "VGM":
            self.vgm_g = grams
        elif what == "T":
            self.tare_g = grams
        else:
            self.gross_g = grams

    def _seal(self, elements: Elements, at: int, notes: Notes) -> None:
        written, issuer = one(elements, 1), one(elements, 2)
        number = written_seal(written)
        if number is None:
            notes.tell("edifact-placeholder-seal", at, "SEL", written=written[:10], issuer=issuer[:3])
        else:
            self.seals.append(Seal(number, issuer))

    def _temperature(self, elements: Elements, at: int, notes: Notes) -> None:
        raw, unit = one(elements, 2).strip().replace(",", "."), one(elements, 2, 1).upper()
        try:
            degrees = float(raw)
        except ValueError:
            degrees = 1e9
        celsius = (degrees - 32) / 1.8 if unit in {"FAH", "F"} else degrees
        if -100 < celsius < 100:  # nothing is carried colder or warmer; a NaN fails as well
            self.setpoint_dc = round(celsius * 10)
        else:
            notes.tell("edifact-temperature", at, "TMP", value=raw[:8])

    def _text(self, elements: Elements, _at: int, _notes: Notes) -> None:
        shared = elements if isinstance(elements, Cut) else None
        if shared is not None and shared.read is not None:
            self.remarks.append(shared.read)
            return
        qualifier = one(elements, 1)
        told = elements[4] if len(elements) > 4 else ""
        text = (told if isinstance(told, str) else " ".join(part for part in told if part)).strip()
        code = one(elements, 3).strip()
        if qualifier == "AAY" and code in {"SM1", "SM2"}:
            self.vgm_method = code
            self.vgm_at = read_date(text).at
        elif qualifier == "AAA" and text:
            self.description = f"{self.description} {text}".strip()
        elif code or text:
            remark = f"{qualifier}:{code} {text}".strip() if code and text else f"{qualifier}:{code}{text}"
            self.remarks.append(remark)
            if shared is not None:
                shared.read = remark

    def _dangerous(self, elements: Elements, _at: int, _notes: Notes) -> None:
        if number := one(elements, 3).strip():
            self.dangerous.append(number)

    def _party(self, elements: Elements, _at: int, _notes: Notes) -> None:
        if one(elements, 1) in {"CF", "CA", "CO"} and (code := one(elements, 2).strip()):
            self.operator = code if one(elements, 1) == "CF" or not self.operator else self.operator

    def _goods(self, elements: Elements, _at: int, _notes: Notes) -> None:
        if code := one(elements, 1).strip():
            self.remarks.append(f"GDS:{code}")

    def _refer(self, elements: Elements, at: int, notes: Notes) -> None:
        shared = elements if isinstance(elements, Cut) else None
        if shared is not None and shared.read is not None:
            self.references.append(shared.read)
            return
        told = elements[1] if len(elements) > 1 else ""
        if isinstance(told, str):
            notes.tell("edifact-no-qualifier" if told else "edifact-no-value", at, "RFF")
        elif told[0] and told[1].strip():
            named = (told[0], told[1].strip())
            self.references.append(named)
            if shared is not None:
                shared.read = named
        elif not told[0]:
            notes.tell("edifact-no-qualifier", at, "RFF")

    def _transport(self, elements: Elements, _at: int, _notes: Notes) -> None:
        if not isinstance(elements, Cut):
            self.transports.append(Transport(elements))
            return
        if elements.read is None:
            elements.read = Transport(elements)
        self.transports.append(elements.read)


_NOWHERE = ("", "")
_NO_ELEMENTS = [""] * 7
_BILLS = {"BM": "BL", "MB": "BL", "BH": "BL", "BN": "BN"}  # 1153
_NO_TRANSPORT = Transport(["TDT"])
_PORTS = frozenset(("5", "6", "7", "8", "9", "10", "11", "12", "13", "61", "65", "76", "83", "88", "152"))
_SHARED = frozenset(("9", "11", "12", "6"))
_FAULTS = {"unreadable": "edifact-date", "format": "edifact-date-format", "century": "edifact-two-digit-year"}

ACTS: dict[str, Callable[[Said, Elements, int, Notes], None]] = {
    "EQD": Said._equipment, "LOC": Said._location, "DTM": Said._date, "MEA": Said._measure, "SEL": Said._seal,
    "TMP": Said._temperature, "FTX": Said._text, "DGS": Said._dangerous, "NAD": Said._party, "GDS": Said._goods,
    "RFF": Said._refer, "TDT": Said._transport,
}
"""What each segment adds to a group, by its tag."""


def head_said(segments: Iterable[Elements], notes: Notes) -> Said:
    """Read the header segments of a message as one group."""
    said = Said()
    for elements in segments:
        said.take(elements, HEAD, notes)
    return said
