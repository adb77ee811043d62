"""A seizure is counted by one account, however many tell of it."""

from vigie.registry import Report, Seized, Seizure, Substance
from vigie.terms import Moment


def a_report(grams, id, service="customs", country="BE", **more):
    told = Seized(Moment(1), "BEANR", (Substance("cocaine", net_g=grams),), **more)
    return Report(service, country, "officer:a", told, id=Moment(id))


def test_the_lead_counts_and_the_others_stay():
    seizure = Seizure("S2019-1", (a_report(100, 1), a_report(130, 2, "police", "NL")), Moment(1))
    assert seizure.seized.grams == 100
    assert seizure.is_joint
    assert not Seizure("S2019-1", (a_report(100, 1),), Moment(1)).is_joint


def test_gross_counts_where_there_is_no_net_and_nothing_is_not_zero():
    assert Substance("cocaine", gross_g=120).grams == 120
    assert Substance("cocaine", net_g=100, gross_g=120).grams == 100
    assert Seized(Moment(1), "BEANR", (Substance("cocaine"),)).grams is None
    assert Seized(Moment(1), "BEANR", (Substance("cocaine", net_g=1), Substance("heroin", net_g=2))).grams == 3
