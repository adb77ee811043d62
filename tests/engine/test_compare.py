"""Champion and challenger over the same decisions: counted as one counts by hand."""

import msgspec
import pytest
from tests.engine.test_backtest import a_decision
from tests.risk.models.planted import house_rows
from tests.risk.rows import given_row

from vigie.engine import Archive, compared, decision_table
from vigie.risk import (
    Fusion,
    Policy,
    Voting,
    house_fields,
    house_specs,
    load_catalogue,
    load_model,
    mcnemar,
    model_hash,
    train,
)
from vigie.terms import DAY, Moment

ALL = load_catalogue().in_force(Moment(1_800_000_000_000_000))
CHAMPION = Policy(ALL)
CHALLENGER = Policy(tuple(msgspec.structs.replace(one, expression="documents > 90") if one.id == "C7" else one for one in ALL))
SEALED, CALM = given_row(seals=0, empty=False), given_row(documents=1)


def a_table(*rows):
    return decision_table([
        a_decision(row, number, **{"site": "BEANR", "chosen": False, "stratum": "", **told, "at": number})
        for number, (row, told) in enumerate(rows)
    ])  # fmt: skip


LOOKED = {"chosen": True, "stratum": "score", "late": False}


def test_each_chooses_as_many_as_were_chosen_and_finds_what_was_found():
    rows = [(SEALED, {**LOOKED, "found": "cocaine"}), (SEALED, {**LOOKED, "found": "nothing"}), *[(CALM, {})] * 8]
    told = compared(CHAMPION, CHALLENGER, a_table(*rows))
    assert (told.boxes, told.chosen, told.sites) == (10, 2, {"BEANR": (2, told.both)})
    assert (told.looked.both + told.looked.only_first, told.looked.hits_first + told.looked.hits_both) == (2, 1)
    assert told.looked.only_second == 0


def test_equal_policies_have_nothing_apart():
    rows = [(SEALED, {**LOOKED, "found": "cocaine"}), *[(CALM, {})] * 3]
    told = compared(CHAMPION, CHAMPION, a_table(*rows))
    assert (told.chosen, told.both, told.looked.only_first, told.looked.p) == (1, 1, 0, 1.0)
    assert (told.looked.share.low, told.looked.share.high) == (0.0, 1.0)


def test_models_that_vote_vote_on_both_sides():
    table, truth = house_rows(600, 5)
    spec = house_specs(0)[2]
    body = train(msgspec.structs.replace(spec, needed=5), house_fields(), table, truth, range(600))
    fusion = Fusion((Voting("seizure", model_hash(body), 3000, 0, 6908),))
    rows = decision_table(
        [{name: values[at] for name, values in table.items()}
         | {"visit": f"V{at}", "at": 10**15 + at, "site": "BEANR", "chosen": at < 30, "found": "cocaine" if hit else "nothing",
            "stratum": "score" if at < 30 else "", "late": False} for at, hit in enumerate(truth.tolist())]
    )  # fmt: skip
    models = {model_hash(body): load_model(body)}
    with_votes = msgspec.structs.replace(CHAMPION, fusion=fusion)
    told = compared(with_votes, CHAMPION, rows, models=models)
    assert (told.chosen, told.both) == (30, 30)
    assert told.looked.hits_both > compared(CHAMPION, CHAMPION, rows).looked.hits_both


def test_hits_of_one_side_alone_are_paired_exactly():
    mine = [(SEALED, {**LOOKED, "found": "cocaine"})] * 6
    drawn = {"chosen": False, "stratum": "", "found": "nothing", "late": False}
    told = compared(CHAMPION, CHALLENGER, a_table(*mine, *[(given_row(documents=99), drawn)] * 6))
    assert (told.looked.hits_first, told.looked.hits_second) == (6, 0)
    assert told.looked.p == pytest.approx(mcnemar(6, 0))
    assert told.looked.share.low > 0.5


def test_draws_are_told_apart_and_days_and_ports_each_for_itself(tmp_path):
    by_chance = {"chosen": True, "stratum": "uniform", "propensity": 0.1, "found": "nothing", "late": False}
    rows = [a_decision(SEALED, 1, **LOOKED, site="BEANR", found="nothing"),
            {**a_decision(CALM, 2, **by_chance, site="BEANR"), "at": DAY + 1},
            {**a_decision(SEALED, 3, chosen=False, stratum="", site="BEANR"), "at": DAY + 2},
            a_decision(SEALED, 4, **LOOKED, site="NLRTM", found="cocaine")]  # fmt: skip
    archive = Archive(tmp_path / "archive")
    archive.write(decision_table(rows), cursor=1)
    told = compared(CHAMPION, CHALLENGER, archive.files())
    assert told.sites == {"BEANR": (2, told.sites["BEANR"][1]), "NLRTM": (1, 1)}
    assert told.random.both + told.random.only_first + told.random.only_second + told.random.neither == 1
    assert told.random.only_second + told.random.neither == 1  # the sealed box scored higher that day


def test_no_decisions_give_nothing_to_compare():
    assert compared(CHAMPION, CHALLENGER, []).boxes == 0
