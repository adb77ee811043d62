from vigie.inspections import ReportedOutcome, read_outcomes
from vigie.terms import Moment, OfficerId
from vigie.world import Control
from vigie.world.written import outcome_table


def test_a_table_of_controls_is_read_as_outcomes_and_keeps_the_reason_to_itself():
    done = Control("SXRU0200009", "BEANR", Moment(60_000_000), "targeted", "cocaine", 12_500, "behind-doors", "dog",
                   "SIM-ANR-DOG-1", "fully-unloaded", ("customs", "federal-police"))
    text = outcome_table([done]).decode()
    (read,) = read_outcomes(text.splitlines(), OfficerId("simulated"))
    assert isinstance(read, ReportedOutcome)
    assert (read.container, read.outcome.quantity_g, read.outcome.team) == ("SXRU0200009", 12_500, done.team)
    assert "targeted" not in text
