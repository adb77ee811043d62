from vigie.api.prints import FILES, download
from vigie.desk.bulletin import Printed


def test_a_print_is_an_attachment_with_its_type_and_name():
    answer = download(Printed(b"x", "text/csv; charset=utf-8", "b-fr.csv"))
    assert (answer.body, answer.headers["content-type"]) == (b"x", "text/csv; charset=utf-8")
    assert answer.headers["content-disposition"] == 'attachment; filename="b-fr.csv"'
    assert {"application/pdf", "text/csv", "text/html"} < set(FILES[200]["content"])
