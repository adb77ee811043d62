import pytest
from tests.desk.test_reading_shown import FOUND

from vigie.desk.reading_machine import base_rate_told, findings_told, machine_readings, quiet_told
from vigie.scanning import MachineReading, Place, Zones
from vigie.terms import Language

TOLD = MachineReading(place=Place.LOOK, score=0.9, findings=(FOUND,), zones=Zones(container=None), quiet=("no-model",))


@pytest.mark.parametrize("language", list(Language))
def test_findings_are_told_in_words_with_how_often_they_are_wrong(language):
    (view,) = findings_told(TOLD, language)
    assert "find-" not in view.text
    assert (view.alarm, view.false_alarm_rate, view.negatives, view.kg) == (True, 0.01, 500, 40.0)
    assert "11" in base_rate_told(TOLD, language)
    assert "quiet-" not in quiet_told(TOLD, language)[0]


def test_no_alarm_has_no_base_rate(node):
    assert base_rate_told(MachineReading(place=Place.LOOK, score=0.1, findings=(), zones=Zones(container=None)), "en") == ""
    assert machine_readings([], node) == {}
