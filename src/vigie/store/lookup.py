"""Finding a box by any number on its papers, one typing error allowed."""

from collections.abc import Iterator, Sequence

from vigie.store.db import Db, Row, among
from vigie.store.listing import reach_where
from vigie.store.nearness import ends, within_one
from vigie.store.visits import Visits
from vigie.terms import VisitId, visit_id
from vigie.tracking import Hit, Reach

_COLUMNS = ("kind", "term", "back", "visit")
_SHORTEST = 5  # below this an ending of two letters would match most terms there are
_MOST = 20_000  # terms looked at per beginning or ending; a real owner's prefix and two digits name fewer at 1 M boxes

# each asks for the column that its index is in order of: asked for `term`, SQLite would read all terms of a kind
_STARTS = "SELECT DISTINCT term FROM lookup WHERE kind = ? AND term >= ? AND term < ? LIMIT ?"
_ENDINGS = "SELECT DISTINCT back FROM lookup WHERE kind = ? AND back >= ? AND back < ? LIMIT ?"

# of many terms at once: given as a list of values, PostgreSQL would compare every term of the kind with each of them
_NAMED = (
    "SELECT l.term, v.container, v.segment, v.id FROM unnest(CAST(? AS TEXT[])) AS w(term) JOIN LATERAL"
    " (SELECT term, visit FROM lookup q WHERE q.kind = ? AND q.term = w.term OFFSET 0) l ON TRUE"
    " JOIN visit v ON v.id = l.visit"
)


def _beyond(start: str) -> str:
    return start + "\U0010ffff"  # the last character there is: after every text that starts so


class Lookup:
    """Terms by kind: container, document, mrn, seal, vessel, imo, voyage, consignment ..."""

    def __init__(self, db: Db, visits: Visits) -> None:
        self._db, self._visits = db, visits

    def add(self, terms: Sequence[tuple[str, str, VisitId]]) -> None:
        """Add terms, each (kind, term, visit); what is known already stays as it is."""
        with self._db.transaction():
            numbers = self._visits.row_numbers([visit for _, _, visit in terms])
            new = {visit for visit in numbers if self._visits.is_expected(visit)}
            fresh = {(kind, term, term[::-1], numbers[visit]) for kind, term, visit in terms if term and visit in new}
            others = {
                (kind, term, term[::-1], numbers[visit]) for kind, term, visit in terms if term and visit not in new
            }
            self._db.load("lookup", _COLUMNS, sorted(fresh))
            self._db.fill("lookup", _COLUMNS, sorted(others))

    def remove(self, visit: VisitId, kind: str, term: str) -> None:
        """Take a term away from a visit: an amendment took it back."""
        numbers = self._visits.row_numbers([visit])
        with self._db.transaction():
            for number in numbers.values():
                sql = "DELETE FROM lookup WHERE kind = ? AND term = ? AND visit = ?"
                self._db.run(sql, (kind, term, number))

    def exact(self, kind: str, terms: Sequence[str]) -> list[tuple[str, VisitId]]:
        """The visits of terms, each (term, visit), in order of term and opening."""
        sql = (
            "SELECT l.term, v.container, v.segment, v.id FROM lookup l JOIN visit v ON v.id = l.visit"
            " WHERE l.kind = ? AND l.term IN ({})"
        )
        wanted = sorted(set(terms))
        if self._db.dialect.lateral and len(wanted) > 1:
            found = self._db.rows(_NAMED, (wanted, kind))
        else:
            found = among(self._db, sql, wanted, before=(kind,))
        found.sort(key=lambda row: (row[0], row[3]))
        return [(term, visit_id(container, segment)) for term, container, segment, _ in found]

    def kinds(self) -> list[str]:
        """The kinds there are."""
        found: list[str] = []
        last = ""
        while row := self._db.one("SELECT kind FROM lookup WHERE kind > ? ORDER BY kind LIMIT 1", (last,)):
            last = str(row[0])
            found.append(last)
        return found

    def near(self, text: str, reach: Reach, limit: int = 50, kinds: Sequence[str] = ()) -> list[Hit]:
        """Visits in reach that have a term within one typing error of a text; exact ones first, newest first.

        A text shorter than 5 letters is looked up exactly. Longer texts are also found as the beginning of a term.
        """
        with self._db.reading():
            terms = {hit for kind in (kinds or self.kinds()) for hit in self._terms(kind, text)}
            hits: list[Hit] = []
            for distance, kind, term in sorted(terms):
                if len(hits) < limit:
                    hits += self._hits(kind, term, distance, reach, limit - len(hits))
        return hits

    def _terms(self, kind: str, text: str) -> Iterator[tuple[int, str, str]]:
        """The terms of a kind that are near: (distance, kind, term)."""
        if len(text) < _SHORTEST:
            sql = "SELECT term FROM lookup WHERE kind = ? AND term = ? LIMIT 1"
            yield from ((0, kind, row[0]) for row in self._db.rows(sql, (kind, text)))
            return
        head, tail = ends(text)
        found = {term for (term,) in self._db.rows(_STARTS, (kind, head, _beyond(head), _MOST))}
        endings = self._db.rows(_ENDINGS, (kind, tail[::-1], _beyond(tail[::-1]), _MOST))
        found |= {back[::-1] for (back,) in endings}
        for term in found:
            distance = within_one(text, term)
            if distance is not None:
                yield distance, kind, term
            elif term.startswith(text):
                yield 1, kind, term

    def _hits(self, kind: str, term: str, distance: int, reach: Reach, limit: int) -> list[Hit]:
        text, args = reach_where(reach, "v.")
        sql = (
            "SELECT v.container, v.segment FROM lookup l JOIN visit v ON v.id = l.visit"
            f" WHERE l.kind = ? AND l.term = ? AND {text} ORDER BY v.id DESC LIMIT ?"
        )
        found: list[Row] = self._db.rows(sql, (kind, term, *args, limit))
        return [Hit(visit_id(container, segment), kind, term, distance) for container, segment in found]
