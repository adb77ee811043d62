"""The settings of the policy: versions, one version with its values, the form of a draft, the buttons of its life."""

from typing import Any

from starlette.datastructures import FormData
from starlette.responses import Response

from vigie.console.errands import again
from vigie.console.indicators import NEEDS_REASON
from vigie.console.pages import Asked, Pages, Said, done
from vigie.desk import policy as desk
from vigie.desk.views import FaultRow, PolicyCheck, PolicyValues
from vigie.terms import BadRequest, NotForYou

VERBS = ("submit", "approve", "refuse", "withdraw", "live", "retire")
SHORTEST_REASON = 3  # characters, as the desk asks
MOST_PRIORS = 12  # starts a form holds


def policies(asked: Asked, pages: Pages) -> Response:
    """All versions, newest first; what came with vigie is the last."""
    found = desk.policies(asked.officer, asked.node, asked.purpose)
    return pages.page(asked, "risk/policies.html", policies=found, **again(asked))


def policy(asked: Asked, pages: Pages) -> Response:
    """One version with its values; with two versions asked for, in what they differ."""
    query = asked.request.query_params
    view = desk.show(asked.officer, asked.node, _version(asked), asked.purpose)
    before, after = (_number(query.get(name, "")) for name in ("before", "after"))
    rows = None
    if before is not None and after is not None:
        rows = desk.diff(asked.officer, before, after, asked.node, asked.purpose)
    return pages.page(
        asked, "risk/policy.html", view=view, needs_reason=NEEDS_REASON, diff=rows, before=before, after=after,
        versions=[one.version for one in desk.policies(asked.officer, asked.node, asked.purpose)], **again(asked),
    )  # fmt: skip


def _version(asked: Asked) -> int:
    return int(asked.request.path_params["version"])


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) < 9 else None


def edit(asked: Asked, pages: Pages) -> Response:
    """The form, with the values of a version, else of those in force."""
    if not asked.may("draft-rules"):
        raise NotForYou(purpose=asked.purpose.value)
    version = _number(asked.request.query_params.get("version", ""))
    view = desk.show(asked.officer, asked.node, version, asked.purpose)
    return _form(asked, pages, view.values, filled(view.values), None)


def keep(asked: Asked, pages: Pages) -> Response:
    """Judge what was filled in, or keep it; with a fault the form comes back and shows it."""
    told, wrong = read_form(asked.form)
    values = desk.show(asked.officer, asked.node, None, asked.purpose).values
    typed = {name: value for name, value in asked.form.items() if isinstance(value, str)}
    if wrong:
        text = pages.teller(asked.officer.language)("pl-not-whole")
        faults = tuple(FaultRow(place, "bad-value", text) for place in wrong)
        return _form(asked, pages, values, typed, PolicyCheck(False, faults))
    check = desk.check(asked.officer, told, asked.node, asked.purpose)
    why, do = asked.field("reason"), asked.field("do")
    if do == "check" or not check.ok or len(why) < SHORTEST_REASON:
        return _form(asked, pages, values, typed, check, unsaid=do != "check" and len(why) < SHORTEST_REASON)
    made = desk.draft(asked.officer, told, why, asked.node, asked.purpose)
    if do == "submit":
        desk.step(asked.officer, made.version, "submit", "", asked.node, asked.purpose)
    return done(f"/risk/policy/{made.version}", Said("said-policy-kept", {"n": made.version}))


def _form(
    asked: Asked, pages: Pages, values: PolicyValues, typed: dict[str, str], check: PolicyCheck | None,
    unsaid: bool = False,
) -> Response:  # fmt: skip
    at: dict[str, list[FaultRow]] = {}
    for one in check.faults if check else ():
        at.setdefault(one.place, []).append(one)
    places = [place for place in range(MOST_PRIORS) if f"prior-{place}-milli" in typed]
    return pages.page(asked, "risk/policy_edit.html", values=values, typed=typed, check=check, at=at, priors=places,
                      unsaid=unsaid)  # fmt: skip


def filled(values: PolicyValues) -> dict[str, str]:
    """What the form shows of values."""
    typed = {f"band-{one.name}": str(one.from_milli) for one in values.bands}
    for place, one in enumerate(values.priors):
        typed |= {f"prior-{place}-when": one.when, f"prior-{place}-milli": str(one.milli),
                  f"prior-{place}-source": one.source}  # fmt: skip
    typed |= {"most": str(values.most_evidence_milli), "tilted": str(values.shares.tilted_permille),
              "uniform": str(values.shares.uniform_permille)}  # fmt: skip
    typed |= {f"vote-{one.name}": str(one.milli) for one in values.votes}
    return typed | {f"weight-{one.id}": str(one.milli) for one in values.weights}


def read_form(form: FormData) -> tuple[dict[str, Any], tuple[str, ...]]:
    """What was filled in, as settings; and the places that hold no whole number."""
    typed = {name: value.strip() for name, value in form.items() if isinstance(value, str)}
    wrong: list[str] = []

    def whole(name: str, place: str) -> int:
        text = typed.get(name, "").replace("−", "-")
        if text.lstrip("-").isdecimal() and len(text) < 9 and text.count("-") < 2:
            return int(text)
        wrong.append(place)
        return 0

    bands = [name.removeprefix("band-") for name in typed if name.startswith("band-")]
    priors = [place for place in range(MOST_PRIORS) if f"prior-{place}-milli" in typed]
    told: dict[str, Any] = {
        "bands": [{"name": name, "from_milli": whole(f"band-{name}", f"bands[{place}]")}
                  for place, name in enumerate(bands)],
        "priors": [
            {"when": typed.get(f"prior-{place}-when", ""), "source": typed.get(f"prior-{place}-source", ""),
             "milli": whole(f"prior-{place}-milli", f"priors[{place}]")} for place in priors
        ],
        "most_evidence_milli": whole("most", "most_evidence_milli"),
        "shares": {"tilted_permille": whole("tilted", "shares"), "uniform_permille": whole("uniform", "shares")},
        "weights": {name.removeprefix("weight-"): whole(name, f"weights.{name.removeprefix('weight-')}")
                    for name in typed if name.startswith("weight-")},
        "votes": {name.removeprefix("vote-"): whole(name, f"votes.{name.removeprefix('vote-')}")
                  for name in typed if name.startswith("vote-")},
    }  # fmt: skip
    return told, tuple(dict.fromkeys(wrong))


def step(asked: Asked, pages: Pages) -> Response:
    """Take a step with a version."""
    verb, version = asked.field("verb"), _version(asked)
    if verb not in VERBS:
        raise BadRequest(field="verb")
    desk.step(asked.officer, version, verb, asked.field("reason"), asked.node, asked.purpose)
    return done(f"/risk/policy/{version}", Said(f"said-policy-{verb}", {"n": version}))
