"""The archive of closed months and what is counted over it, as the faces show it."""

import msgspec


class ArchivedMonth(msgspec.Struct, frozen=True):
    """A month of one table in the archive.

    Attributes:
        source: The table. month: `2026-01`, UTC. state: `written` while its rows leave the store, `moved`. rows: How
            many. bytes: Of the file. file: Its name in the archive's folder. digest: SHA-256 over the rows.
    """

    source: str
    month: str
    state: str
    rows: int
    bytes: int
    file: str
    digest: str


class MonthsView(msgspec.Struct, frozen=True):
    """What the archive holds. months: Oldest first. rows, bytes: Of all. keep: Whole months that stay by default."""

    months: tuple[ArchivedMonth, ...]
    rows: int
    bytes: int
    keep: int


class RescoreView(msgspec.Struct, frozen=True):
    """Past decisions scored again over archive and store.

    Attributes:
        since, until: Moments, µs, from (inclusive) to (exclusive). policy: Hash of the policy in force. engine: Which.
        boxes: Decisions taken up. erased: Left out, because they were erased. features: Values computed again.
        features_differ: Decisions whose features came out otherwise than they were kept. judged_alike: Decisions that
            this very policy made. scores_differ: Of these, those whose score, band or duty to inspect now differs.
        moved_up, moved_down: Of the others, those that another policy had judged and that now stand higher, lower.
        older: Decisions of a release that counted other features: scored, their features not compared.
        digest: SHA-256 over all results: equal on every engine. folder: Where they lie, one Parquet file per part.
    """

    since: int
    until: int
    policy: str
    engine: str
    boxes: int
    erased: int
    features: int
    features_differ: int
    judged_alike: int
    scores_differ: int
    moved_up: int
    moved_down: int
    older: int
    digest: str
    folder: str


class ReadAgainView(msgspec.Struct, frozen=True):
    """Kept scans that the machine read again.

    Attributes:
        since, until: Moments of receipt, µs, from (inclusive) to (exclusive). engine: Which. gpu: Whether workers with
            a graphics processor read them. scans: How many came then. read: Of these, read. changed: Of these, those of
            which the machine now says something else than before, or something at all. erased: Left out.
    """

    since: int
    until: int
    engine: str
    gpu: bool
    scans: int
    read: int
    changed: int
    erased: int


class SkewView(msgspec.Struct, frozen=True):
    """Stored feature vectors made again from the log by the fold.

    Attributes:
        since, until: Moments, µs, from (inclusive) to (exclusive): a day of the node. checked: Vectors compared.
        different: Those that differ; anything but 0 is an alarm. erased: Left out, because they were erased.
        names: Features that differ, at most 20. at: When it was done. older: Vectors of a release that counted other
            features: not compared.
    """

    since: int
    until: int
    checked: int
    different: int
    erased: int
    names: tuple[str, ...]
    at: int
    older: int = 0
