"""What is noted of a box beside its messages: kept once, never older than what is known, in the box it names."""

from tests.tracking.builders import BOX, an_announcement, an_event, told

from vigie.terms import DAY, AccessMark, Moment, VisitId
from vigie.tracking import Noted, PartnerMark, PictureMark, ReleaseMark, apply, same_mark

FIRST, SECOND = VisitId(f"{BOX}-1"), VisitId(f"{BOX}-2")


def test_a_note_is_kept_with_its_entry_and_opens_no_visit():
    mark = ReleaseMark(3, hands=1)
    (visit,) = told(an_announcement(), (2_000_000, Noted(FIRST, release=mark))).values()
    assert (visit.release.hlc, visit.release.mark, visit.access, visit.changed) == (2_000_000, mark, None, 2_000_000)
    assert apply(None, Moment(1), Noted(FIRST, release=mark), BOX) is None


def test_what_was_counted_from_less_came_late_and_the_same_again_says_nothing():
    (visit,) = told(an_announcement(), Noted(FIRST, release=ReleaseMark(4, hands=2))).values()
    for late in (ReleaseMark(3, hands=1), ReleaseMark(4, hands=2)):
        assert apply(visit, Moment(9_000_000), Noted(FIRST, release=late), BOX) is visit
    newer = apply(visit, Moment(9_000_000), Noted(FIRST, release=ReleaseMark(4, hands=2, refusals=1)), BOX)
    assert newer.release.mark.refusals == 1


def test_the_latest_word_of_access_logs_stands():
    notes = [Noted(FIRST, access=AccessMark(FIRST, Moment(at), lookups)) for at, lookups in ((1, 3), (2, 0))]
    (visit,) = told(an_announcement(), *notes, notes[1]).values()
    assert (visit.access.mark.lookups_without_role, visit.access.hlc) == (0, 1_000_002)
    assert apply(visit, Moment(9_000_000), Noted(FIRST), BOX) is visit


def test_what_partners_told_stands_until_it_is_taken_back():
    told_of, taken_back = Noted(FIRST, partner=PartnerMark(1)), Noted(FIRST, partner=PartnerMark())
    (visit,) = told(an_announcement(), told_of, told_of).values()
    assert (visit.partner.mark, visit.partner.hlc) == (PartnerMark(1), 1_000_001)
    back = apply(visit, Moment(9_000_000), taken_back, BOX)
    assert back.partner.mark == PartnerMark()
    assert apply(back, Moment(9_000_001), taken_back, BOX) is back


def test_that_nobody_told_anything_is_no_news():
    (visit,) = told(an_announcement()).values()
    assert apply(visit, Moment(9_000_000), Noted(FIRST, partner=PartnerMark()), BOX) is visit


def test_a_note_goes_to_the_life_it_names():
    back = an_event("GTIN", 40 * DAY, empty=True)
    visits = told(an_announcement(), an_event("DISC", 30 * DAY), an_event("GTOT", 35 * DAY), back,
                  an_event("LOAD", 50 * DAY, place="ECGYE"), Noted(FIRST, release=ReleaseMark(1)))  # fmt: skip
    assert sorted(visits) == [1, 2]
    assert (visits[1].release is None, visits[2].release) == (False, None)


def test_marks_say_the_same_from_however_many_steps():
    assert same_mark(ReleaseMark(3, hands=1), ReleaseMark(9, hands=1))
    assert not same_mark(ReleaseMark(3, hands=1), ReleaseMark(3, hands=2))


def test_pictures_from_elsewhere_stand_as_they_were_counted_last():
    first, more = Noted(FIRST, picture=PictureMark(1)), Noted(FIRST, picture=PictureMark(1, differences=1))
    (visit,) = told(an_announcement(), first, first).values()
    assert (visit.picture.mark, visit.picture.hlc) == (PictureMark(1), 1_000_001)
    assert apply(visit, Moment(9_000_000), more, BOX).picture.mark.differences == 1
    (silent,) = told(an_announcement(), Noted(FIRST, picture=PictureMark())).values()
    assert silent.picture is None
