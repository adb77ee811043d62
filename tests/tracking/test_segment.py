import pytest
from tests.tracking.builders import BOX, an_announcement, an_event, told

from vigie.arrivals import Call, Classifier
from vigie.terms import DAY, HOUR, MINUTE, Depth, Detector, Found, Moment, OfficerId, Outcome, VisitId
from vigie.tracking import SAME_TIME, SILENCE, STORAGE, segment_of

T = 1_700_000_000_000_000
OTHER = Call(imo="9811000", voyage="002W")
DISC, OUT = an_event("DISC", T), an_event("GTOT", T + DAY, empty=False)
BACK = an_event("GTIN", T + 3 * DAY, empty=True)
STRIPPED = an_event("STRP", T + 2 * DAY)


def segments(*said, start=T):
    return sorted(told(*said, start=start))


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ([an_announcement(), DISC, OUT, BACK], [1]),
        ([an_announcement(), DISC, OUT, BACK, an_announcement("NEW")], [1, 2]),
        ([an_announcement(), DISC, OUT, BACK, an_event("GTOT", T + 4 * DAY, empty=True)], [1, 2]),
        ([an_announcement(), DISC, OUT, STRIPPED, BACK], [1]),
        ([an_announcement(), DISC, OUT, STRIPPED, an_event("STUF", T + 4 * DAY)], [1, 2]),
        ([an_announcement(), DISC, OUT, BACK, an_event("RSEA", T + HOUR)], [1]),
        ([an_announcement(), DISC, OUT, an_announcement("NEW", call=OTHER)], [1, 2]),
        ([an_announcement(), DISC, an_announcement("NEW", call=OTHER)], [1]),
        ([an_announcement(), DISC, OUT, an_announcement("HOUSE")], [1]),
        ([an_announcement(), DISC, OUT, BACK, an_announcement(consignee="Other")], [1]),
        ([an_announcement(), DISC, OUT, BACK, an_announcement("LATE", filed_at=Moment(T))], [1]),
        ([an_event("GTIN", T, empty=True), an_event("GTOT", T + DAY, empty=True)], [1]),
    ],
    ids=["back", "back-then-announced", "back-then-picked", "stripped-then-back", "stripped-then-stuffed", "back-then-late",
         "left-then-other-ship", "landed-then-other-ship", "left-then-house-bill", "back-then-amended",
         "back-then-filed-before", "only-yard-moves"],
)
def test_when_a_new_segment_opens(said, wanted):
    assert segments(*said) == wanted


def test_long_silence_opens_a_new_segment():
    first = (T, an_announcement())
    assert segments(first, (T + SILENCE, an_announcement("N"))) == [1]
    assert segments(first, (T + SILENCE + 1, an_announcement("N"))) == [1, 2]


def test_a_ship_long_after_the_last_arrival_brings_the_box_anew():
    first = an_announcement(call=Call(imo="9074729", arrival=Moment(T)))
    soon = an_announcement("N", call=Call(imo="9811000", arrival=Moment(T + STORAGE)))
    late = an_announcement("N", call=Call(imo="9811000", arrival=Moment(T + STORAGE + 1)))
    assert segments(first, soon) == [1]
    assert segments(first, late) == [1, 2]


def test_one_number_in_two_countries_at_once_is_two_boxes():
    here, there = an_event("GTOT", T), an_event("GTIN", T + SAME_TIME, place="TRMER")
    visits = told(here, there)
    assert [[move.movement.place for move in visits[n].moves] for n in (1, 2)] == [["BEANR"], ["TRMER"]]


def test_two_boxes_under_one_number_are_told_apart_afterwards():
    visits = told(
        an_event("GTOT", T), an_event("GTIN", T + MINUTE, place="TRMER"),
        an_event("INSP", T + DAY, place="TRMER"), an_event("INSP", T + DAY + MINUTE),
    )
    assert [[move.movement.place for move in visits[n].moves] for n in (1, 2)] == [["BEANR"] * 2, ["TRMER"] * 2]


@pytest.mark.parametrize(
    "there",
    [
        an_event("GTIN", T + SAME_TIME + 1, place="NLRTM"),
        an_event("GTIN", T, place="BEZEE"),
        an_event("GTIN", T, place="DEHAM", offset_known=False),
        an_event("GTIN", T, place="TRMER", classifier=Classifier.ESTIMATED),
        an_event("GTIN", T, place=""),
        an_event("CUSR", T, place="TRMER"),
    ],
    ids=["time-to-drive", "same-country", "local-time", "estimate", "no-place", "not-a-presence"],
)
def test_what_does_not_make_a_clone(there):
    assert segments(an_event("GTOT", T), there) == [1]


def test_late_news_goes_to_the_life_it_speaks_of():
    visits = told(DISC, OUT, BACK, an_announcement("NEW"), an_event("INSP", T + HOUR))
    assert [len(visits[n].moves) for n in (1, 2)] == [4, 0]


def test_a_retraction_and_an_outcome_find_their_segment():
    visits = told(an_event("DISC", T, event_id="d"), OUT, BACK, an_announcement("NEW"))
    known = [visits[1], visits[2]]
    assert segment_of(known, an_event("DISC", T, event_id="r", retracts="d"), Moment(T)) == 1
    outcome = Outcome(VisitId(f"{BOX}-1"), Moment(T), Found.NOTHING, Detector.DOG, Depth.SCAN, OfficerId("ann"))
    assert segment_of(known, outcome, Moment(T)) == 1
