"""An officer follows kinds, partners, containers, places and goods, and is told what is new; need to know decides first."""

import msgspec
import pytest
from tests.desk.federated import BE, NL
from tests.desk.port import ANN, BOB, BOX, NOW, an_officer
from tests.desk.test_exchange_effects import LOOK, METHOD, SAW, nodes, tell  # noqa: F401 - nodes is a fixture

from vigie.desk import exchange_following as desk
from vigie.exchange import Desk
from vigie.node import FixedClock
from vigie.terms import BadRequest, Handling, Moment, NotFound, Role

TESS = an_officer("tess", Role.TARGETING)  # cleared for AMBER, at no prosecutor's desk


def later(node, by=1_000_000):
    node.clock = FixedClock(Moment(node.now() + by))


def titles(officer, node):
    return [row.thing for row in desk.followed(officer, node)]


@pytest.mark.parametrize(("said", "expected"), [
    ({"kind": "movement"}, ["movement"]), ({"partner": NL}, ["concealment", "movement"]),
    ({"about": BOX.lower()}, ["movement"]),
    ({"about": "NLRTM"}, ["movement"]), ({"about": "08"}, ["concealment"]), ({"kind": "seizure"}, []),
    ({"kind": "movement", "about": "0803"}, []),
], ids=["kind", "partner", "container", "place", "goods", "other kind", "both must fit"])  # fmt: skip
def test_what_fits_is_listed(nodes, said, expected):  # noqa: F811
    node = nodes[BE]
    desk.follow(BOB, node, **said)
    later(node), later(nodes[NL])
    tell(nodes, SAW)
    tell(nodes, METHOD)
    assert desk.following(BOB, node).rows[0].new == len(expected)
    assert sorted(titles(BOB, node)) == expected
    assert titles(ANN, node) == []  # each officer has an own list


def test_what_was_looked_at_is_not_new(nodes):  # noqa: F811
    node = nodes[BE]
    tell(nodes, SAW)
    later(node)
    assert desk.follow(BOB, node, kind="movement").rows[0].new == 0  # it was there before
    later(node), later(nodes[NL])
    tell(nodes, SAW)
    assert desk.following(BOB, node).rows[0].new == 1
    assert len(titles(BOB, node)) == 2
    later(node)
    assert desk.following(BOB, node).rows[0].new == 0
    assert desk.following(BOB, node).looked > NOW


def test_following_shows_nothing_that_the_officer_may_not_read(nodes):  # noqa: F811
    node = nodes[BE]
    desk.follow(TESS, node, partner=NL)
    later(node), later(nodes[NL])
    tell(nodes, SAW, tlp=Handling.RED)
    tell(nodes, METHOD, desks=(Desk.PROSECUTOR,))
    assert (titles(TESS, node), desk.following(TESS, node).rows[0].new) == ([], 0)


def test_what_is_followed_is_changed_and_taken_back(nodes):  # noqa: F811
    node = nodes[BE]
    for said in ({"kind": "movement"}, {"kind": "movement"}, {"about": BOX}):
        desk.follow(BOB, node, **said)
    assert [(one.kind, one.about) for one in desk.following(BOB, node).rows] == [("movement", ""), ("", BOX)]
    desk.unfollow(BOB, node, kind="movement")
    with pytest.raises(NotFound):
        desk.unfollow(BOB, node, kind="movement")
    assert [one.about for one in desk.following(BOB, node).rows] == [BOX]
    tell(nodes, LOOK)
    assert titles(BOB, node) == ["box"]


@pytest.mark.parametrize("said", [{}, {"kind": "rumour"}, {"partner": "xx-nobody"}, {"about": "x" * 41}, {"partner": BE}])
def test_what_there_is_not_is_not_followed(nodes, said):  # noqa: F811
    with pytest.raises(BadRequest):
        desk.follow(BOB, nodes[BE], **said)


def test_a_list_has_an_end(nodes):  # noqa: F811
    for place in range(desk.MOST):
        desk.follow(ANN, nodes[BE], about=f"{place:04}")
    with pytest.raises(BadRequest):
        desk.follow(ANN, nodes[BE], about="9999")
    assert msgspec.json.encode(desk.following(ANN, nodes[BE]))
