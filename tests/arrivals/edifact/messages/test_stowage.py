"""Plans and lists: LOC+147 opens a group, LOC+9 does not; some senders put EQD in front."""

from tests.arrivals.edifact.looking import back, message


def test_each_generation_names_its_ports_otherwise():
    old = back(message("BAPLIE", "BGM++1+9", "LOC+147+0429911::5", "LOC+6+AUTSV", "LOC+12+CAHAL", "EQD+CN+CSQU3054383"))
    new = back(message("BAPLIE", "BGM++1+9", "LOC+147+0429911::5", "LOC+9+AUTSV", "LOC+11+CAHAL", "EQD+CN+CSQU3054383"))
    assert old == new
    assert (old[0][0].route.loading, old[0][0].route.unloading) == ("AUTSV", "CAHAL")


def test_equipment_in_front():
    rows, _ = back(message("BAPLIE", "BGM++1+9", "EQD+CN+CSQU3054383", "LOC+147+0200404", "EQD+CN+MSKU9876543",
                           "LOC+147+0400204"))  # fmt: skip
    assert [row.equipment.stow for row in rows] == ["0200404", "0400204"]


def test_a_slot_without_a_box_and_a_box_without_a_number():
    rows, doubts = back(message("MOVINS", "BGM++1+9", "LOC+147+0110382::5", "LOC+147+0110384::5", "EQD+CN++45G1"))
    assert [row.equipment.number for row in rows] == [""]
    assert doubts == ["edifact-empty-slot", "edifact-no-number"]


def test_a_list_takes_its_port_from_the_head():
    (row,), _ = back(message("COPRAR", "BGM+45+1+9", "LOC+9+AEJEA", "EQD+CN+CSQU3054383", "LOC+11+INNSA"))
    assert (row.route.loading, row.route.unloading) == ("AEJEA", "INNSA")


def test_a_cancelled_plan_gives_no_rows():
    assert back(message("BAPLIE", "BGM++1+1", "LOC+147+0110382::5", "EQD+CN+CSQU3054383")) == (
        [], ["edifact-list-cancelled"],
    )  # fmt: skip
