def test_officers_come_and_go(terminal):
    told = terminal.lines("officers", "add", "ann", "--full-name", "Ann A.", "--role", "supervisor", "--clearance", "RED",
                          "--purpose", "targeting", "--site", "BEANR", "--language", "nl")  # fmt: skip
    assert told[-1]["address"].startswith("http://127.0.0.1:8420/sign-in/")
    listed = terminal.lines("officers", "list")[0]
    assert (listed["id"], listed["name"], listed["roles"], listed["sites"]) == (
        "ann",
        "Ann A.",
        ["supervisor"],
        ["BEANR"],
    )
    assert listed["active"] is True
    link = terminal.lines("officers", "link", "ann")[-1]
    assert link["address"] != told[-1]["address"]
    assert "ann" in terminal.run("officers", "deactivate", "ann").stdout
    assert terminal.lines("officers", "list")[0]["active"] is False
    assert terminal.lines("officers", "link", "ann", code=2)[-1]["error"] == "not-found"


def test_a_name_is_given_once_and_has_its_shape(terminal):
    terminal.run("officers", "add", "ann")
    terminal.run("officers", "add", "ann", code=2)
    terminal.run("officers", "add", "Ann Doe", code=2)
    terminal.run("officers", "add", "bob", "--role", "king", code=2)
    assert terminal.lines("officers", "list")[-1]["officers"] == 1
    terminal.run("officers", "deactivate", "nobody", code=2)
