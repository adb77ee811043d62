"""What the machine says of a scan, for people: in words, with how often it is wrong; or why it is silent."""

from collections.abc import Mapping, Sequence
from functools import cache

from vigie.desk.needs import Node
from vigie.desk.shown import tell
from vigie.desk.views import FindingView
from vigie.scanning import Finding, MachineReading, base_rate
from vigie.terms import Fact, Texts


def machine_readings(scans: Sequence[str], node: Node) -> Mapping[str, MachineReading]:
    """The latest reading of the machine of each of some scans; those that it has not read are left out."""
    return node.store.machine_readings.of(scans) if scans else {}


@cache
def _texts() -> Texts:
    return Texts.load("vigie.scanning.texts", "findings")


def findings_told(told: MachineReading, language: str) -> tuple[FindingView, ...]:
    """The findings in words, the strongest first."""
    return tuple(_view(one, language) for one in told.findings)


PREVALENCE = 1000
"""Scans of which one is taken to hide something where the words tell how rarely an alarm is true.
Source: reference page scan, pitfalls (base rate)."""


def base_rate_told(told: MachineReading, language: str) -> str:
    """How rarely such an alarm is true at best, were every hidden thing found; empty where nothing alarms."""
    alarm = next((one for one in told.findings if one.alarm and one.negatives), None)
    if alarm is None:
        return ""
    facts: dict[str, Fact] = {
        "alarms": round(base_rate(1.0, alarm.false_alarm_rate, 1 / PREVALENCE)), "prevalence": PREVALENCE,
        "rate": f"{alarm.false_alarm_rate:.1%}", "against": alarm.against,
    }  # fmt: skip
    return tell(_texts(), "base-rate", language, facts)


def quiet_told(told: MachineReading, language: str) -> tuple[str, ...]:
    """Why parts of the machine did not run, in words."""
    codes = dict.fromkeys("detector-off" if one.startswith("scanner-") else one for one in told.quiet)
    return tuple(tell(_texts(), f"quiet-{one}", language, {}) for one in codes)


def _view(one: Finding, language: str) -> FindingView:
    kind, zone = (tell(_texts(), code, language, {}) for code in (f"find-{one.kind.value}", f"zone-{one.zone.value}"))
    facts = ", ".join(f"{name} {value}" for name, value in one.facts.items())
    return FindingView(one.kind.value, one.zone.value, one.box, one.score, one.alarm, f"{kind} · {zone}", facts,
                       one.false_alarm_rate, one.negatives, one.against, one.kg, one.kg_low, one.kg_high)  # fmt: skip
