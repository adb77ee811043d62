from decimal import Decimal

import pytest

from vigie.desk.registry_told import check_view, claim_view, conflict_view, texts, written
from vigie.registry import Claim, Reason, Relation, check, conflicts, load_scopes


def said(value, place="Antwerp", document="", scope="port"):
    return Claim(place, load_scopes().read(place, scope), "2020-01-01", "2020-12-31", "seized", value, "t", document=document)


@pytest.mark.parametrize("language", ["fr", "nl", "en", "pt", "es"])
def test_what_became_of_a_figure_is_told_in_every_language(language):
    one = check_view(check(said("7", document="d"), [said("7")]), language)
    assert (one.status, one.value, one.text) != ("", "", "")
    assert "{" not in one.text
    for reason in Reason:
        assert texts().tell(f"reason-{reason.value}", language)
    for relation in Relation:
        assert texts().tell(f"relation-{relation.value}", language)


def test_a_scope_is_told_by_its_names_and_values_without_zeros():
    assert claim_view(said("7", scope="port (customs)"), "nl").scope == "Antwerpen, alleen douane, zeehavens"
    assert claim_view(said("7", "Atlantis"), "nl").scope == "Atlantis, zeehavens"
    (one,) = conflicts([said("7"), said("9")])
    assert (conflict_view(one, "en").kind, conflict_view(one, "en").other.value) == ("contradicting-source", "9")
    assert [written(value) for value in (None, Decimal("10.100"), Decimal("100"), Decimal("1E+2"))] == ["", "10.1", "100", "100"]
