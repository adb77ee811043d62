from vigie.terms import Moment


def test_since_when_a_partner_is_silent_stays_what_it_was(store):
    kept = store.deliveries
    kept.failed("nl-customs", "exchange-unreachable", 1, Moment(9), Moment(5))
    kept.failed("nl-customs", "exchange-too-slow", 2, Moment(12), Moment(7))
    kept.failed("be-customs", "exchange-gap", 1, Moment(2), Moment(1))
    assert [(one.partner, one.since, one.failures, one.code, one.next_try) for one in kept.all()] == [
        ("be-customs", 1, 1, "exchange-gap", 2), ("nl-customs", 5, 2, "exchange-too-slow", 12)]  # fmt: skip
    kept.works("nl-customs")
    kept.works("nobody")
    assert [one.partner for one in kept.all()] == ["be-customs"]
