from tests.scanning.xray.pictures import a_scan, some_facts

from vigie.scanning import Scan, pixel_hash


def test_the_hash_is_of_the_pixels_alone():
    scan = a_scan()
    assert pixel_hash(scan) == pixel_hash(Scan(facts=some_facts(commodity="other"), high=scan.high, low=scan.low))
    assert pixel_hash(scan) != pixel_hash(Scan(facts=scan.facts, high=scan.low, low=scan.high))
    assert pixel_hash(scan) != pixel_hash(Scan(facts=scan.facts, high=scan.high))
    assert pixel_hash(Scan(facts=scan.facts, high=scan.high.astype(">u2"))) == pixel_hash(Scan(facts=scan.facts, high=scan.high))
