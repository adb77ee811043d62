import pytest
from tests.desk.federated import BE, BR, NL, a_marking, federate
from tests.desk.port import ANN, BOB, BOX, NOW, manifest, take_in
from tests.scanning.xray.pictures import a_scan

from vigie.desk import scanning_intake
from vigie.desk.exchange_package_preview import previewed
from vigie.desk.exchange_packages import send
from vigie.exchange import ExchangeRefused
from vigie.scanning import write_tiff
from vigie.terms import DAY, BadRequest, Moment, NotForYou


@pytest.fixture(scope="module")
def nodes(tmp_path_factory):
    made = federate(tmp_path_factory.mktemp("preview"), BR, BE)
    take_in(made[BR], manifest())
    yield made
    for node in made.values():
        node.close()


def scanned(nodes, stem, **told):
    return scanning_intake.take_in(BOB, write_tiff(a_scan(taken=NOW, **told), stem), nodes[BR]).rows[0].id


def test_it_shows_what_then_leaves_and_keeps_nothing(nodes):
    scan, marking = scanned(nodes, "g7", container=BOX), a_marking(BR, nodes=(BE,))
    shown = previewed(BOB, [scan], "before loading", marking, nodes[BR])
    assert (shown.container, shown.may, shown.two, shown.simulated) == (BOX, True, False, True)
    assert [one.role for one in shown.files].count("master") == 2
    assert nodes[BR].store.packages.page() == []
    made, _ = send(BOB, [scan], "before loading", marking, nodes[BR])
    assert made.pieces == tuple(one.name for one in shown.files)
    assert made.size == pytest.approx(shown.size, rel=0.01)


def test_what_is_against_it_is_said_per_partner(nodes):
    scan = scanned(nodes, "g8", container=BOX, scanner="MX-8")
    late = a_marking(BR, nodes=(BE, NL), retain_until=Moment(NOW + 4000 * DAY))
    shown = previewed(BOB, [scan], "t", late, nodes[BR])
    assert shown.may is False
    assert [one.code for one in shown.recipients if one.node == NL] == ["exchange-unknown-peer"]


def test_what_cannot_be_packed_is_refused(nodes):
    lost = scanned(nodes, "g9", container="")
    with pytest.raises(BadRequest):
        previewed(BOB, [lost], "t", a_marking(BR, nodes=(BE,)), nodes[BR])
    with pytest.raises(BadRequest):
        previewed(BOB, [], "t", a_marking(BR, nodes=(BE,)), nodes[BR])
    with pytest.raises((NotForYou, ExchangeRefused)):
        previewed(ANN, [lost], "t", a_marking(BR, nodes=(BE,)), nodes[BR])
