import msgspec
from tests.desk.port import BOB
from tests.desk.test_release import keyed

from vigie.desk import release
from vigie.desk.views import plain
from vigie.desk.views.release import ReleaseKeyView, ReleaseRow


def test_no_view_of_a_key_has_a_place_for_the_key_or_its_hash():
    assert not {"key", "seal", "hash"} & set(ReleaseKeyView.__struct_fields__)
    assert not {"holder", "carrier", "to", "party"} & set(ReleaseRow.__struct_fields__)


def test_a_right_is_written_as_plain_values(node):
    right, made = keyed(node)
    told = msgspec.json.encode(plain.plain(release.show(BOB, right, "to write it", node))).decode()
    assert '"until":"2026-03-07T06:00:00Z"' in told
    assert made.key not in told
