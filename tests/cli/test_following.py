"""What the operator follows, from the command line."""

from tests.cli.test_exchange import countries  # noqa: F401 - a fixture


def test_something_is_followed_listed_and_let_go(countries):  # noqa: F811
    be, _ = countries
    assert be.lines("exchange", "following", "list")[-1]["rows"] == 0
    be.lines("exchange", "following", "add", "--kind", "movement")
    told = be.lines("exchange", "following", "add", "--about", "nlrtm")
    assert [(one["kind"], one["about"]) for one in told[:-1]] == [("movement", ""), ("", "NLRTM")]
    assert be.lines("exchange", "following", "show")[-1]["rows"] == 0
    assert be.lines("exchange", "following", "remove", "--kind", "movement")[-1]["rows"] == 1
