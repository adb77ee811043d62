from typing import get_args, get_type_hints

from vigie.desk import needs

MISSING = object()


def public(kind):
    return {name for name in vars(kind) if not name.startswith("_")}


def parts(wanted):
    """The kinds a part of the store may be: one, or one and nothing."""
    kind = get_type_hints(wanted.fget, vars(needs))["return"]
    return get_args(kind) or (kind,)


def missing(part, kind):
    """What a part lacks of its kind: methods, facts, and what parts of its own lack of theirs."""
    for name, told in vars(kind).items():
        if name.startswith("_"):
            continue
        found = getattr(part, name, MISSING)
        own, *nothing = parts(told) if isinstance(told, property) else (None,)
        if own is None or found is MISSING:
            yield from () if callable(found) else (name,)
        elif nothing != [type(found)] and getattr(own, "_is_protocol", False):
            yield from (f"{name}.{each}" for each in missing(found, own))
        # else a plain fact, or the pace of a replica where there is none: tests/store/test_replica.py has one


def test_the_store_has_every_repository_and_method_the_desk_relies_on(node):
    assert list(missing(node.store, needs.Store)) == []


def test_the_node_and_its_settings_have_what_the_desk_reads(node):
    assert all(hasattr(node, name) for name in public(needs.Node))
    assert all(hasattr(node.settings, name) for name in public(needs.Choices))
