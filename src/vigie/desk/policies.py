"""Policies that decided here, compiled again from what the node keeps of them by hash."""

from collections.abc import Callable

import msgspec

from vigie.desk.helping import Hits
from vigie.desk.rules import CompiledRules
from vigie.desk.voting import load_models, voters_of
from vigie.desk.work import Working
from vigie.risk import Assessment, Policy, Predictor, Vector
from vigie.terms import Moment, VigieError
from vigie.tracking import Visit

Judge = Callable[[Visit, Vector, Moment, Hits], Assessment]
"""Judges one box by one policy."""

_policy = msgspec.json.Decoder(Policy)


class Policies:
    """The policies of a node by their hash, each compiled once."""

    def __init__(self, node: Working) -> None:
        self._node = node
        self._judges: dict[str, Judge | str] = {}

    def judge(self, wanted: str) -> Judge | str:
        """Who judges by a policy; where nobody can, the name of what is missing: `policy HASH`, `model HASH` or
        `declarations HASH` (this version of vigie declares features or columns otherwise than the policy knew them).
        """
        if wanted not in self._judges:
            self._judges[wanted] = self._compiled(wanted)
        return self._judges[wanted]

    def _compiled(self, wanted: str) -> Judge | str:
        if self._node.rules.policy.hash == wanted:
            return self._node.rules.assess
        body = self._node.store.rules.policy(wanted)
        if body is None:
            return f"policy {wanted}"
        try:
            policy = _policy.decode(body)
        except (msgspec.MsgspecError, VigieError):
            return f"declarations {wanted}"
        models: dict[str, Predictor] = {}
        for name in voters_of(policy):
            try:
                models |= load_models((name,), self._node.store.models, self._node.rules.models)
            except VigieError:
                return f"model {name}"
        rules = CompiledRules.from_policy(policy, self._node.rules.catalogue, models)
        return rules.assess if policy.hash == wanted else f"declarations {wanted}"
