import pytest
from tests.risk.visits import LANDED, NOW, a_line, a_move, a_plan, a_visit, measured

from vigie.risk import FEATURES, columns
from vigie.risk.columns_row import BY_NAME, COLUMNS, HEAVIEST_WATCH_MILLI, KINDS
from vigie.risk.language import Type
from vigie.terms import BadRequest, Language, Moment, OfficerId, Texts
from vigie.tracking import WatchAction, WatchEntry, WatchList

_PYTHON = {Type.BOOL: bool, Type.INT: int, Type.MOMENT: int, Type.TEXT: str, Type.FLOAT: float}
EVERYTHING = a_visit(a_line(), a_plan(), a_move("DISC", LANDED), measured("vgm", 23_840_000, method="SM1"))


def row_of(visit, features=(), watch=()):
    return dict(zip((column.name for column in COLUMNS), columns(visit, features, NOW, watch), strict=True))


def test_every_column_is_declared_once_and_has_a_label_in_five_languages():
    assert len(KINDS) == len(COLUMNS)
    texts = Texts.load("vigie.risk.texts", "columns", "features")
    assert [column.name for column in COLUMNS if column.name not in texts.table] == []
    assert all(texts.tell(column.name, language).strip() for column in COLUMNS for language in Language)


@pytest.mark.parametrize("visit", [EVERYTHING, a_visit(), a_visit(a_plan()), a_visit(a_move("GTOT", LANDED))])
def test_values_are_of_their_type_and_range_or_unknown(visit):
    for name, value in row_of(visit, tuple(range(len(FEATURES)))).items():
        if value is None:
            continue
        declared = BY_NAME[name]
        assert type(value) is _PYTHON[declared.type], name
        if declared.type in (Type.INT, Type.FLOAT, Type.MOMENT):
            assert declared.low <= value <= declared.high, name


def test_features_are_columns_by_their_own_name():
    row = row_of(EVERYTHING, tuple(range(len(FEATURES))))
    assert [row[feature.name] for feature in FEATURES] == list(range(len(FEATURES)))
    assert row_of(EVERYTHING)["pair_boxes_life"] is None
    with pytest.raises(BadRequest):
        columns(EVERYTHING, (1, 2), NOW)


def a_list(action, weight=0, expires=NOW + 1):
    watched = WatchList("l", "List", OfficerId("ann"), "why", Moment(expires), action=action, weight_milli=weight)
    return watched, WatchEntry("container", "CSQU3054383")


def test_watch_lists_count_until_they_end_and_the_heaviest_weighs():
    met = [a_list(WatchAction.MANDATORY), a_list(WatchAction.WEIGHTED, 500), a_list(WatchAction.WEIGHTED, 99_999),
           a_list(WatchAction.WEIGHTED, 700, NOW)]
    row = row_of(EVERYTHING, (), met)
    assert (row["watch_mandatory"], row["watch_weighted"], row["watch_weight_milli"]) == (1, 2, HEAVIEST_WATCH_MILLI)
    assert row_of(EVERYTHING, (), [a_list(WatchAction.WEIGHTED, -50)])["watch_weight_milli"] == 0


def test_the_same_visit_gives_the_same_row():
    assert columns(EVERYTHING, (), NOW) == columns(EVERYTHING, (), NOW)
