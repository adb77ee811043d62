import io

import pypdf
from tests.desk.port import BOB, NOW
from tests.registry.recorded import a_report

from vigie.desk import registry
from vigie.terms import DAY, Moment


def test_a_bulletin_is_handed_out_as_a_file(bob, asking, node):
    registry.record(BOB, a_report(Moment(NOW - DAY)), node)
    answer = bob.get("/v1/registry/bulletins/2026", params={"language": "pt", "half": 1})
    assert answer.headers["content-disposition"] == 'attachment; filename="bulletin-2026-h1-cocaine-pt.pdf"'
    assert (
        pypdf.PdfReader(io.BytesIO(answer.content)).metadata.title == "Deteções de cocaína: primeiro semestre de 2026"
    )
    table = bob.get("/v1/registry/bulletins/2026", params={"form": "csv", "as_of": "2026-03-02"})
    assert table.headers["content-type"].startswith("text/csv")
    assert "2026-03-02" in table.text
    asking("ian").problem(403, "GET", "/v1/registry/bulletins/2026")


def test_what_cannot_be_composed_is_a_problem(bob):
    told = bob.problem(404, "GET", "/v1/registry/bulletins/2026")
    assert told["facts"]["reason"] == "no-findings-in-the-period"
    bob.problem(422, "GET", "/v1/registry/bulletins/2026?as_of=2999-01-01")
    bob.problem(422, "GET", "/v1/registry/bulletins/2026?half=3")
    bob.problem(422, "GET", "/v1/registry/bulletins/2026?form=odt")
