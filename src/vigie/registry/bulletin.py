"""The press bulletin of a year or half-year: composed from the rows of the register, as they stood on a day.

Findings and kilograms stand side by side, each beside the same period of the year before, and every number says on
which rows it rests. Sums only: no case, container or person is named. Source: issue 6; reference/sense.md, A2.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from urllib.parse import urlencode

from vigie.registry.bulletin_asked import Asked, Period, Row, Sum
from vigie.registry.bulletin_document import Block, Chart, Document, Heading, Paragraph, Said, Sources, Table, Words
from vigie.registry.bulletin_words import Speech
from vigie.registry.rows import lot_of
from vigie.terms import GRAMS_PER_KG, Handling, Moment, NotFound, datetime_of

PUBLISHED = Handling.AMBER_STRICT
"""Rows up to this code are told by country, place, goods and lot; those that are RED (FIRST TLP 2.0: for the ears of
those named) are counted in the totals and by month, as in every figure of the register, and stand apart elsewhere."""

HELD = "~held"
"""Code of what stands apart; after every other one in order."""

UNTOLD = "-"
"""What asks the register's list for rows in which a field is not told."""

LISTED = 12
"""Rows of a table at most; what is beyond is added up in a last row."""


def compose_bulletin(rows: Iterable[Row], asked: Asked) -> Document:
    """Compose the bulletin.

    Args:
        rows: Of the register as it stood on the evening of `asked.as_of`, of this period and the one before.

    Raises:
        NotFound: Nothing was found in the period: there is nothing to publish.
    """
    return _Bulletin(rows, asked).document()


