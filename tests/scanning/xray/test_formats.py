from vigie.scanning import BadScan, ScanFormat, ScanningMissing, scan_formats
from vigie.terms import AnalyticsMissing, error_text


def test_both_forms_are_what_the_protocol_asks_for():
    asked = {name for name in vars(ScanFormat) if not name.startswith("_")}
    assert asked == {"name", "owns", "group", "read", "write"}
    assert all(asked <= set(dir(one)) for one in scan_formats())
    assert [one.name for one in scan_formats()] == ["dicos", "tiff"]


def test_what_is_wrong_is_told_with_its_reason():
    assert "damaged" in error_text(BadScan(reason="scan-file-damaged"), "en")
    assert issubclass(ScanningMissing, AnalyticsMissing)
    assert "vigie[scanning]" in error_text(ScanningMissing(), "en")
