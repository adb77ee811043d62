from tests.desk.test_needs import public
from tests.exchange.test_package import RAW, public_of
from tests.exchange.values import NOW

from vigie.desk import needs_packages
from vigie.exchange import unpack


def test_the_store_has_what_the_desk_needs_of_packages(node):
    assert all(hasattr(node.store.packages, name) for name in public(needs_packages.Packages))
    told = unpack(RAW, public_of)
    node.store.packages.put(told, RAW, NOW)
    assert all(hasattr(node.store.packages.get(told.sha256), name) for name in public(needs_packages.KeptPackage))
