"""Few positives: undiscovered ones leave no trace in any label, which is the trap the reference page fell into."""

import msgspec
import numpy as np
import pytest
from benchmarks.quality import kcs, rare
from benchmarks.quality.risk_figures import Run
from benchmarks.quality.risk_table import BadTable
from tests.quality.tables import kcs_rows, written

from vigie.risk import Label, load_model, train


@pytest.fixture(scope="module")
def tables(tmp_path_factory):
    folder = tmp_path_factory.mktemp("kcs")
    return tuple(kcs.read_kcs(written(folder / f"{seed}.csv", kcs_rows(rows, seed, since, days, first)))
                 for seed, rows, since, days, first in ((1, 3000, "2020-01-01", 360, 0), (2, 800, "2021-01-01", 80, 10_000)))  # fmt: skip


def hidden_of(table, known):
    """Ids of critical rows that nobody found."""
    found = {name for name, one in zip(known.table["Declaration ID"], known.positive, strict=True) if one}
    return {name for name, label in zip(table["Declaration ID"], table["Critical Fraud"], strict=True) if label == 2} - found


@pytest.mark.parametrize("protocol", [1, 2])
def test_the_undiscovered_leave_no_trace_in_any_label(tables, protocol):
    before, _ = tables
    known = rare.known_part(before, 10, 1, protocol)
    hidden = hidden_of(before, known)
    assert len(hidden) > 50
    assert sum(known.positive) == 10
    labels = {name: (one, other) for name, one, other in zip(
        known.table["Declaration ID"], known.positive, known.irregular, strict=True)}  # fmt: skip
    if protocol == 1:
        assert {labels[name] for name in hidden} == {(False, False)}
    else:
        assert not hidden & set(labels)
    assert "Fraud" not in known.table
    assert "Critical Fraud" not in known.table
    assert sum(known.irregular) > sum(known.positive)  # what was ordinary and found stays known


@pytest.mark.parametrize("protocol", [1, 2])
def test_the_truth_about_the_undiscovered_changes_no_score(tables, protocol):
    """The same world in which they truly were clean: whatever differs has leaked."""
    before, test = tables
    known = rare.known_part(before, 10, 1, protocol)
    hidden = hidden_of(before, known)
    clean = before | {
        name: [0 if one in hidden else value for one, value in zip(before["Declaration ID"], before[name], strict=True)]
        for name in ("Fraud", "Critical Fraud")
    }
    seen = rare.Known(known.table, known.positive, known.irregular)
    innocent = as_if_clean(clean, known, hidden, protocol)
    assert seen == innocent
    assert scored(seen, test) == scored(innocent, test)


def as_if_clean(clean, known, hidden, protocol):
    found = {name for name, one in zip(known.table["Declaration ID"], known.positive, strict=True) if one}
    kept = [place for place, name in enumerate(clean["Declaration ID"]) if protocol == 1 or name not in hidden]
    table = {name: [values[place] for place in kept] for name, values in clean.items() if name not in ("Fraud", "Critical Fraud")}
    positive = [clean["Declaration ID"][place] in found for place in kept]
    return rare.Known(table, positive, [clean["Fraud"][place] == 1 for place in kept])


def scored(known, test):
    """The score, and that of a proxy taught on every known irregularity: the channel through which it once leaked."""
    proxy = msgspec.structs.replace(kcs.TABLE, label=Label.IRREGULAR, needed=1)
    said = load_model(train(proxy, kcs.FIELDS, known.table, known.irregular, known.table["Date"])).many(test)
    return rare.scores(known, test, 1, trees=False)["all"].tolist(), said.tolist()


def test_a_proxy_that_sees_the_undiscovered_would_look_better(tables):
    """The trap itself: it must be visible, or the law above could not fail."""
    before, test = tables
    known = rare.known_part(before, 10, 1, 1)
    leaking = rare.Known(known.table, known.positive, [one == 1 for one in before["Fraud"]])
    critical = np.array(test["Critical Fraud"]) == 2
    honest, leaked = (np.array(scored(one, test)[1])[critical].mean() for one in (known, leaking))
    assert leaked > honest + 1000


def test_each_seed_knows_others_and_the_same_seed_the_same(tables):
    before, _ = tables
    drawn = [tuple(np.flatnonzero(rare.known_part(before, 10, seed, 1).positive)) for seed in (1, 1, 2)]
    assert drawn[0] == drawn[1] != drawn[2]


def test_more_than_there_are_cannot_be_known(tables):
    with pytest.raises(BadTable, match="fewer than the 5000"):
        rare.known_part(tables[0], 5000, 1, 1)


def test_what_was_planted_is_found(tables, monkeypatch):
    monkeypatch.setattr(rare, "GOALS", {10: 0.15})
    told = rare.figures(tables[0], tables[0], tables[1], Run(quick=True))
    assert [one["name"] for one in told] == ["KCS rare k=10, protocol (i), R@5 %", "KCS rare k=10, protocol (ii), R@5 %"]
    for one in told:
        assert one["low"] <= one["value"] <= one["high"]
        assert one["value"] > 0.3
        assert len(one["each"]) == one["seeds"] == 3


def test_all_members_speak(tables):
    said = rare.scores(rare.known_part(tables[0], 30, 1, 1), tables[1], 1)
    assert set(said) == {"departed", "made", "bags", "all"}
    assert said["all"].tolist() == (0.5 * said["departed"] + 0.5 * said["made"] + 0.3 * said["bags"]).tolist()


def test_bags_have_no_voice_where_few_are_known(tables):
    said = rare.scores(rare.known_part(tables[0], 29, 1, 1), tables[1], 1)
    assert said["all"].tolist() == said["short"].tolist() != said["bags"].tolist()
