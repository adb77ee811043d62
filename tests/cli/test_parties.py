def test_two_parties_become_one_and_two_again(terminal, ship):
    terminal.run("arrivals", "import", ship)
    found = terminal.lines("parties", "find", "fruta")
    assert found[-1]["parties"] == 1
    other = terminal.lines("parties", "find", "fruit")[0]
    key, into = found[0]["key"], other["key"]
    assert terminal.lines("parties", "merge", key, into, "--reason", "one house")[-1]["into"] == into
    told = terminal.lines("parties", "merges")
    assert (told[0]["reason"], told[0]["undone"], told[-1]["merges"]) == ("one house", False, 1)
    terminal.run("parties", "merge", key, into, "--reason", "again", code=2)
    assert "itself" in terminal.run("parties", "part", key, "--reason", "two after all").stdout
    assert [one["undone"] for one in terminal.lines("parties", "merges")[:-1]] == [True, True]
