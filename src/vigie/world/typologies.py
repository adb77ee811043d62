"""Planted modus operandi: how a lot is hidden, and which traces it may leave in the messages, each with its chance.

A trace is a change of what messages say (`vigie.world.traces`); the same changes befall clean boxes by error, so no
trace proves anything. The chances are our own: sources tell that a method exists, never how often it shows.
"""

from dataclasses import dataclass

from vigie.world.chance import Choice
from vigie.world.known import OWN, Known


@dataclass(frozen=True, slots=True)
class Typology:
    """A modus operandi.

    Attributes:
        id: Its name; stands in the truth file and never in a message.
        hidden: Where the lot is (`terms.Concealment` values) with weights.
        weights: How often it is used for small, middle and large lots.
        traces: Trace to the chance that it shows.
        scope: `lane` any South-American box, `cold` boxes of the cold routes, `small` boxes of the small ports,
            `empty` empty boxes.
    """

    id: str
    hidden: Known[dict[str, float]]
    weights: Known[tuple[float, float, float]]
    traces: Known[dict[str, float]]
    scope: str = "lane"


def _typology(
    name: str,
    source: str,
    hidden: dict[str, float],
    weights: tuple[float, float, float],
    traces: dict[str, float],
    scope: str = "lane",
) -> Typology:
    guess = OWN + "chances assumed; that the method exists: " + source
    return Typology(
        name, Known(hidden, "weights", guess), Known(weights, "weights by lot class", guess),
        Known(traces, "chance that the trace shows", guess), scope,
    )


TYPOLOGIES = (
    _typology("rip-on", "WCO News 102, TIN CAN: bags behind the doors, cloned or duplicate seal",
              {"behind-doors": 1.0}, (3.0, 4.0, 1.5),
              {"seal-changed": 0.30, "seal-cloned": 0.15, "long-origin-yard": 0.50, "no-scan-flag": 0.70,
               "weight-high": 0.25}),
    _typology("seal-swap", "WCO News 102; darkdotnet: a different seal, no reseal reported",
              {"behind-doors": 0.8, "within-load": 0.2}, (1.0, 1.2, 0.5),
              {"seal-swapped": 0.60, "seal-changed": 0.30, "long-origin-yard": 0.30, "no-scan-flag": 0.50}),
    _typology("clone-number", "nltimes node/66091: an identical-looking box with the same number and matched weight",
              {"within-load": 0.7, "behind-doors": 0.3}, (0.2, 0.6, 1.5),
              {"number-twice": 0.60, "size-type-changed": 0.25, "odd-haulier": 0.40, "weight-contradiction": 0.20}),
    _typology("reefer-compartment", "blikopnieuws 307933: inspection hatches and engines, 33 kg, 164 kg in four boxes",
              {"reefer-compartment": 1.0}, (4.0, 0.3, 0.0),
              {"power-off": 0.25, "odd-depot": 0.40, "long-origin-yard": 0.30, "door-open": 0.15}),
    _typology("in-goods", "Skuld; Belga 2025: chemically incorporated, or inside the goods",
              {"in-goods": 0.7, "within-load": 0.3}, (0.8, 1.5, 2.5),
              {"new-pair": 0.60, "hs-unusual": 0.40, "vague-goods": 0.35, "weight-contradiction": 0.30}),
    _typology("structure", "g1 18.12.2025: roof insulation replaced from outside; WCO News 102",
              {"container-structure": 1.0}, (2.0, 0.8, 0.1),
              {"weight-high": 0.20, "odd-depot": 0.25, "no-scan-flag": 0.45}),
    _typology("trojan-empty", "nieuws.nl 5.1.2024: people in a box declared empty, placed beside the target",
              {"hotel-container": 0.6, "behind-doors": 0.4}, (0.5, 0.6, 0.6),
              {"empty-heavy": 0.60, "odd-haulier": 0.50}, "empty"),
    _typology("pin-code", "TradeWinds 6.4.2023 and 15.10.2024: collected with a stolen code, emptied, dumped",
              {"within-load": 0.6, "behind-doors": 0.4}, (0.5, 1.5, 2.0),
              {"early-pickup": 0.60, "odd-haulier": 0.80, "dumped": 0.60, "night-pickup": 0.50}),
    _typology("front-company", "nltimes 26.4.2021; prohic.nl on Europol 2023: companies set up or infiltrated",
              {"within-load": 0.6, "in-goods": 0.4}, (0.6, 1.2, 2.5),
              {"new-consignee": 0.85, "new-pair": 0.50, "vague-goods": 0.30, "late-filing": 0.25}),
    _typology("consignee-changed", "trade.md P8: ICS2 conflict cases",
              {"within-load": 0.7, "behind-doors": 0.3}, (0.3, 0.6, 0.8),
              {"consignee-amended": 0.90, "odd-haulier": 0.30}),
    _typology("transhipment-disguise", "InSight Crime; nltimes (TR): producer-country goods by a cold third port",
              {"within-load": 0.7, "in-goods": 0.3}, (0.2, 0.5, 0.8),
              {"cold-route": 1.0, "new-pair": 0.40, "weight-contradiction": 0.20}, "cold"),
    _typology("small-port", "brusselstimes 1655750; press on displacement: Vlissingen, Dunkirk, Amsterdam",
              {"within-load": 0.5, "behind-doors": 0.5}, (0.3, 0.5, 0.6),
              {"new-pair": 0.50, "long-origin-yard": 0.30, "no-scan-flag": 0.40}, "small"),
    _typology("added-weight", "departure plans of Costa Rica: +1 t would stand at 2.7 sd",
              {"within-load": 1.0}, (0.3, 1.5, 2.5),
              {"weight-high": 0.75, "weight-contradiction": 0.35, "vgm-copied": 0.20, "no-scan-flag": 0.40}),
    _typology("loaded-empty", "trade.md E5: an empty box that weighs more than its tare",
              {"container-structure": 0.6, "behind-doors": 0.4}, (0.5, 0.4, 0.1),
              {"empty-heavy": 0.60, "odd-depot": 0.40}, "empty"),
)
"""In the order in which they are drawn; a new one is appended, so that old seeds keep their draws."""

HOTEL = "hotel-container"
"""People, not a lot, are inside."""

SHOWN_LATE = frozenset({"seal-swapped", "odd-haulier", "early-pickup", "night-pickup", "dumped", "odd-depot"})
"""Traces that messages show only when the box leaves, or later: too late for the control at the port to be chosen."""


UNREMARKED = frozenset({"vgm-copied"})
"""Traces so common that no officer looks twice."""


def in_time(traces: tuple[str, ...]) -> int:
    """Count the remarkable traces that messages show before the box leaves the port."""
    return sum(trace not in SHOWN_LATE and trace not in UNREMARKED for trace in traces)


BY_ID = {typology.id: typology for typology in TYPOLOGIES}


def choice_of(size: str, scopes: tuple[str, ...] = ("lane", "cold", "small", "empty")) -> Choice[Typology]:
    """The typologies that a lot of a size class may take, weighted; only those of the scopes."""
    column = ("small", "middle", "large").index(size)
    fit = [typology for typology in TYPOLOGIES if typology.scope in scopes]
    return Choice(fit, [typology.weights.value[column] for typology in fit])
