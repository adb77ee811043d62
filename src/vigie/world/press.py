"""Published figures: what was found where in which year. They are means of the simulated laws, and nothing else.

No page, bulletin or register may show a simulated sum as a figure of a service; see `docs/explanation/world.md`.
"""

from dataclasses import dataclass

from vigie.world.known import OWN, Known
from vigie.world.parameters import ANTWERP_CLASSES, GHENT_FINDINGS, ROTTERDAM_CLASSES


@dataclass(frozen=True, slots=True)
class PressYear:
    """What the press says of one port and year.

    Attributes:
        site: UN/LOCODE. year: Calendar year.
        findings: Number of lots. tonnes: Cocaine found; the middle where sources differ.
        published: The bounds of what sources say, tonnes.
        small, large: Shares of lots below 100 kg and above one tonne.
        source: Where it stands; `own derivation` parts are named.
    """

    site: str
    year: int
    findings: Known[float]
    tonnes: Known[float]
    published: tuple[float, float]
    small: float
    large: float


def _year(site: str, year: int, findings: float, told: str, bounds: tuple[float, float], source: str) -> PressYear:
    rotterdam = ROTTERDAM_CLASSES.value.get(year, ROTTERDAM_CLASSES.value[2023])
    classes = rotterdam if site in {"NLRTM", "NLVLI"} else ANTWERP_CLASSES.value
    middle = (bounds[0] + bounds[1]) / 2
    return PressYear(
        site, year, Known(findings, "findings/year", told), Known(middle, "t/year", source), bounds, *classes
    )


_BETWEEN = OWN + "between the published counts of the neighbouring years"
PRESS_YEARS = (
    _year("BEANR", 2018, 105, _BETWEEN, (50.2, 50.6), "press: 50.6; 61.8 is +23 % on 2018"),
    _year("BEANR", 2019, 119, "press release: 119 findings", (61.8, 62.1), "press release 61.8; alwatan 62.1"),
    _year("BEANR", 2020, 120, _BETWEEN, (65.5, 65.5), "press: 65.5"),
    _year("BEANR", 2021, 121, _BETWEEN, (89.5, 91.0), "press 89.5; EMCDDA 91"),
    _year("BEANR", 2022, 122, _BETWEEN, (109.9, 110.0), "press release: just under 110"),
    _year("BEANR", 2023, 124, "press: 124 (13 large)", (116.0, 121.0), "customs 116; Commission press release 121"),
    _year("BEANR", 2024, 136, "press: 136 (2 large)", (44.0, 44.0), "press: 44"),
    _year("NLRTM", 2018, 109, "press: 109 lots", (18.947, 18.947), "press: 18,947 kg"),
    _year("NLRTM", 2019, 141, "press: 141 lots", (33.732, 33.732), "press: 33,732 kg"),
    _year("NLRTM", 2021, 150, _BETWEEN, (70.571, 72.808), "press: 70,571 kg (72,808 with elsewhere)"),
    _year("NLRTM", 2022, 160, _BETWEEN, (46.789, 50.0), "press: 46,789 kg; press release: 50 t"),
    _year("NLRTM", 2023, 170, "press: 170 lots", (45.506, 45.506), "press: 45,506 kg"),
    _year("NLRTM", 2024, 189, "press: 189 lots", (25.9, 25.9), "press: 25,900 kg"),
    _year("BEGNE", 2019, GHENT_FINDINGS.value, GHENT_FINDINGS.source, (1.7, 1.7), "press release: almost 1.7 t"),
    _year("BEZEE", 2019, 8, OWN + "no count published", (2.0, 2.0), OWN + "not published; of Ghent's order"),
    _year("NLVLI", 2023, 35, OWN + "no count published", (11.3, 11.5), "press: about 11,300 to 11,500 kg"),
)

PROVENANCE: Known[dict[str, float]] = Known(
    {"BR": 15.9 / 61.8, "EC": 10.5 / 61.8, "CO": 10.5 / 61.8, "PA": 0.10, "CR": 0.08, "PE": 0.07, "PY": 0.06,
     "DO": 0.04, "SR": 0.03, "UY": 0.0229, "AR": 0.0},
    "share of kilograms",
    "Antwerp 2019 press release: 15.9 t Brazil, 10.5 t Ecuador, 10.5 t Colombia of 61.8 t; the others are "
    + OWN + "countries named in sources of H1 2020 (VRT)",
)


def press_year(site: str, year: int) -> PressYear:
    """The published figures of a site, of the nearest year that has any; the earlier one of two equally near."""
    known = [figures for figures in PRESS_YEARS if figures.site == site]
    return min(known, key=lambda figures: (abs(figures.year - year), figures.year))
