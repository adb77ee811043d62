import pytest
from tests.desk.port import ANN, EVE, trail

from vigie.desk.importing import LARGEST, take_rules
from vigie.terms import BadRequest, NotForYou

TEXT = b'If ComCod = "080810" and CtyOrigCod = "US" Then RedLane IS 30; Endif;'


def test_rules_come_as_drafts_with_doubts_and_faults_and_nothing_is_kept(node):
    (made,) = take_rules(ANN, "asycuda", TEXT, node)
    assert made.fields["percent"] == 30
    assert len(made.doubts) == 1
    assert "acceptance_country" in made.doubts[0]
    assert {one.reason for one in made.faults} >= {"text-missing", "too-few-examples"}
    assert node.store.rules.stamp() == 0
    assert trail(node, act="draft-rules")[0].subject == "import asycuda"


@pytest.mark.parametrize(("form", "raw"), [("xml", TEXT), ("jdm", TEXT), ("asycuda", b"x"), ("asycuda", b"x" * (LARGEST + 1)),
                                           ("asycuda", TEXT * 501)])  # fmt: skip
def test_what_cannot_be_read_is_refused(node, form, raw):
    with pytest.raises(BadRequest):
        take_rules(ANN, form, raw, node)


def test_only_who_drafts_imports(node):
    with pytest.raises(NotForYou):
        take_rules(EVE, "asycuda", TEXT, node, EVE.purposes[0])
