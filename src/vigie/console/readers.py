"""Readers: who looked at which profiles, the most unusual first; decoys, and the form that plants one."""

import re
from typing import Any

from starlette.responses import Response

from vigie.console.indicators_form import LANGUAGES, typed
from vigie.console.pages import Asked, Pages, Said, done
from vigie.desk import canaries as desk
from vigie.desk import proving
from vigie.risk import BadIndicator
from vigie.terms import Handling, OfficerId, VigieError

EXAMPLES = 2  # of each kind, as an indicator needs


def page(asked: Asked, pages: Pages) -> Response:
    """Who read what, and the decoys."""
    purpose = desk.purpose_of(asked.officer)
    return pages.page(
        asked, "audit/readers.html", found=desk.who_read(asked.officer, asked.node, purpose),
        decoys=desk.canaries(asked.officer, asked.node, purpose), days=desk.SPAN_DAYS,
    )  # fmt: skip


def form(asked: Asked, pages: Pages) -> Response:
    """The form of a decoy, empty or with the words of an indicator that it is to resemble."""
    like = asked.request.query_params.get("like", "")
    told = desk.pattern(asked.officer, like, asked.node, desk.purpose_of(asked.officer))
    return _form(asked, pages, filled(told), like, None)


def _form(asked: Asked, pages: Pages, fields: dict[str, str], like: str, fault: VigieError | None) -> Response:
    return pages.page(
        asked, "audit/plant.html", fields=fields, like=like, wrong=fault, languages_told=LANGUAGES,
        examples=range(EXAMPLES), typologies=proving.typologies(asked.node),
        patterns=desk.patterns(asked.officer, asked.node), readers=desk.readable(asked.node),
        chosen=asked.fields("readers"),
        handlings=[one.name.lower().replace("_", "-") for one in Handling if one <= asked.officer.clearance],
    )  # fmt: skip


def plant(asked: Asked, pages: Pages) -> Response:
    """Plant a decoy; with a fault the form comes back and tells it."""
    fields = {name: value.strip() for name, value in asked.form.items() if isinstance(value, str)}
    group = tuple(OfficerId(one) for one in asked.fields("readers"))
    try:
        made = desk.plant(asked.officer, told_of(fields, asked), group, fields.get("why", ""), asked.node,
                          desk.purpose_of(asked.officer))  # fmt: skip
    except VigieError as fault:
        if not isinstance(fault, BadIndicator) and fault.code != "bad-request":
            raise
        return _form(asked, pages, fields, fields.get("like", ""), fault)
    return done("/audit/readers", Said("said-decoy-planted", {"id": made.id}))


def lift(asked: Asked, pages: Pages) -> Response:
    """Take a decoy up again."""
    wanted = asked.field("id")
    desk.lift(asked.officer, wanted, asked.node, desk.purpose_of(asked.officer))
    return done("/audit/readers", Said("said-decoy-lifted", {"id": wanted}))


def filled(told: dict[str, Any]) -> dict[str, str]:
    """What the form shows of the fields of an indicator."""
    fields = {name: str(told.get(name, "")) for name in ("typology", "handling", "expression")}
    for name in ("title", "reason"):
        fields |= {f"{name}.{key}": str((told.get(name) or {}).get(key, "")) for key in LANGUAGES}
    for name in ("fires", "silent"):
        for place, row in enumerate((told.get(name) or ())[:EXAMPLES]):
            fields[f"{name}-{place}"] = "; ".join(f"{column} = {_shown(value)}" for column, value in row.items())
    return fields


def _shown(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def told_of(fields: dict[str, str], asked: Asked) -> dict[str, Any]:
    """The fields of the indicator that a decoy looks like."""
    rows = {
        name: [_row(fields.get(f"{name}-{place}", "")) for place in range(EXAMPLES)] for name in ("fires", "silent")
    }
    texts = {name: {key: fields.get(f"{name}.{key}", "") for key in LANGUAGES} for name in ("title", "reason")}
    named = [name for row in rows["fires"] for name in row]
    named += [name for told in texts["reason"].values() for name in re.findall(r"{(\w+)}", told)]
    return texts | rows | {
        "id": fields.get("id", ""), "typology": fields.get("typology", ""), "handling": fields.get("handling", ""),
        "expression": fields.get("expression", ""), "action": "score",
        "evidence": list(dict.fromkeys(named)),
    } | desk.dressed(fields.get("like", ""), asked.node)  # fmt: skip


def _row(text: str) -> dict[str, Any]:
    pairs = (part.partition("=") for part in text.split(";") if "=" in part)
    return {name.strip(): typed(name.strip(), value.strip()) for name, _, value in pairs}
