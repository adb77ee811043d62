from vigie.arrivals import Classifier, Movement
from vigie.terms import ConsignmentId, Moment, Party, PartyRole, VisitId
from vigie.tracking import Line, Move, Visit


def a_visit(**more):
    return Visit(**{"id": VisitId("CSQU3054383-1"), "container": "CSQU3054383", "segment": 1, "opened": Moment(1),
                    "changed": Moment(2)} | more)


def a_line(number, **more):
    return Line(**{"consignment": ConsignmentId(f"bl:FICT:{number}"), "first": Moment(1), "latest": Moment(1)} | more)


def test_a_cancelled_consignment_stands_no_longer():
    visit = a_visit(lines=(a_line(1), a_line(2, cancelled=Moment(2))))
    assert [line.consignment for line in visit.standing] == ["bl:FICT:1"]


def test_only_what_really_happened_happened():
    moves = tuple(
        Move(Moment(n), Movement(str(n), code, classifier), retracted)
        for n, (code, classifier, retracted) in enumerate([
            ("DISC", Classifier.ESTIMATED, None), ("DISC", Classifier.ACTUAL, Moment(9)), ("DISC", Classifier.ACTUAL, None),
            ("GTOT", Classifier.ACTUAL, None)])
    )
    visit = a_visit(moves=moves)
    assert [move.movement.event_id for move in visit.happened("DISC")] == ["2"]
    assert [move.movement.event_id for move in visit.happened("DISC", "GTOT")] == ["2", "3"]


def test_the_first_party_of_a_role_is_the_one():
    line = a_line(1, parties=(Party(PartyRole.CONSIGNEE, "One"), Party(PartyRole.CONSIGNEE, "Two")))
    assert line.party(PartyRole.CONSIGNEE).name == "One"
    assert line.party(PartyRole.NOTIFY) is None
