from typing import get_type_hints

from vigie.desk import needs


def public(kind):
    return {name for name in vars(kind) if not name.startswith("_")}


def test_the_store_has_every_repository_and_method_the_desk_relies_on(node):
    for name in public(needs.Store):
        part = getattr(node.store, name)
        wanted = vars(needs.Store)[name]
        if isinstance(wanted, property):
            kind = get_type_hints(wanted.fget, vars(needs))["return"]
            missing = {method for method in public(kind) if not callable(getattr(part, method, None))}
            assert (name, missing) == (name, set())


def test_the_node_and_its_settings_have_what_the_desk_reads(node):
    assert all(hasattr(node, name) for name in public(needs.Node))
    assert all(hasattr(node.settings, name) for name in public(needs.Choices))
