"""In the sequencer: two that come at once with one key, and a box that leaves while nobody keeps rights."""

from tests.desk.port import BOX, NOW, gate, manifest, take_in
from tests.desk.test_release import PLATE, keyed

from vigie.desk.acts import Presenting, item_of
from vigie.desk.release import secret_of
from vigie.desk.work import hand_in
from vigie.terms import DAY, Moment, OfficerId, VisitId
from vigie.tracking import Presentation, commitment_of, plate_of, seal_of


def test_of_two_that_come_at_once_with_one_key_one_gets_the_box(node):
    _, made = keyed(node)
    secret = secret_of(node)
    told = [
        Presentation(BOX, "1742", f"G{n}", "HAUL", plate_of(PLATE, secret), seal_of(commitment_of(made.key), secret), "pia",
                     NOW, nonce=f"n{n}", visit=VisitId(f"{BOX}-1"))
        for n in range(5)
    ]  # fmt: skip
    hand_in([item_of(Presenting(one, OfficerId("pia"), NOW), OfficerId("pia"), NOW) for one in told], node)
    codes = [node.store.releases.attempt(one.nonce).code for one in told]
    assert sorted(codes) == ["allowed", *["used-key"] * 4]


def test_a_box_leaves_silently_where_nobody_keeps_rights(node):
    take_in(node, manifest())
    node.clock.at = Moment(NOW + DAY)
    take_in(node, gate("GTOT", BOX))
    assert not [one for one in node.store.notices.page("ann") if one.code.startswith("release-")]
