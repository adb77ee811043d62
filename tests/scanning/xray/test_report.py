from vigie.scanning import ReportDecision, ReportType


def test_the_words_are_those_of_the_standard():
    assert {one.value for one in ReportType} == {"MACHINE", "OPERATOR", "GROUND_TRUTH", "AGGREGATE"}
    assert {one.value for one in ReportDecision} == {"ALARM", "CLEAR", "UNKNOWN"}
