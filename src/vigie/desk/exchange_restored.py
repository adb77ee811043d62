"""After a restore from a backup nothing is written into the own exchange log until no partner can know more of it.

A log that went back and goes on another way has two pasts; partners refuse it for ever, and they are right. So a node
whose store is older than its keys waits: each partner it speaks to says how much of the log it knows. Where none knows
more than the store holds, nothing was lost and writing goes on. Else an administrator decides: a later backup, or a
new beginning that those partners will refuse.
"""

from collections.abc import Mapping, Sequence

import msgspec

from vigie.desk.needs import Node
from vigie.exchange import Why, refuse

RESTORED = "restored"
"""Value of the store: the span that the last restore lost; written by the sequencer before new entries hide it."""

_KNOWN, _RESUMED = "exchange-known", "exchange-resumed"


class _Heard(msgspec.Struct):
    """What partners said since a restore. stamp: Of which. known: Partner to entries of the own log that it knows."""

    stamp: str = ""
    known: dict[str, int] = {}


def restored(node: Node) -> str:
    """Names the restore after which writing into the own exchange log waits; empty where it does not."""
    gone, kept = node.store.log.missing(), node.store.settings.get(RESTORED)
    stamp = msgspec.json.encode(gone).decode() if gone is not None else kept.decode() if kept is not None else ""
    resumed = node.store.settings.get(_RESUMED) if stamp else None
    return "" if resumed is not None and resumed.decode() == stamp else stamp


def _heard(stamp: str, node: Node) -> dict[str, int]:
    raw = node.store.settings.get(_KNOWN)
    told = msgspec.json.decode(raw, type=_Heard) if raw is not None else _Heard()
    return told.known if told.stamp == stamp else {}


def hear(partner: str, known: int, node: Node) -> None:
    """Keep how many entries of the own log a partner says to know; asked for only while writing waits."""
    stamp = restored(node)
    if not stamp:
        return
    heard = _heard(stamp, node)
    if heard.get(partner, -1) < known:
        node.store.settings.put(_KNOWN, msgspec.json.encode(_Heard(stamp, heard | {partner: known})))


def waits(partners: Sequence[str], node: Node) -> Mapping[str, int]:
    """For whom writing into the own log waits: partners that know more of it, and with -1 those that said nothing yet.

    Args:
        partners: All members but this one.
    """
    stamp = restored(node)
    if not stamp:
        return {}
    heard, size = _heard(stamp, node), node.store.exchange.size()
    return {one: heard.get(one, -1) for one in partners if one not in heard or heard[one] > size}


def must_not_wait(partners: Sequence[str], node: Node) -> None:
    """Let the own log be written into, or refuse.

    Raises:
        ExchangeRefused: The store was restored, and a partner knows more of the log, or has not said what it knows.
    """
    found = waits(partners, node)
    if found:
        size = node.store.exchange.size()
        ahead = [f"{name} {known}" for name, known in found.items() if known >= 0]
        silent = [name for name, known in found.items() if known < 0]
        refuse(Why.RESTORED, size=size, ahead=", ".join(ahead) or "-", silent=", ".join(silent) or "-")


def resume(stamp: str, node: Node) -> None:
    """Let the own log be written into from now on, after the restore that a stamp names."""
    node.store.settings.put(_RESUMED, stamp.encode())
