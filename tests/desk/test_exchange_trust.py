import pytest
from tests.desk.federated import HOLDERS
from tests.desk.port import NOW

from vigie.desk.exchange_federation import found, renew
from vigie.desk.exchange_trust import SHOWING, SIGNING, Trust
from vigie.exchange import ExchangeRefused, Member, unpinned


def secret(label):
    return {SIGNING: b"\1", SHOWING: b"\2"}[label] * 32


def test_the_two_keys_differ_and_are_made_once():
    trust = Trust(secret)
    assert trust.signer is trust.signer
    assert trust.seed != b"\1" * 32
    assert trust.certificate("be-customs") == Trust(secret).certificate("be-customs")


def test_a_document_is_read_again_when_it_changed_and_only_then():
    trust, (root, empty) = Trust(secret), found("north sea", HOLDERS, NOW)
    first = trust.federation(root, empty)
    assert trust.federation(root, bytes(bytearray(empty))) is first
    later = renew(root, empty, HOLDERS, NOW, [Member("be-customs", "B", "BE", {})])
    assert [one.id for one in trust.federation(root, later).members] == ["be-customs"]
    with pytest.raises(ExchangeRefused):
        trust.federation(root, later.replace(b"north", b"south"))
    assert trust.federation(root, empty) == first


def test_members_with_an_address_or_a_certificate_that_is_none_are_refused():
    root, empty = found("north sea", HOLDERS, NOW)
    for wrong in ({"address": "http://x:1"}, {"address": "https://x:1/path"}, {"certificate": "AAAA"}):
        with pytest.raises(ExchangeRefused):
            renew(root, empty, HOLDERS, NOW, [Member("be-customs", "B", "BE", {}, **wrong)])
    with pytest.raises(ExchangeRefused):
        unpinned("")
