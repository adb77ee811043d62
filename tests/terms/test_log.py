import msgspec
import pytest

from vigie.terms import Entry, EntryKind, Moment


def test_an_entry_cannot_be_changed():
    entry = Entry(Moment(1), EntryKind.MOVEMENT, "CSQU3054383-1", 1, b"{}", "file")
    with pytest.raises(AttributeError):
        entry.subject = "other"


@pytest.mark.parametrize("kind", list(EntryKind))
def test_every_kind_is_kept_by_its_name(kind):
    entry = Entry(Moment(5), kind, "s", 2, None, "")
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(entry), type=Entry) == entry
    assert kind.value == kind.value.lower()
