import msgspec

from vigie.terms import DAY, Moment
from vigie.world import Case, Control, TruthBook


def test_the_truth_is_told_by_lines_and_found_by_box_and_moment():
    case = Case("SXRU0200009", "B1", "BEANR", "rip-on", "behind-doors", 5000, "EC", "small", (), Moment(100 * DAY),
                Moment(104 * DAY))
    book = TruthBook([case], [Control("SXRU0200009", "BEANR", Moment(101 * DAY), "random", "nothing", None, "",
                                      "scanner", "SIM-1", "scan", ("customs",))], 1)
    assert book.case_of("SXRU0200009", Moment(99 * DAY)) is case
    assert book.case_of("SXRU0200009", Moment(10 * DAY)) is None
    assert book.case_of("OTHER", Moment(100 * DAY)) is None
    lines = [msgspec.json.decode(line, type=Case | Control) for line in book.lines()]
    assert lines == [*book.cases, *book.controls]
