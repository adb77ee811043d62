from vigie.registry import Chart, Said
from vigie.registry.bulletin_document import Sources


def test_the_same_rows_asked_for_again_keep_their_number():
    sources = Sources()
    assert [sources.add("all", "a=1", ["x", "y"]), sources.add("some", "a=2", ["x"]),
            sources.add("all", "a=1", ["y", "x"])] == [1, 2, 1]  # fmt: skip
    assert [(one.number, one.rows, len(one.digest)) for one in sources.all()] == [(1, 2, 16), (2, 1, 16)]


def test_other_rows_under_the_same_words_are_another_source():
    sources = Sources()
    assert sources.add("all", "", ["x"]) != sources.add("all", "", ["y"])


def test_a_chart_of_nothing_has_a_height_all_the_same():
    assert Chart("c", "a", (("x", Said("0", 0, 0)),)).top == 1.0
    assert Chart("c", "a", ()).top == 1.0
    assert Chart("c", "a", (("x", Said("3", 0, 3)), ("y", Said("7", 0, 7)))).top == 7.0
