"""The command as a whole: on the public tables beside the checkout, and where files are missing."""

import json

import pytest
from benchmarks.quality import kcs, rare, risk
from benchmarks.quality.risk_figures import INNER, Run, figure, share

LOOSE = {"kcs": {"KCS P@5 %": 0.9, "KCS P@10 %": 0.85, "KCS AP": 0.65}, "rare": {"KCS rare k=119, protocol (i), R@5 %": 0.35},
         "chicago": {"Chicago, with inspector: days earlier": 6.0, "Chicago, with inspector: first half": 0.68}}  # fmt: skip


@pytest.mark.shared
@pytest.mark.parametrize("kind", risk.KINDS)
def test_the_floors_hold_loosely_on_the_inner_split(shared_data, capsys, kind):
    if not (shared_data / "risk").is_dir():
        pytest.skip("the tables of the risk core are absent")
    assert risk.main(["--inner", kind, "--quick"]) == 0
    told = {one["name"]: one for one in json.loads(capsys.readouterr().out)}
    for name, least in LOOSE[kind].items():
        assert told[name]["value"] > least
    for one in told.values():
        assert one["part"] == INNER
        assert one["quick"]
        assert one["low"] <= one["high"]
    if kind == "kcs":
        assert told["KCS ECE, 10 bins of equal mass"]["value"] < 0.03


@pytest.mark.parametrize("asked", [["--chicago", "a", "b"], ["--rare", "a", "b", "c"], ["--kcs", "a", "b", "c"]])
def test_a_file_that_is_not_there_is_told(asked, capsys):
    assert risk.main(asked) == 2
    assert capsys.readouterr().err.strip() == "a: No such file or directory"


@pytest.mark.parametrize("asked", [[], ["--kcs", "a", "b"], ["--kcs", "a", "b", "c", "--chicago", "a", "b"]])
def test_what_cannot_be_asked_is_refused(asked, capsys):
    with pytest.raises(SystemExit) as left:
        risk.main(asked)
    assert left.value.code == 2
    assert "usage" in capsys.readouterr().err


def test_a_figure_says_all_about_itself():
    told = share(Run(seed=4, command="typed"), "of ten", 7, 10, peer="other", peer_value=0.35, floor=0.5)
    assert (told["value"], told["ratio"], told["n"], told["seed"], told["command"]) == (0.7, 2.0, 10, 4, "typed")
    assert told["low"] == pytest.approx(0.3475, abs=1e-3)  # Clopper-Pearson
    assert figure(Run(), "none", 0.0, (0.0, 0.0), 5)["ratio"] is None


def test_the_recipes_asked_for_are_those_of_the_issue():
    assert rare.GOALS == {119: 0.42, 30: 0.22, 10: 0.15}
    assert rare.SEEDS >= 10
    assert kcs.GOALS == {"P@5 %": (0.955, 0.979), "P@10 %": (0.93, 0.958), "AP": (0.815, 0.839)}
    assert risk.figures(1, quick=True) == []
