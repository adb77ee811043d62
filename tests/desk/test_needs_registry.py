"""What the store gives is what the desk asks for."""

from vigie.desk import needs_registry
from vigie.store.registry import Claims, Registry
from vigie.store.registry_imports import SeizureImport, SeizureImports


def test_the_store_has_what_the_desk_names():
    pairs = ((needs_registry.Registry, Registry), (needs_registry.Claims, Claims),
             (needs_registry.SeizureImports, SeizureImports), (needs_registry.KeptImport, SeizureImport))  # fmt: skip
    for wanted, given in pairs:
        names = {name for name in vars(wanted) if not name.startswith("_")}
        known = {*dir(given), *getattr(given, "__struct_fields__", ())}
        assert names
        assert names <= known, wanted
