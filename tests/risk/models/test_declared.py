import msgspec
import pytest
from tests.risk.models.planted import FIELDS, INPUTS, a_spec

from vigie.risk.models.declared import (
    DIRECT_POSITIVES,
    LIVE_POSITIVES,
    SHADOW_POSITIVES,
    BadModel,
    How,
    Input,
    Label,
    Learner,
    ModelSpec,
    check,
)


def refused(spec):
    with pytest.raises(BadModel) as fault:
        check(spec, FIELDS)
    return fault.value.facts["reason"], fault.value.facts["column"]


def a_model(*inputs, **more):
    return ModelSpec("x", more.pop("label", Label.POSITIVE), more.pop("learner", Learner.BOOSTED), inputs, **more)


def test_what_is_known_may_be_an_input():
    check(a_spec(), FIELDS)
    assert a_spec().reads[0] == "mass"
    assert set(a_spec().reads) == {"mass", "ratio", "route", "full", "line", "filed", "first"}


def test_a_label_or_what_comes_out_of_looking_is_refused():
    assert refused(a_model(Input("found"))) == ("leak", "found")
    assert refused(a_model(Input("hidden", ("route", "found"), How.RATE))) == ("leak", "found")
    assert refused(a_model(learner=Learner.RATES, levels=(("route",), ("found",)))) == ("leak", "found")


def test_who_looked_is_refused_unless_that_is_what_is_measured():
    spec = a_model(Input("team", how=How.CODE))
    assert refused(spec) == ("detector", "team")
    check(msgspec.structs.replace(spec, detector=True), FIELDS)


def test_what_has_no_meaning_is_refused():
    assert refused(a_model(Input("nowhere"))) == ("unknown-column", "nowhere")
    assert refused(a_model(Input("route"))) == ("type", "route")
    assert refused(a_model(Input("age", ("filed",), How.GAP))) == ("type", "age")
    assert refused(a_model(Input("mass"), Input("mass"))) == ("input-twice", "mass")
    assert refused(a_model()) == ("no-input", "")
    assert refused(a_model(Input("mass", step=0))) == ("range", "mass")
    assert refused(a_model(Input("mass"), learner=Learner.ISOLATION)) == ("label", "positive")
    assert refused(a_model(Input("r", ("route",), How.RATE), learner=Learner.ISOLATION, label=Label.NONE))[0] == "label"


@pytest.mark.parametrize(("learner", "label", "need"), [
    (Learner.BOOSTED, Label.POSITIVE, DIRECT_POSITIVES), (Learner.BOOSTED, Label.IRREGULAR, SHADOW_POSITIVES),
    (Learner.BAGGED, Label.POSITIVE, SHADOW_POSITIVES), (Learner.ISOLATION, Label.NONE, 0),
])  # fmt: skip
def test_positives_needed(learner, label, need):
    assert ModelSpec("x", label, learner, INPUTS).minimum == need
    assert (SHADOW_POSITIVES, LIVE_POSITIVES, DIRECT_POSITIVES) == (30, 100, 300)
