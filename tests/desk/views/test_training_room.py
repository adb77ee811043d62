from vigie.desk.views import TrainingItem
from vigie.desk.views.plain import plain


def test_a_picture_that_is_not_answered_tells_nothing_of_what_is_in_it():
    told = plain(TrainingItem("q", 0, 2, 9, 9, 5.0, 5.0, (9, 9), (0, 0), (6.0, 4.0)))
    assert told["answered"] is None
    assert not {"truth", "cutout", "kg", "background"} & set(told)
