from lxml import etree

from vigie.arrivals.ens.schema import MOST_FAULTS, schema_faults

NS = "http://ics.dgtaxud.ec/CC315A"


def test_a_form_without_a_schema_has_no_verdict() -> None:
    assert schema_faults(etree.fromstring(b"<CC323A/>"), "CC323A") == ()


def test_faults_are_told_with_path_and_kind_and_bounded() -> None:
    root = etree.fromstring(f'<ie:CC315A xmlns:ie="{NS}"><A/></ie:CC315A>'.encode())
    (fault,) = schema_faults(root, "CC315A")
    assert fault == ("/ie:CC315A/A", 1, "SCHEMAV_ELEMENT_CONTENT")
    many = b"".join(b"<ITI><CouOfRouCodITI1>123</CouOfRouCodITI1></ITI>" for _ in range(99))
    assert len(schema_faults(etree.fromstring(b'<ie:CC315A xmlns:ie="' + NS.encode() + b'">' + many + b"</ie:CC315A>"),
                             "CC315A")) <= MOST_FAULTS
