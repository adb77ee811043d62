import msgspec
import pytest
from tests.exchange.told import THINGS
from tests.exchange.values import NOW, a_marking, an_id

from vigie.exchange import (
    FORMS,
    TLP,
    Body,
    Dated,
    ExchangeRefused,
    Match,
    TaxiiPages,
    TaxiiRow,
    collection_id,
    extension_id,
    marked,
    marking_of,
    pushed_things,
    read_named,
    read_objects,
    root_name,
    status_id,
    taxii_spans,
    unmarked,
    write_envelope,
    write_manifest,
    write_marking,
    write_objects,
    write_stix_time,
)
from vigie.terms import Handling

MAINS = frozenset(extension_id(form) for form in FORMS)


def a_row(thing=THINGS[2], added=100, kind="put", marking=None):
    id = an_id(1, "incident")
    content = msgspec.json.encode(write_objects(thing, id, NOW, NOW))
    body = msgspec.msgpack.encode(Body(write_marking(marking or a_marking()), content))
    return TaxiiRow(added, 7, kind, id, 1, body if kind == "put" else None, NOW)


def test_every_object_has_a_moment_of_its_own_and_bears_its_marking():
    row = a_row()
    found = TaxiiPages(lambda marking: True).objects(row)
    told = [msgspec.json.decode(one.raw) for one in found]
    assert [one.added for one in found] == list(range(100, 100 + len(found)))
    assert taxii_spans(row.body) == len(found)
    assert told[0]["type"] == "marking-definition"
    assert marking_of(told[0]) == a_marking()
    assert {tuple(one["object_marking_refs"]) for one in told[1:]} == {(TLP[Handling.AMBER], told[0]["id"])}
    before = msgspec.json.decode(msgspec.json.encode(write_objects(THINGS[2], row.id, NOW, NOW)))
    assert read_objects(msgspec.json.encode(unmarked(told[1:]))) == before


def test_what_may_not_go_is_asked_once_for_each_marking():
    asked = []
    pages = TaxiiPages(lambda marking: bool(asked.append(marking)))
    assert [pages.objects(a_row(added=place)) for place in (1, 9)] == [[], []]
    assert asked == [a_marking()]


def test_of_what_was_taken_back_a_note_is_left():
    (note,) = TaxiiPages(lambda marking: True).objects(a_row(kind="retract"))
    told = msgspec.json.decode(note.raw)
    assert (told["type"], told["object_refs"]) == ("note", [an_id(1, "incident")])
    assert TaxiiPages(lambda marking: True).objects(a_row(kind="receipt")) == []


def test_envelopes_and_manifests_are_json_as_the_standard_writes_it():
    raws = [b'{"a":1}', b'{"b":2}']
    assert msgspec.json.decode(write_envelope(raws, True, "12")) == {
        "more": True,
        "next": "12",
        "objects": [{"a": 1}, {"b": 2}],
    }
    assert msgspec.json.decode(write_envelope(raws, False, "")) == {"more": False, "objects": [{"a": 1}, {"b": 2}]}
    assert (write_envelope([], False, ""), write_manifest([], False, "")) == (b"{}", b"{}")
    assert msgspec.json.decode(write_envelope([], True, "12")) == {"more": True, "next": "12"}
    one = Dated(NOW, b'{"id":"a--b","type":"a","modified":"2026-01-01T00:00:00Z"}')
    two = Dated(NOW + 1, b'{"id":"c--d","type":"c"}')
    told = msgspec.json.decode(write_manifest([one, two], True, "12"))
    assert [row["version"] for row in told["objects"]] == ["2026-01-01T00:00:00Z", write_stix_time(NOW + 1)]
    assert (told["more"], told["next"]) == (True, "12")


@pytest.mark.parametrize(
    ("match", "fits"),
    [
        (Match(), True),
        (Match(types=("incident", "note")), True),
        (Match(types=("note",)), False),
        (Match(ids=("incident--1",)), True),
        (Match(ids=("x",)), False),
        (Match(versions=("last",)), True),
        (Match(versions=("2026-01-01T00:00:00Z",)), True),
        (Match(versions=("2025-01-01T00:00:00Z",)), False),
        (Match(versions=("2025-01-01T00:00:00Z", "last")), True),
        (Match(specs=("2.0",)), False),
    ],
)
def test_filters(match, fits):
    raw = b'{"id":"incident--1","type":"incident","modified":"2026-01-01T00:00:00Z","spec_version":"2.1"}'
    assert match.fits(read_named(raw)) is fits
    assert not match.anything or fits


def test_a_push_is_taken_apart_into_things_with_their_markings():
    id = "marking-definition--00000000-0000-4000-8000-00000000000f"
    objects = marked(
        [*write_objects(THINGS[2], an_id(1, "incident"), NOW, NOW), *write_objects(THINGS[0], an_id(2), NOW, NOW)],
        a_marking(), id, NOW,
    )  # fmt: skip
    found = pushed_things(objects, MAINS)
    assert [one.id for one in found] == [an_id(1, "incident"), an_id(2)]
    assert {one.marking for one in found} == {a_marking()}
    assert found[0].objects[0]["type"] == "incident"
    assert "container" in {one["type"] for one in found[0].objects}
    assert [one["type"] for one in found[1].objects] == ["attack-pattern"]


@pytest.mark.parametrize("refs", [[], None, "x", [7], ["marking-definition--x"]])
def test_a_thing_without_a_marking_of_ours_has_none(refs):
    objects = [{**one, "object_marking_refs": refs} for one in write_objects(THINGS[0], an_id(2), NOW, NOW)]
    broken = {"type": "marking-definition", "id": "marking-definition--x", "extensions": {}}
    assert [one.marking for one in pushed_things([*objects, broken], MAINS)] == [None]


def test_names_are_the_same_for_ever():
    assert (
        collection_id("be-nl", "targeting")
        == collection_id("be-nl", "targeting")
        != collection_id("be-nl", "inspection")
    )
    assert root_name("be-nl") != root_name("nl-be")
    assert status_id(root_name("x")) == root_name("x")
    with pytest.raises(ExchangeRefused):
        status_id("../x")
