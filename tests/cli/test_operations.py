"""Requests, previews, operations, trainings and holds from the command line of two countries."""

import pytest
from tests.cli.test_exchange import TELLING, Country, countries  # noqa: F401 - a fixture

from vigie.node import WallClock
from vigie.terms import DAY, Moment, write_moment

THINGS = {
    "box": 'number = "CSQU3054383"\nreason = "same shipper"',
    "jointoperation": 'name = "north sea"\ndescription = "two weeks"\nunits = ["HARC"]\nstarts = "{soon}"\n'
                      'ends = "{later}"\ncontainers = ["CSQU3054383"]\ntasks = ["scan"]',
    "training": 'name = "reefers"\ndescription = "how"\nwhen = "{soon}"\nlanguage = "nl"\nminutes = 5\nsha256 = "' + "ab" * 32
                + '"\nsize = 9\nmedia = "application/pdf"\nfile = "r.pdf"',
}  # fmt: skip


@pytest.fixture
def tell_nl(countries, tmp_path):  # noqa: F811
    be, nl = countries
    now = WallClock().now()

    def tell(kind):
        marking = TELLING.partition("[marking]")[2].format(handling="H0", until=write_moment(Moment(now + 30 * DAY)))
        times = {"soon": write_moment(now), "later": write_moment(Moment(now + DAY))}
        path = tmp_path / f"{kind}.toml"
        path.write_text(f'kind = "{kind}"\n[thing]\n{THINGS[kind].format(**times)}\n[marking]{marking}')
        id = be.lines("exchange", "send", path)[-1]["id"]
        carry(be, nl, tmp_path)
        return id

    return tell


def carry(be: Country, nl: Country, folder):
    there, back = folder / "there", folder / "back"
    be.run("exchange", "bundle", "make", "nl-customs", there)
    nl.run("exchange", "bundle", "take", there, "--answer", back)
    be.run("exchange", "bundle", "take", back)


def test_a_request_is_answered(countries, tell_nl, tmp_path):  # noqa: F811
    be, nl = countries
    id = tell_nl("box")
    assert nl.lines("exchange", "requests")[0]["reason"] == "same shipper"
    assert nl.lines("exchange", "reply", id, "nothing", "opened, empty")[-1]["state"] == "sent"
    carry(be, nl, tmp_path)
    assert be.lines("exchange", "requests")[0]["closed"] is True
    shown = be.lines("exchange", "show", id)
    assert [one["text"] for one in shown if one["kind"] == "reply"] == ["opened, empty"]
    assert shown[-1]["thing"] == "box"
    nl.run("exchange", "reply", id, "accept", "no", code=2)


def test_an_operation_and_its_report(countries, tell_nl, tmp_path):  # noqa: F811
    be, nl = countries
    id = tell_nl("jointoperation")
    assert nl.lines("exchange", "operations", "list")[0]["state"] == "proposed"
    nl.run("exchange", "operations", "step", id, "accept", "two teams")
    assert nl.lines("exchange", "operations", "step", id, "done", "no find", "--task", "1")[-1]["stage"] == "running"
    carry(be, nl, tmp_path)
    assert be.lines("exchange", "operations", "step", id, "close", "one find")[-1]["stage"] == "closed"
    be.run("exchange", "operations", "report", id, tmp_path / "end.html", "--language", "nl")
    assert "eindverslag" in (tmp_path / "end.html").read_text()


def test_a_training_is_completed_and_told(countries, tell_nl):  # noqa: F811
    _, nl = countries
    id = tell_nl("training")
    nl.run("exchange", "trainings", "report", id, "nobody yet", code=2)
    assert nl.lines("exchange", "trainings", "complete", id)[-1]["count"] == 1
    assert nl.lines("exchange", "trainings", "list")[0]["count"] == 1
    assert nl.lines("exchange", "trainings", "report", id, "one of us")[-1]["state"] == "sent"


def test_a_hold_is_asked_for_and_the_operator_is_one(countries, tell_nl):  # noqa: F811
    _, nl = countries
    id = tell_nl("box")
    until = write_moment(Moment(WallClock().now() + 9 * DAY))[:10]
    nl.run("exchange", "hold", "ask", id, "--authority", "court", "--case", "7", "--ground", "art. 1", "--until", until)
    nl.run("exchange", "hold", "confirm", id, code=3)
    nl.run("exchange", "hold", "lift", id, code=2)


def test_what_would_leave_is_shown_and_nothing_leaves(countries, tmp_path):  # noqa: F811
    be, _ = countries
    path = tmp_path / "told.toml"
    told = TELLING.format(handling="H1", until=write_moment(Moment(WallClock().now() + 30 * DAY)))
    path.write_text(told)
    shown = be.lines("exchange", "preview", path)
    assert (shown[-1]["may"], shown[-1]["two"]) == (True, True)
    assert "movement-event" in shown[-1]["content"]
    assert be.lines("exchange", "outbox")[-1]["rows"] == 0
    assert be.lines("exchange", "drafts")[-1]["rows"] == 0
    path.write_text("= nonsense")
    be.run("exchange", "preview", path, code=2)
