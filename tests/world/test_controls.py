import pytest

from vigie.terms import Concealment, Depth, Detector, Found
from vigie.world.chance import stream
from vigie.world.controls import detected, look, practice_of
from vigie.world.parameters import IRREGULARITY, SENSITIVITY, TARGETED_PLAIN


def test_a_control_sees_what_is_there_only_sometimes():
    chance = stream(1)
    for concealment, often in SENSITIVITY.value.items():
        hits = sum(detected(concealment, chance) for _ in range(4000))
        assert hits / 4000 == pytest.approx(often, abs=0.03)


def test_a_clean_box_never_yields_a_find():
    chance = stream(2)
    seen = [look("", 0.0, chance) for _ in range(6000)]
    assert {one.found for one in seen} == {"nothing", "irregularity"}
    assert sum(one.found == "irregularity" for one in seen) / 6000 == pytest.approx(IRREGULARITY.value, abs=0.006)


def test_what_is_seen_is_said_in_the_words_of_terms():
    chance = stream(3)
    for concealment in ("", *(str(one) for one in Concealment)):
        for _ in range(60):
            seen = look(concealment, 300.0, chance)
            assert Found(seen.found)
            assert Detector(seen.detector)
            assert Depth(seen.depth)
            assert seen.kilos in (None, 300.0)


def test_a_hotel_box_holds_people():
    chance = stream(4)
    assert {look("hotel-container", 100.0, chance).found for _ in range(200)} == {"people", "nothing"}


def test_traces_move_the_officer():
    practice, chance = practice_of("south-america"), stream(5)
    plain = sum(practice.chosen(0, False, chance) == "targeted" for _ in range(8000)) / 8000
    odd = sum(practice.chosen(2, False, chance) == "targeted" for _ in range(8000)) / 8000
    assert plain == pytest.approx(TARGETED_PLAIN.value, abs=0.01)
    assert odd > 4 * plain
    assert practice_of("other").targeted < practice.targeted
