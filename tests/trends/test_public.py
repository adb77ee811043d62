import pytest

from vigie.registry import Claim, load_scopes, read_claims
from vigie.trends import falls, route_stories, told_of, upstreams, year_ratios


@pytest.fixture(scope="module")
def figures(shared_data):
    claims = []
    for name in ("official_seizures.csv", "seed_figures.csv"):
        with (shared_data / "sense" / "seizures" / name).open(encoding="utf-8") as lines:
            claims += [one for one in read_claims(lines, name) if isinstance(one, Claim)]
    return told_of(claims)


@pytest.mark.shared
def test_the_shift_of_2020_is_found_in_public_figures(figures):
    (story,) = route_stories(figures)
    assert (story.place, story.before, story.after) == ("antwerp", "2019-01-01/2019-12-31", "2020-01-01/2020-06-30")
    assert story.shift.moved
    assert story.shift.new == ("PY",)


@pytest.mark.shared
def test_less_in_antwerp_is_not_as_much_less_in_all(figures):
    there = upstreams(figures, ("antwerp", "antwerp-bruges", "bound-for-belgium"))
    assert [one.year for one in year_ratios(there)] == [2023, 2024]
    (told,) = falls(there)
    assert told.at_port_high < -0.6
    assert told.whole_low < -0.2236 < told.whole_high


def test_claims_of_other_things_are_passed_over():
    scope = load_scopes().read("Antwerp", "port")
    claims = [Claim("Antwerp", scope, "2019-01-01", "2019-12-31", measure, "23", unit) for measure, unit in
              (("change", "%"), ("share-from:BR", "%"), ("seized", "t"))]
    assert [(one.measure, one.value) for one in told_of(claims)] == [("seized", 23.0)]
