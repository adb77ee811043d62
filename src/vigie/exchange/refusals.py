"""Why the exchange refuses something: one code per reason, told in five languages, audited like every refusal."""

from enum import StrEnum
from typing import NoReturn

from vigie.terms import Fact, VigieError


class ExchangeRefused(VigieError):
    """What a partner sent, or what was to leave, breaks a rule of the exchange; `reason` says which."""

    code = "exchange-refused"


class Why(StrEnum):
    """The rules of the exchange that can be broken. The text of each stands in terms/texts/reasons.toml."""

    OVERSIZE = "exchange-oversize"
    UNREADABLE = "exchange-unreadable"
    UNKNOWN_PEER = "exchange-unknown-peer"
    UNKNOWN_KEY = "exchange-unknown-key"
    KEY_REVOKED = "exchange-key-revoked"
    FORGED = "exchange-forged-signature"
    STALE = "exchange-stale-head"
    SPLIT_VIEW = "exchange-split-view"
    REWRITTEN = "exchange-rewritten-history"
    NOT_IN_LOG = "exchange-not-in-log"
    NOT_ADDRESSED = "exchange-not-addressed"
    BODY_DIFFERS = "exchange-body-differs"
    VERSION_TAKEN = "exchange-version-taken"
    NOT_ORIGINATOR = "exchange-not-originator"
    BAD_NAME = "exchange-bad-name"
    BAD_HEADER = "exchange-bad-header"
    BAD_CONTENT = "exchange-bad-content"
    BAD_PACKAGE = "exchange-bad-package"
    METADATA_EXPIRED = "exchange-metadata-expired"
    METADATA_OLDER = "exchange-metadata-older"
    THRESHOLD = "exchange-too-few-signatures"
    EMPTY_AUDIENCE = "exchange-empty-audience"
    OWN_NODE = "exchange-own-node"
    NOT_RELEASABLE_NODE = "exchange-not-releasable-node"
    NOT_RELEASABLE_ROLE = "exchange-not-releasable-role"
    RED_TO_ONE = "exchange-red-to-one"
    ORIGINATOR_CONTROL = "exchange-originator-control"
    JUDICIAL = "exchange-judicial-use"
    HANDLING_TEXT = "exchange-handling-text"
    NO_AGREEMENT = "exchange-no-agreement"
    AGREEMENT_ENDED = "exchange-agreement-ended"
    PURPOSE = "exchange-purpose"
    TLP = "exchange-tlp"
    HANDLING = "exchange-handling"
    SUBJECTS = "exchange-subjects"
    THIRD_COUNTRY = "exchange-third-country"
    RETENTION = "exchange-retention"
    EXPIRED = "exchange-expired"
    QUOTA = "exchange-quota"
    SECOND = "exchange-second-needed"
    BAD_MARKING = "exchange-bad-marking"
    BAD_HOLD = "exchange-bad-hold"
    HELD = "exchange-held"
    NOT_A_MEMBER = "exchange-not-a-member"
    OTHER_NODE = "exchange-other-node"
    GAP = "exchange-gap"
    UNREACHABLE = "exchange-unreachable"
    TOO_SLOW = "exchange-too-slow"
    RESTORED = "exchange-restored"


def refuse(why: Why, **facts: Fact) -> NoReturn:
    """Refuse for a reason.

    Raises:
        ExchangeRefused: Always.
    """
    raise ExchangeRefused(reason=why.value, **facts)
