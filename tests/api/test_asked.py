import pytest
from pydantic import ValidationError

from vigie.api.asked import AskedBulk, AskedOfficer, AskedOutcome, AskedOverride, AskedShift, AskedWatch
from vigie.desk.arrivals import BULK
from vigie.desk.risk import WATCHED

GOOD = {
    AskedOverride: {"decision": "hold", "reason": "why"},
    AskedBulk: {"visits": ["CSQU3054383-1"], "act": "claim"},
    AskedShift: {"name": "early", "start": "06:00", "hours": 8, "scanners": {"MX": 1}},
    AskedWatch: {"kind": "container", "term": "CSQU3054383"},
    AskedOfficer: {"id": "ann", "roles": ["inspection-team"], "purposes": ["inspection"]},
    AskedOutcome: {
        "number": "CSQU3054383", "at": "2026-03-02T06:00:00Z", "found": "nothing", "detector": "scanner", "depth": "scan",
    },
}  # fmt: skip


@pytest.mark.parametrize("kind", GOOD, ids=lambda kind: kind.__name__)
def test_a_field_that_is_unknown_or_missing_is_refused(kind):
    good = GOOD[kind]
    assert kind.model_validate(good)
    with pytest.raises(ValidationError):
        kind.model_validate(good | {"colour": "blue"})
    for name in good:
        with pytest.raises(ValidationError):
            kind.model_validate({key: value for key, value in good.items() if key != name})


def test_the_words_are_those_of_the_desks():
    for act in BULK:
        assert AskedBulk(visits=["x"], act=act)
    for kind in WATCHED:
        assert AskedWatch(kind=kind, term="x")


@pytest.mark.parametrize("kg", ["-1", "1e9", "12.1234567", "heavy", ""])
def test_a_mass_is_plain_digits(kg):
    with pytest.raises(ValidationError):
        AskedOutcome.model_validate(GOOD[AskedOutcome] | {"quantity_kg": kg})