class _Bulletin:
    def __init__(self, rows: Iterable[Row], asked: Asked) -> None:
        self.asked, self.say, self.sources = asked, Speech(asked.language), Sources()
        wanted = [one for one in rows if asked.area is None or asked.area.holds(one.place)]
        self.all = _within(wanted, asked.period)
        self.now = [one for one in self.all if one.substance == asked.substance]
        self.before = [one for one in _within(wanted, asked.period.before) if one.substance == asked.substance]
        self.held = any(one.handling > PUBLISHED for one in self.now)
        self.apart = self.held or any(one.handling > PUBLISHED for one in self.before)
        if not self.now:
            raise NotFound(kind="findings", reason="no-findings-in-the-period", period=self.named(asked.period))

    def named(self, period: Period) -> str:
        return self.say.tell(f"period-{period.half}", year=str(period.year))

    def document(self) -> Document:
        asked, say = self.asked, self.say
        substance = say.word("substance", asked.substance)
        blocks = (*self.lead(), *self.by_month(), *self.tables(), *self.other_substances(), *self.method())
        return Document(
            title=say.tell("title", substance=substance, period=self.named(asked.period)),
            subtitle=say.tell("subtitle", place=self.place, day=say.day(asked.as_of)),
            language=asked.language, publisher=asked.publisher or "vigie", day=asked.as_of.isoformat(), blocks=blocks,
            sources=self.sources.all(), words=words_of(say), marks=self.marks(), register=asked.register,
        )  # fmt: skip

    @property
    def place(self) -> str:
        area = self.asked.area
        return self.say.tell("everywhere") if area is None else area.names[self.asked.language]

    def marks(self) -> tuple[str, ...]:
        found = [self.say.tell("simulated")] if self.asked.is_simulated else []
        opened = len({one.id for one in self.now if not one.is_closed})
        if self.asked.as_of <= self.asked.period.last:
            found.append(self.say.tell("provisional"))
        elif opened:
            found.append(self.say.tell("provisional-weights", n=self.say.number(opened)))
        return tuple(found)

    def source(self, rows: Sequence[Row], period: Period, what: str, query: Mapping[str, str]) -> int:
        """Number what a number rests on.

        Args:
            what: The rows in a word. query: What narrows the register's list beside day, period, substance and place.
        """
        asked, say = self.asked, self.say
        whole = {"as_of": asked.as_of.isoformat(), "since": period.first.isoformat(),
                 "until": period.last.isoformat(), "substance": asked.substance}  # fmt: skip
        whole |= {} if asked.area is None else {"area": asked.area.code}
        whole |= query
        told = say.tell("source-told", period=self.named(period), what=what,
                        substance=say.word("substance", whole["substance"]))  # fmt: skip
        lines = (f"{one.id}\t{one.at}\t{one.grams}" for one in rows)
        return self.sources.add(told, urlencode(whole, safe=","), lines)

    def lead(self) -> tuple[Block, ...]:
        say, now, before = self.say, Sum.of(self.now), Sum.of(self.before)
        period, earlier = self.asked.period, self.asked.period.before
        one = self.source(self.now, period, self.place, {})
        parts = [
            Said(say.tell("lead", period=self.named(period).capitalize())), _findings(say, now, one),
            Said(say.tell("lead-together")), Said(say.mass(now.grams), one, now.grams / GRAMS_PER_KG), Said("."),
        ]  # fmt: skip
        if not self.before:
            return (Paragraph(tuple(parts)),)
        two = self.source(self.before, earlier, self.place, {})
        changes = {"findings": say.change(now.findings, before.findings), "weight": say.change(now.grams, before.grams)}
        parts += [
            Said(say.tell("lead-before", period=self.named(earlier))), _findings(say, before, two),
            Said(say.tell("lead-and")), Said(say.mass(before.grams), two, before.grams / GRAMS_PER_KG),
            Said(say.tell("lead-change", **changes)),
        ]  # fmt: skip
        told = ""
        if now.findings > before.findings and now.grams < before.grams:
            told = "smaller"
        elif now.findings < before.findings and now.grams > before.grams:
            told = "larger"
        more = (Paragraph((Said(say.tell(told, period=self.named(earlier))),)),) if told else ()
        return (Paragraph(tuple(parts)), *more)

    def by_month(self) -> tuple[Block, ...]:
        say = self.say
        months: dict[int, list[Row]] = {month: [] for month in self.asked.period.months}
        for one in self.now:
            months[datetime_of(Moment(one.at)).month].append(one)
        sums = {month: Sum.of(rows) for month, rows in months.items()}
        counts = [(say.month(month), Said(say.number(one.findings), 0, one.findings)) for month, one in sums.items()]
        weights = [(say.month(month), Said(say.kg(one.grams), 0, one.grams / GRAMS_PER_KG))
                   for month, one in sums.items()]  # fmt: skip
        rows = []
        for month, found in months.items():
            told = f"{say.tell('column-month')}: {say.month(month)}"
            which = self.source(found, self.asked.period, told, _days(self.asked.period.year, month)) if found else 0
            rows.append((Said(say.month(month)), *_pair(say, sums[month], which)))
        head = (say.tell("column-month"), say.tell("column-findings"), say.tell("column-kg"))
        return (
            Heading(say.tell("by-month")), chart_of(say, "chart-findings", counts), chart_of(say, "chart-kg", weights),
            Table(say.tell("by-month"), head, ("", "findings", "kg"), tuple(rows)),
        )  # fmt: skip

    def tables(self) -> Iterable[Block]:
        say, names = self.say, self.asked.names
        yield from self.table("provenance", lambda one: one.provenance, lambda code: say.country(code))
        yield from self.table("place", lambda one: one.place, lambda code: names.get(code, code) or say.tell("unknown"))
        yield from self.table("cover", lambda one: one.cover_hs[:2], lambda code: cover_named(say, code), "cover_hs")
        weights = self.lots()
        yield from self.table("lot", lambda one: lot_of(weights.get(one.id)), lambda code: say.tell(f"lot-{code}"),
                              keep=True)  # fmt: skip

    def lots(self) -> dict[str, int | None]:
        """What each seizure weighs; None where nothing of it was weighed."""
        weights: dict[str, int | None] = {}
        for one in (*self.now, *self.before):
            known = weights.get(one.id)
            weights[one.id] = known if one.grams is None else (known or 0) + one.grams
        return weights

    def table(
        self, what: str, key: Callable[[Row], str], named: Callable[[str], str], query: str = "", keep: bool = False
    ) -> tuple[Block, ...]:
        """One table by some column of the rows, the heaviest first; keep: in the order of the codes instead."""
        say = self.say
        now, before = (_groups(rows, lambda one: key(one) if one.handling <= PUBLISHED else HELD)
                       for rows in (self.now, self.before))  # fmt: skip
        whole = Sum.of(self.now).grams
        weight = dict.fromkeys(now, 0) if keep else {code: -Sum.of(found).grams for code, found in now.items()}
        codes = sorted(now, key=lambda code: (code == HELD, weight[code], code))
        called = {code: say.tell("held") if code == HELD else named(code) for code in codes}
        open_ones = [code for code in codes if code != HELD]
        shown = open_ones if len(codes) <= LISTED or keep else open_ones[: LISTED - 1]
        rest, held = open_ones[len(shown) :], [HELD] if HELD in now else []
        rows = []
        for group in (*([code] for code in shown), rest, held):
            if not group:
                continue
            told = " + ".join(called[code] for code in group[:3]) + (" …" if len(group) > 3 else "")
            gathered, earlier = ([one for code in group for one in found.get(code, ())] for found in (now, before))
            named_so = f"{say.tell(f'column-{what}')}: {told}"
            rows.append(self.line(told, gathered, earlier, whole, self.narrowed(query or what, group), named_so))
        rows.append(self.line(say.tell("total"), self.now, self.before, whole, {}, self.place))
        early = self.named(self.asked.period.before)
        head = (
            say.tell(f"column-{what}"), say.tell("column-findings"), say.tell("column-kg"), say.tell("column-share"),
            say.tell("column-findings-before", period=early), say.tell("column-kg-before", period=early),
        )  # fmt: skip
        title = say.tell(f"by-{what}")
        return Heading(title), Table(title, head, ("", "findings", "kg", "%", "findings", "kg"), tuple(rows))

    def narrowed(self, field: str, codes: Sequence[str]) -> dict[str, str]:
        """What narrows the register's list to these codes of a field."""
        if HELD in codes:
            return {"held": "yes"}
        return {field: ",".join(code or UNTOLD for code in codes)} | ({"held": "no"} if self.apart else {})

    def line(
        self,
        told: str,
        now: Sequence[Row],
        before: Sequence[Row],
        whole: int,
        query: Mapping[str, str],
        what: str,
    ) -> tuple[Said, ...]:
        """A row of a table; what: How its sources are named."""
        say, sums, period = self.say, Sum.of(now), self.asked.period
        one = self.source(now, period, what, query) if now else 0
        two = self.source(before, period.before, what, query) if before else 0
        share = Said(say.share(sums.grams, whole), 0, round(100.0 * sums.grams / whole, 2) if whole else None)
        return (Said(told), *_pair(say, sums, one), share, *_pair(say, Sum.of(before), two))

    def other_substances(self) -> tuple[Block, ...]:
        groups = _groups([one for one in self.all if one.substance != self.asked.substance], lambda one: one.substance)
        if not groups:
            return ()
        say, rows = self.say, []
        for code in sorted(groups):
            which = self.source(groups[code], self.asked.period, self.place, {"substance": code})
            rows.append((Said(say.word("substance", code)), *_pair(say, Sum.of(groups[code]), which)))
        head = (say.tell("column-substance"), say.tell("column-findings"), say.tell("column-kg"))
        title = say.tell("others")
        return Heading(title), Table(title, head, ("", "findings", "kg"), tuple(rows))

    def method(self) -> Iterable[Block]:
        say = self.say
        yield Heading(say.tell("method"))
        weighed = {one.id for one in self.now if one.grams is not None}
        counts = {"joint": {one.id for one in self.now if one.is_joint},
                  "unweighed": {one.id for one in self.now} - weighed}  # fmt: skip
        told = [say.tell("method-finding")]
        told += [say.tell(f"method-{name}", n=say.number(len(ids))) for name, ids in counts.items() if ids]
        told += [say.tell("method-held")] if self.held else []
        for text in (*told, say.tell("method-effort")):
            yield Paragraph((Said(text),), quiet=True)


