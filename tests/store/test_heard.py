from vigie.terms import HOUR, Moment

T = 1_700_000_000_000_000 // HOUR * HOUR


def test_events_add_up_by_facility_and_hour(store):
    store.heard.add({("BEANR", "1742", T): 3, ("NLRTM", "ECT", T): 1})
    store.heard.add({("BEANR", "1742", T): 2, ("BEANR", "1742", T + HOUR): 1})
    store.heard.add({})
    assert [(one.facility, one.hour, one.n) for one in store.heard.since(Moment(T))] == [
        ("1742", T, 5), ("1742", T + HOUR, 1), ("ECT", T, 1),
    ]  # fmt: skip
    assert [one.n for one in store.heard.since(Moment(T + 1), ("BEANR",))] == [1]


def test_ships_and_their_radios(store):
    store.heard.name([("9074729", "205000001"), ("9074729", "205000001"), ("EVER", "205000002")])
    store.heard.name([("9074729", "205000001")])
    assert store.heard.radios(["9074729", "NOBODY"]) == ["205000001"]
