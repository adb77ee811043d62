from msgspec.structs import replace
from tests.scanning.xray.pictures import TAKEN, some_facts

from vigie.scanning import ScanRecord
from vigie.terms import Moment


def test_a_scan_is_dated_by_its_file_else_by_its_receipt():
    record = ScanRecord(id="X1", facts=some_facts(taken=TAKEN), form="tiff", files=(), rows=1, columns=1, pixels="", received=Moment(5))
    assert record.at == TAKEN
    assert replace(record, facts=some_facts()).at == 5
