"""Ships' calls."""

from tests.arrivals.edifact.looking import back, message

from vigie.arrivals import Classifier


def test_each_time_at_a_place_is_a_row():
    rows, doubts = back(
        message("CALINF", "BGM+96", "TDT+20+12W+1++MSC:172:20+++9074729:146", "LOC+153+BEANR:139:6+K913",
                "DTM+132:202601201200:203", "DTM+133:202601211200:203", "LOC+61+NLRTM")
    )
    assert [(row.code, row.classifier, row.place, row.facility) for row in rows] == [
        ("ARRI", Classifier.ESTIMATED, "BEANR", "K913"), ("DEPA", Classifier.ESTIMATED, "BEANR", "K913"),
    ]  # fmt: skip
    assert doubts == []


def test_a_time_in_front_belongs_to_the_first_place():
    rows, _ = back(message("CUSREP", "BGM+97", "DTM+178:202601201200:203", "TDT+20+12W", "LOC+60+BEANR"))
    assert [(row.code, row.place) for row in rows] == [("ARRI", "BEANR")]
