import pytest
from tests.desk.test_reading_shown import FOUND

from vigie.console.pages import Pages
from vigie.console.scanning_keys import KEYED
from vigie.console.scanning_words import SAID, findings_marked, words_of
from vigie.desk.views import FindingView, GivenView, ReadingRow, ScanReadingView
from vigie.scanning import Place, ReadingOrder, Region, Sighting, Verdict
from vigie.terms import Language, Moment

ROW = ReadingRow("s", "", "", "", "", Moment(0), Moment(0), False, "first")
VIEW = ScanReadingView(ROW, 9, 9, 5.0, 5.0, (9,), (0,), (6.0,), None, "h")


@pytest.mark.parametrize("language", list(Language))
def test_every_word_of_the_viewer_is_there_with_its_blanks(language):
    texts = Pages.load().texts
    words = words_of(Pages.load().teller(language))
    assert set(words) == set(SAID)
    assert "{columns}" in words["exact"]
    assert "{reference}" in words["compare-difference"]
    for kind, values in (("scanact", KEYED), ("sighting", Sighting), ("verdict", Verdict), ("place", Place), ("reader", ReadingOrder)):
        assert [one for one in values if f"{kind}-{getattr(one, 'value', one)}" not in texts.table] == []


def test_only_alarms_and_regions_that_may_be_seen_are_marked():
    quiet = FindingView("k", "z", (1, 1, 2, 2), 0.1, False, "t")
    loud = FindingView("k", "z", FOUND.box, 0.9, True, "bricks")
    given = GivenView("first", "hold-and-visit", Moment(0), 3, (Region(5, 6, 7, 8, Sighting.BAGS),))
    view = type(VIEW)(ROW, 9, 9, 5.0, 5.0, (9,), (0,), (6.0,), None, "h", machine=(quiet, loud), given=(given,))
    assert [one["box"] for one in findings_marked(view)] == [list(FOUND.box), [5, 6, 7, 8]]
    assert findings_marked(VIEW) == []
