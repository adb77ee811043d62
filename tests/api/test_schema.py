import jsonschema
import msgspec

from vigie.api.schema import components, shown
from vigie.desk.views import ArrivalRow, ArrivalsPage, ArrivalsQuery
from vigie.desk.views.plain import plain
from vigie.terms import Moment


def test_what_a_desk_shows_fits_the_schema_that_is_told():
    made = components([ArrivalsPage])
    row = ArrivalRow(visit="CSQU3054383-1", container="CSQU3054383", due=Moment(1))
    page = msgspec.json.decode(msgspec.json.encode(plain(ArrivalsPage((row,), 1, ArrivalsQuery()))))
    schema = {"$ref": "#/components/schemas/ArrivalsPage", "components": {"schemas": made}}
    jsonschema.validate(page, schema, format_checker=jsonschema.FormatChecker())


def test_moments_are_told_as_date_times():
    made = components([ArrivalRow])
    assert made["ArrivalRow"]["properties"]["due"] == {
        "anyOf": [{"type": "string", "format": "date-time"}, {"type": "null"}]
    }
    assert made["ArrivalRow"]["properties"]["changed"]["format"] == "date-time"


def test_an_answer_refers_to_its_schema():
    assert shown(ArrivalsPage)[200]["content"]["application/json"]["schema"] == {
        "$ref": "#/components/schemas/ArrivalsPage"
    }
    assert shown(ArrivalsPage, many=True)[200]["content"]["application/json"]["schema"]["type"] == "array"
