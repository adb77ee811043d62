from vigie.registry import SEIZURE_COLUMNS, Report, Seized, Seizure, Substance, rows_of, summed
from vigie.terms import Moment


def test_one_row_for_each_substance_and_one_finding_for_all():
    told = Seized(Moment(5), "NLRTM", (Substance("cocaine", 100, 120), Substance("heroin"), Substance("cash", gross_g=7)),
                  services=("police",), route=("ECGYE", "PAONX"), is_closed=False)  # fmt: skip
    one = Seizure("S1", (Report("customs", "NL", "x", told, id=Moment(9)),), Moment(9), recorded=Moment(9))
    rows = list(rows_of(one))
    assert [(row.substance, row.grams, row.leads) for row in rows] == [("cocaine", 100, True), ("heroin", None, False), ("cash", 7, False)]
    assert (rows[0].country, rows[0].services, rows[0].route, rows[0].hlc) == ("NL", "customs police", "ECGYE PAONX", 9)
    assert SEIZURE_COLUMNS[:4] == ("id", "hlc", "at", "place")
    total = summed(rows)
    assert (total.findings, total.grams, total.unweighed, total.open, total.ids) == (1, 107, 1, 1, ("S1",))
