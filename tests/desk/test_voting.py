"""Which models vote: those that are live, whole, and score as where they were taught."""

import msgspec
import pytest
from tests.risk.models.planted import a_policy, taught

from vigie.desk.voting import CHANNELS, load_models, pack, unpack, voters_of, with_models
from vigie.risk import (
    BadModel,
    Card,
    ChannelSet,
    LearningMeasured,
    Member,
    Policy,
    RuleKind,
    RuleVersion,
    State,
    model_hash,
    write_channels,
)
from vigie.terms import Moment, OfficerId

BODY = taught(params={"trees": 3})
POLICY, LOADED = a_policy({"seizure": (BODY, 500)})
RULES = Policy(POLICY.indicators)
TOLD = ChannelSet((Member("seizure", model_hash(BODY), "boosted", (), Card()),), POLICY.fusion, (), "earned",
                  LearningMeasured(1, 2, 1, 2, 10, 6, 3, 4, ()))  # fmt: skip


class Shelf(dict):
    """Bytes by hash."""


def live(body=None):
    body = write_channels(TOLD) if body is None else body
    return [RuleVersion(RuleKind.MODEL, CHANNELS, 1, "h", body, OfficerId("a"), Moment(1), State.LIVE, "b", "", Moment(0))]


def test_live_models_vote():
    told = with_models(RULES, live(), Shelf({model_hash(BODY): BODY}), {})
    assert (told.policy, told.fault, set(told.models)) == (POLICY, None, set(LOADED))
    assert voters_of(told.policy) == (model_hash(BODY),)


def test_without_models_the_policy_is_untouched():
    assert with_models(RULES, [], Shelf(), {}).policy is RULES
    assert voters_of(RULES) == ()


@pytest.mark.parametrize(("shelf", "reason"), [
    ({}, "absent"), ({model_hash(BODY): BODY[:-1]}, "altered"), ({model_hash(BODY): b""}, "altered"),
])  # fmt: skip
def test_a_model_that_cannot_be_proved_leaves_the_rules_alone(shelf, reason):
    told = with_models(RULES, live(), Shelf(shelf), {})
    assert (told.policy, told.models, told.fault.facts["reason"]) == (RULES, {}, reason)


def test_a_damaged_card_leaves_the_rules_alone():
    assert with_models(RULES, live(b"{}"), Shelf(), {}).fault.facts["reason"] == "unreadable"


def test_what_is_loaded_is_not_loaded_again():
    assert load_models(LOADED, Shelf(), LOADED)[model_hash(BODY)] is LOADED[model_hash(BODY)]


def test_a_policy_travels_with_its_models():
    policy, models = unpack(pack(msgspec.json.encode(POLICY), LOADED))
    assert (policy, set(models)) == (POLICY, set(LOADED))
    plain = pack(msgspec.json.encode(RULES), {})
    assert plain == msgspec.json.encode(RULES)
    assert unpack(plain) == (RULES, {})


def test_an_altered_parcel_is_refused():
    parcel = msgspec.msgpack.encode((msgspec.json.encode(POLICY), {model_hash(BODY): BODY[:-2]}))
    with pytest.raises(BadModel):
        unpack(parcel)