def words_of(say: Speech) -> Words:
    """The words around any document."""
    columns = (
        say.tell("source-number"), say.tell("source-rows"), say.tell("source-count"), say.tell("source-digest"),
    )  # fmt: skip
    return Words(say.tell("sources"), columns, say.tell("page"))


def chart_of(say: Speech, code: str, bars: Sequence[tuple[str, Said]]) -> Chart:
    """A chart with its words: what the highest and the lowest bar is."""
    caption = say.tell(code)
    high = max(bars, key=lambda bar: bar[1].value or 0)
    low = min(bars, key=lambda bar: bar[1].value or 0)
    alt = say.tell("chart-alt", caption=caption, high=high[1].text, high_at=high[0], low=low[1].text, low_at=low[0])
    return Chart(caption, alt, tuple(bars))


def cover_named(say: Speech, chapter: str) -> str:
    """A chapter of the Harmonized System: its goods in a word where it has one here."""
    if not chapter:
        return say.tell("cover-none")
    number = say.tell("cover-chapter", chapter=chapter)
    return f"{say.tell(f'cover-{chapter}')} ({chapter})" if say.known(f"cover-{chapter}") else number


def _days(year: int, month: int) -> dict[str, str]:
    """The days of a month as the register's list asks for them."""
    after = date(year + month // 12, month % 12 + 1, 1)
    return {"since": date(year, month, 1).isoformat(), "until": (after - timedelta(1)).isoformat()}


def _within(rows: Iterable[Row], period: Period) -> list[Row]:
    start, end = period.bounds
    return [one for one in rows if start <= one.at < end]


def _groups(rows: Iterable[Row], key: Callable[[Row], str]) -> dict[str, list[Row]]:
    groups: dict[str, list[Row]] = {}
    for one in rows:
        groups.setdefault(key(one), []).append(one)
    return groups


def _findings(say: Speech, told: Sum, source: int) -> Said:
    return Said(say.counted("findings", told.findings), source, told.findings)


def _pair(say: Speech, told: Sum, source: int) -> tuple[Said, Said]:
    """Findings and kilograms of a row."""
    return (Said(say.number(told.findings), source, told.findings),
            Said(say.kg(told.grams), source, round(told.grams / GRAMS_PER_KG, 3)))  # fmt: skip
