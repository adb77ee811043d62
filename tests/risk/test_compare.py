"""Pairs of known boxes, and the SQL that ranks per port and day."""

from tests.risk.test_score_batch import POLICY

from vigie.risk import compare_sql, mcnemar, pairing


def test_boxes_are_paired_and_the_split_of_hits_is_tested_exactly():
    told = pairing({(True, True, True): 2, (True, False, True): 5, (False, True, True): 1, (True, False, False): 40,
                    (False, False, True): 1})  # fmt: skip
    assert (told.both, told.only_first, told.only_second, told.neither) == (2, 45, 1, 1)
    assert (told.hits_first, told.hits_second, told.hits_both, told.hits_neither) == (5, 1, 2, 1)
    assert told.p == mcnemar(5, 1)
    assert told.share.low < 5 / 6 < told.share.high


def test_nothing_known_tells_nothing():
    told = pairing({})
    assert (told.p, told.share.low, told.share.high) == (1.0, 0.0, 1.0)


def test_the_text_ranks_per_port_and_day():
    text = compare_sql(POLICY, POLICY, "rows")
    assert text.count("PARTITION BY site, day ORDER BY") == 2
