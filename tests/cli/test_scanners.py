PIECES = ("--piece", "organic:20:30000:26500", "--piece", "iron:40:20000:17000", "--piece", "lead:30:25000:22000")


def test_a_scanner_is_kept_calibrated_tested_and_measured(terminal):
    assert terminal.lines("scanning", "scanners", "keep", "MX-1", "--site", "beanr")[-1]["disabled"] == "scanner-not-calibrated"
    told = terminal.lines("scanning", "scanners", "calibrate", "MX-1", "--air", "60000,60000", *PIECES)[-1]
    assert (told["disabled"], len(told["ratios"])) == ("", 3)
    failed = terminal.lines("scanning", "scanners", "test", "MX-1", "wire", "2", "--failed")[-1]
    assert failed["disabled"] == "scanner-quality-failed"
    assert terminal.lines("scanning", "scanners", "measure", "MX-1", "20000", "17000")[-1]["scanner"] == "MX-1"
    assert terminal.lines("scanning", "scanners", "show", "MX-1")[-1]["disabled"] == "scanner-quality-failed"
    assert terminal.lines("scanning", "scanners", "list")[-1] == {"kind": "summary", "scanners": 1, "disabled": 1, "exit": 0}


def test_wrong_numbers_are_wrong_usage(terminal):
    terminal.run("scanning", "scanners", "keep", "MX-1", "--site", "BEANR", "--energies", "six", code=2)
    terminal.run("scanning", "scanners", "show", "MX-9", code=2)
