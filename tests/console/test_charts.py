"""Charts: every number becomes a shape inside the picture, and the shapes add up."""

from hypothesis import given
from hypothesis import strategies as st

from vigie.console.charts import HEIGHT, THINNEST, WIDTH, columns, stacked, waterfall


@given(st.lists(st.integers(0, 10**9), max_size=48))
def test_columns_stay_inside_and_keep_their_order(values: list[int]) -> None:
    bars = columns(values)
    assert [bar.value for bar in bars] == values
    assert all(0 <= bar.x <= bar.x + bar.width <= WIDTH + 0.1 for bar in bars)
    assert all(0 <= bar.y <= HEIGHT and abs(bar.y + bar.height - HEIGHT) < 0.02 for bar in bars)


@given(st.dictionaries(st.sampled_from("abcde"), st.integers(0, 500)), st.integers(0, 500))
def test_a_stacked_bar_fills_its_width_exactly_once(parts: dict[str, int], whole: int) -> None:
    bars = stacked(parts, whole)
    assert abs(sum(bar.width for bar in bars) - WIDTH) < 0.2
    assert {bar.kind: bar.value for bar in bars if bar.kind != "free"} == {k: v for k, v in parts.items() if v}


def test_what_a_shift_does_not_use_is_free() -> None:
    assert [(bar.kind, bar.width) for bar in stacked({"score": 3, "uniform": 1}, 8)] == [
        ("score", 90), ("uniform", 30), ("free", 120),
    ]  # fmt: skip


@given(st.integers(-10_000, 0), st.lists(st.integers(-5_000, 5_000), max_size=12))
def test_each_step_of_the_sum_begins_where_the_last_one_ended(start: int, steps: list[int]) -> None:
    falls = waterfall(start, steps, start + sum(steps))
    assert len(falls) == len(steps) + 2
    assert [fall.kind for fall in falls[1:-1]] == ["up" if step >= 0 else "down" for step in steps]
    edge = falls[0].zero
    for fall, step in zip(falls[1:-1], steps, strict=True):
        first, last = (fall.start, fall.start + fall.width) if step >= 0 else (fall.start + fall.width, fall.start)
        assert abs(first - edge) <= THINNEST + 0.1
        edge = last
    assert all(fall.start >= 0 and fall.start + fall.width <= WIDTH + 0.1 for fall in falls)
