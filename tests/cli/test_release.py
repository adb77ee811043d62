"""Rights at the command line: whoever sits there alone gets no key; with a second officer the way is open."""


from tests.cli.conftest import BOXES
from tests.desk.port import an_officer

from vigie.desk import release
from vigie.node import build, load_settings
from vigie.terms import Role
from vigie.tracking import commitment_of

BOX, RIGHT = BOXES[0], f"{BOXES[0]}-1-R1"
OTHER = an_officer("bea", Role.TARGETING, Role.SUPERVISOR)
TR = ("tracking", "release")


def times():
    from vigie.terms import DAY, HOUR, write_moment

    with build(load_settings()) as node:
        now = node.now()
    return write_moment(now), write_moment(now + 8 * HOUR), write_moment(now + 5 * DAY)


def test_a_right_is_issued_passed_on_keyed_by_two_and_shown(port):
    now, soon, later = times()
    made = port.lines(*TR, "issue", BOX, "--terminal", "1742", "--to", "LINE", "--until", later)
    assert (made[0]["id"], made[-1]["state"]) == (RIGHT, "issued")
    port.lines(*TR, "transfer", RIGHT, "--party", "LINE", "--to", "HAUL", "--role", "carrier")
    words = ("key", RIGHT, "--party", "HAUL", "--plate", "1ABC234", "--since", now, "--until", soon)
    assert port.lines(*TR, *words, code=2)[-1]["error"] == "conflict"
    port.lines(*TR, "accept", RIGHT, "--party", "HAUL")
    assert port.lines(*TR, *words, code=3)[-1]["error"] == "second-needed"
    port.run(*TR, "override", RIGHT, "--to", "HAUL", "--reason", "no need", code=2)
    port.lines(*TR, "refuse", RIGHT, "--reason", "seen twice")
    port.lines(*TR, "override", RIGHT, "--to", "HAUL", "--reason", "carrier called back")
    assert port.lines(*TR, "confirm", RIGHT, "--reason", "me too", code=3)[-1]["error"] == "second-needed"
    with build(load_settings()) as node:
        release.step(OTHER, RIGHT, "confirm-override", node, reason="checked")
    assert len(port.lines(*TR, *words)[0]["key"]) == 19
    assert port.lines(*TR, *words, "--commitment", commitment_of("AAAA"))[0]["key"] == ""
    shown = port.lines(*TR, "show", RIGHT, "--reason", "to be sure")
    assert (shown[-1]["state"], shown[-1]["holder"]) == ("key-issued", "HAUL")
    told = [one["code"] for one in port.lines(*TR, "alerts")[:-1]]
    assert told == ["release-reissued", "release-override", "release-override"]
    port.run(*TR, "show", RIGHT, code=2)
    assert port.lines(*TR, "revoke", RIGHT, "--reason", "over")[-1]["state"] == "revoked"
    assert port.lines(*TR, "list", "--state", "revoked")[0]["id"] == RIGHT


def test_a_key_is_presented_from_a_file_and_never_an_argument(port, tmp_path):
    key = tmp_path / "key"
    key.write_text("0000-1111-2222-3333\n")
    words = ("present", BOX, "--terminal", "1742", "--gate", "G1", "--carrier", "HAUL", "--plate", "1ABC234", "--key-file", key)
    assert port.lines(*TR, *words, code=3)[-1]["answer"] == "no-right"


def test_a_table_is_imported_with_doubts_by_place(port, tmp_path):
    _, _, later = times()
    table = tmp_path / "rights.csv"
    table.write_text(f"verb,container,terminal,to,role,end\nissue,{BOX},1742,LINE,shipping-line,{later}\nfly,{BOX},,,,\n")
    told = port.lines(*TR, "import", table, code=1)
    assert ((told[0]["row"], told[0]["column"]), told[-1]["taken"]) == ((3, "verb"), 1)


def test_a_sender_gets_a_secret_and_a_carrier_a_commitment(port):
    assert len(port.lines(*TR, "sender", "portal")[-1]["secret"]) == 64
    assert port.lines(*TR, "sender", "portal", "--withdraw")[-1]["secret"] == ""
    from click.testing import CliRunner

    from vigie.app.command import root

    assert CliRunner().invoke(root(), [*TR, "commit"], input="aaaa\n").output.strip() == commitment_of("AAAA")
