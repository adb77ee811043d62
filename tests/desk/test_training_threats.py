import pytest
from tests.desk.federated import BE, BR, a_marking, federate
from tests.desk.port import BOB

from vigie.desk.exchange_packages import take_in
from vigie.desk.training_threats import packed, threats
from vigie.exchange import ExchangeRefused
from vigie.scanning import usual_threats
from vigie.world import cutouts


@pytest.fixture(scope="module")
def nodes(tmp_path_factory):
    made = federate(tmp_path_factory.mktemp("threats"), BR, BE)
    yield made
    for node in made.values():
        node.close()


def test_cut_outs_of_a_partner_take_the_place_of_the_usual_ones(nodes):
    assert [one.facts.sha256 for one in threats(nodes[BE])] == [one.facts.sha256 for one in usual_threats()]
    library = cutouts(2, seed=5)
    raw = packed(library, "seizures of spring", a_marking(BR, nodes=(BE,)), nodes[BR])
    view = take_in(BOB, raw, nodes[BE])
    assert (view.kind, view.scans) == ("cut-outs", ())
    assert {one.facts.sha256 for one in threats(nodes[BE])} == {one.facts.sha256 for one in library}
    take_in(BOB, raw, nodes[BR])
    assert len(threats(nodes[BR])) == 2  # the node's own serve it too
    nodes[BE].store.packages.drop(view.sha256)
    assert len(threats(nodes[BE])) == len(usual_threats())


def test_a_package_of_nothing_is_refused(nodes):
    with pytest.raises(ExchangeRefused):
        packed((), "nothing", a_marking(BR, nodes=(BE,)), nodes[BR])
