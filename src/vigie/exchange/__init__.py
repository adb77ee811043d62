"""What other nodes learn: the log that is exchanged, its markings, and what may leave for whom."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from vigie.exchange.agreements import Agreement, between
    from vigie.exchange.batch import (
        MOST_BYTES,
        MOST_ENTRIES,
        Batch,
        Read,
        check_batch,
        make_batch,
        origin_of,
        write_batch,
    )
    from vigie.exchange.canonical import canonical
    from vigie.exchange.envelope import (
        MAX_BODY,
        SALT_BYTES,
        Body,
        Entry,
        Header,
        Kind,
        erased,
        is_node,
        leaf_of,
        read_body,
        read_header,
        write_entry,
    )
    from vigie.exchange.heads import (
        Countersigned,
        Head,
        SignedHead,
        countersign,
        grew,
        peek,
        read_head,
        sign_head,
        split_views,
        witnessed,
    )
    from vigie.exchange.leaving import Crossing, Permission, Verdict, may_leave, must_leave, needs_second
    from vigie.exchange.markings import (
        Desk,
        HandlingCode,
        Marking,
        OnExpiry,
        Regime,
        Source,
        Subjects,
        check_marking,
        personal,
        read_marking,
        write_marking,
    )
    from vigie.exchange.refusals import ExchangeRefused, Why, refuse
    from vigie.exchange.signing import Signer, key_id, verify
    from vigie.exchange.tree import (
        EMPTY_ROOT,
        Growing,
        TileRead,
        Tree,
        leaf_hash,
        verify_consistency,
        verify_inclusion,
        verify_several,
    )

_HOMES = {
    "agreements": ("Agreement", "between"),
    "batch": ("Batch", "MOST_BYTES", "MOST_ENTRIES", "Read", "check_batch", "make_batch", "origin_of", "write_batch"),
    "canonical": ("canonical",),
    "envelope": (
        "Body", "Entry", "Header", "Kind", "MAX_BODY", "SALT_BYTES", "erased", "is_node", "leaf_of",
        "read_body", "read_header", "write_entry",
    ),
    "heads": (
        "Countersigned", "Head", "SignedHead", "countersign", "grew", "peek", "read_head", "sign_head",
        "split_views", "witnessed",
    ),
    "leaving": ("Crossing", "Permission", "Verdict", "may_leave", "must_leave", "needs_second"),
    "markings": (
        "Desk", "HandlingCode", "Marking", "OnExpiry", "Regime", "Source", "Subjects", "check_marking",
        "personal", "read_marking", "write_marking",
    ),
    "refusals": ("ExchangeRefused", "Why", "refuse"),
    "signing": ("Signer", "key_id", "verify"),
    "tree": (
        "EMPTY_ROOT", "Growing", "TileRead", "Tree", "leaf_hash", "verify_consistency", "verify_inclusion",
        "verify_several",
    ),
}  # fmt: skip
_WHERE = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [
    "EMPTY_ROOT", "MAX_BODY", "MOST_BYTES", "MOST_ENTRIES", "SALT_BYTES", "Agreement", "Batch", "Body",
    "Countersigned", "Crossing", "Desk", "Entry", "ExchangeRefused", "Growing", "HandlingCode", "Head",
    "Header", "Kind", "Marking", "OnExpiry", "Permission", "Read", "Regime", "SignedHead", "Signer", "Source",
    "Subjects", "TileRead", "Tree", "Verdict", "Why", "between", "canonical", "check_batch", "check_marking",
    "countersign", "erased", "grew", "is_node", "key_id", "leaf_hash", "leaf_of", "make_batch", "may_leave",
    "must_leave", "needs_second", "origin_of", "peek", "personal", "read_body", "read_head", "read_header",
    "read_marking", "refuse", "sign_head", "split_views", "verify", "verify_consistency", "verify_inclusion",
    "verify_several", "witnessed", "write_batch", "write_entry", "write_marking",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    """Load a part when it is first asked for."""
    if name not in _WHERE:
        raise AttributeError(name)
    return getattr(import_module(f"vigie.exchange.{_WHERE[name]}"), name)
