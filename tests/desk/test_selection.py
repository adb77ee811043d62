from vigie.desk import selection


def test_everything_about_selection_is_found_under_its_word():
    assert all(callable(getattr(selection, name)) for name in selection.__all__)
