from vigie.arrivals import Movement
from vigie.terms import DAY, HOUR, Moment
from vigie.tracking import NEWEST, Replay

BOX = "CSQU3054383"


def move(code, at, **more):
    return Movement(f"{code}{at}", code, container=BOX, at=Moment(at), place="BEANR", **more)


def told(replay, *moves):
    return [pair for place, one in enumerate(moves, 1) for pair in replay.take(Moment(place), (one,), ("late",))]


def test_a_repeated_word_changes_nothing_and_a_doubt_is_kept():
    replay = Replay(BOX)
    ((before, after),) = told(replay, move("DISC", HOUR), move("DISC", HOUR))
    assert (before, after.id, after.doubts) == (None, f"{BOX}-1", ("late",))


def test_a_box_that_came_back_lives_anew():
    replay = Replay(BOX)
    told(replay, move("DISC", HOUR), move("GTOT", DAY), move("GTIN", 2 * DAY, empty=True), move("STUF", 3 * DAY))
    assert [visit.segment for visit in replay.visits] == [1, 2]


def test_numbers_of_erased_segments_are_not_given_again():
    replay = Replay(BOX, erased=3)
    told(replay, move("DISC", HOUR))
    assert [visit.segment for visit in replay.visits] == [4]


def test_no_entry_reaches_behind_the_newest_segments():
    replay = Replay(BOX)
    for life in range(NEWEST + 2):
        start = life * 10 * DAY
        told(replay, move("DISC", start + HOUR), move("GTOT", start + DAY), move("GTIN", start + 2 * DAY, empty=True))
    first = replay.visits[0]
    list(replay.take(Moment(999), (move("DISC", HOUR, remarks="again"),)))
    assert replay.visits[0] is first
