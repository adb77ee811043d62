"""A port that knows one box, and scans of it as files."""

from tests.desk.port import BOX, a_consignment, a_node, manifest
from tests.desk.port import take_in as bring
from tests.scanning.xray.pictures import a_scan

from vigie.scanning import Travel, write_tiff


def a_port(home, **settings):
    node = a_node(home, **settings)
    bring(node, manifest(a_consignment("BL1", BOX)))
    return node


def files(stem="A", seed=1, **told):
    return write_tiff(a_scan(seed=seed, **{"container": BOX, "scanner": "MX-1", "travel": Travel.DOORS_FIRST} | told), stem)
