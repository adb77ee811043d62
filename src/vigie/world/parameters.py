"""Every parameter of the simulated world, with its source; nothing else in `vigie.world` holds a figure of the trade.

The shared page is `reference/trade.md`; where it marks a figure as derived, so do we.
"""

from vigie.world.known import OWN, Known

# --- volumes -------------------------------------------------------------------------------------------------------
SOUTH_AMERICAN_BOXES = Known(330_000, "boxes/year into Antwerp", "EIPA/EPSA 'Tech Force Against Drugs'; Belga")
INBOUND_BOXES = Known(4_000_000, "boxes/year into Antwerp-Bruges", OWN + "half of about 8 M box moves")
BOXES_PER_DAY: Known[dict[str, int]] = Known(
    {"BEANR": 904, "NLRTM": 700, "BEGNE": 12, "BEZEE": 24, "NLVLI": 110},
    "South-American boxes/day at scale 1",
    OWN + "Antwerp 330,000/365; Rotterdam and the small ports are assumed shares of that: no public table was found",
)
OTHER_LANES = Known(0.25, "boxes of other lanes per South-American box", OWN + "a thin sample, so that lanes differ; "
                    "the true ratio is about 11")
REEFER_SHARE = Known(0.45, "share of the South-American lane", OWN + "trade.md, Synthetic port-year")
REEFER_SHARE_PORT = Known(0.085, "share port-wide", "Belga / portnews 372873: full reefers 8.5 % of throughput 2024")
BOXES_PER_BILL = Known((0.62, 0.15, 0.08, 0.06, 0.05, 0.04), "shares of 1, 2, 3, 4, 5, 10 boxes", OWN + "most bills "
                       "name one box; contract fruit travels in tens")
EMPTY_SHARE = Known(0.02, "share of discharged boxes", OWN + "reefers are needed full on this lane; few return empty")
FLEET_CYCLE_DAYS = Known(55, "days", OWN + "two ocean legs of 12 to 16 days and two stays of about two weeks")
MEAN_CALL_BOXES = Known(420, "boxes discharged per call at scale 1", OWN + "a fruit ship or a part call of a liner")

# --- weights and reefers ---------------------------------------------------------------------------------------------
BANANA_VGM_KG = Known(23_840, "kg", "measured on real departure plans of banana ships, Costa Rica 2024-25 (n = 30)")
BANANA_VGM_SD_KG = Known(376, "kg", "same departure plans (n = 30)")
BANANA_SETPOINT_DC = Known(136, "tenths of a degree Celsius", "same departure plans: 13.6 on all")
BANANA_CARTONS = Known(1_080, "cartons per 45R1", "trade.md W5: banana norm 1,080 cartons")
MELON_VGM_KG = Known((25_500, 26_100), "kg", "same departure plans")
MELON_SETPOINT_DC = Known(75, "tenths of a degree Celsius", "same departure plans: 7.5")
ORIGIN_SCAN_FLAG = Known(442 / 642, "share of boxes with FTX SCAN OK", "same departure plans: 442 of 642 boxes")
WEIGHT_SPREAD = Known(0.03, "relative sd of the gross mass of other goods per shipper", OWN + "twice that of bananas")
VGM_COPIED = Known(0.12, "share of SM2 masses copied from the booking", OWN + "indicator W4 says it happens")
TARE_KG: Known[dict[str, int]] = Known(
    {"45R1": 4_620, "42R1": 4_480, "22G1": 2_230, "42G1": 3_750, "45G1": 3_900, "22T1": 3_600, "22U1": 2_350},
    "kg", OWN + "typical plates of such boxes; every maker differs by some tens of kilograms",
)
TARE_SD_KG = Known(40, "kg", OWN + "makers' plates differ by some tens of kilograms")

# --- controls --------------------------------------------------------------------------------------------------------
CONTROLLED_SOUTH_AMERICA = Known(0.10, "share of boxes", "Europol by portnews 345495: about 10 %")
CONTROLLED_ALL = Known(0.02, "share of boxes", "Europol by portnews 345495: about 2 % of all boxes")
MANDATORY_SHARE = Known(0.010, "share of South-American boxes", OWN + "information and standing orders")
RANDOM_SHARE = Known(0.005, "share of South-American boxes", OWN + "the tenth part of a 90/5/5 plan, halved")
TARGETED_PLAIN = Known(0.062, "share of South-American boxes without traces", OWN + "so low that with the clean boxes "
                       "that show traces about 10 % are looked at in all; a test measures it")
TIPPED = Known(0.10, "chance that information names a loaded box", OWN + "police information is behind some finds")
HUNCH_PER_TRACE = Known(0.9, "standard deviations", OWN + "one visible trace moves an officer by about one sd")
SENSITIVITY: Known[dict[str, float]] = Known(
    {"behind-doors": 0.92, "within-load": 0.80, "in-goods": 0.60, "container-structure": 0.62,
     "reefer-compartment": 0.70, "hotel-container": 0.95, "other": 0.6},
    "chance that a control finds what is there", OWN + "doors are easiest, incorporated goods hardest",
)
LATE_FIND = Known(0.06, "share of missed lots found inland later", OWN + "openrijk.nl July 2025 tells one such story")
LATE_FIND_DAYS = Known((2.0, 20.0), "days after the box left", OWN + "the story's own span")
IRREGULARITY = Known(0.018, "share of clean controlled boxes", OWN + "wrong seal, weight or goods are ordinary finds")
DEPTHS = Known((("scan", 0.70), ("doors-opened", 0.18), ("partly-unloaded", 0.08), ("fully-unloaded", 0.04)),
               "shares", OWN + ">= 350,000 scans a year by nine scanners (Belga): most controls are scans")
INTERCEPTION_QUOTED = Known((0.10, 0.60), "share of what enters", "eur.nl: 10 to 60 % quoted, unknown")
INTERCEPTION: Known[dict[str, float]] = Known(
    {"small": 0.3136, "middle": 0.3681, "large": 0.3511}, "share of lots of a size class that the practice finds",
    OWN + "measured on 787,428 simulated lots; a test measures it again",
)
PLANTED_SHARE = Known((0.0006, 0.004), "share of South-American boxes", "trade.md: the generator plants 0.06 to 0.4 %")
YEAR_SPREAD = Known(0.05, "relative sd of a year's true rate", OWN + "a year is not exactly its mean: the counts are "
                    "negative binomial")

# --- lots ------------------------------------------------------------------------------------------------------------
LOT_BOUNDS_KG = Known((5.0, 100.0, 1_000.0, 12_000.0), "kg", "press classes < 100 kg and > 1,000 kg; the largest lot "
                      "8,064 to 8,088 kg; lower and upper end are own derivation")
MIDDLE_EXPONENT = Known(1.0, "Pareto exponent inside 100 to 1,000 kg", OWN + "leaves Rotterdam's 13 lots above "
                        "one tonne of 2023 a plausible mean")
ROTTERDAM_CLASSES: Known[dict[int, tuple[float, float]]] = Known(
    {2021: (69 / 150, 22 / 150), 2022: (89 / 160, 17 / 160), 2023: (81 / 170, 13 / 170), 2024: (115 / 189, 3 / 189)},
    "year to shares < 100 kg, > 1 t",
    "Rotterdam: 69/89/81/115 lots below 100 kg and 22/17/13 above one tonne; lots of 2021, 2022 and the large ones of "
    "2024 are " + OWN + "assumed; other years take 2023",
)
ANTWERP_CLASSES = Known((0.40, 0.18), "shares < 100 kg, > 1 t", OWN + "Antwerp's mean lot is two to three times "
                        "Rotterdam's; its classes are not published")
GHENT_FINDINGS = Known(5.0, "findings/year", OWN + "the 1.7 t of 2019 came in a handful of lots")

# --- errors of real messages -----------------------------------------------------------------------------------------
WRONG_UNT = Known(0.02, "share of EDIFACT files", OWN + "4 of 9 real files had one; daily feeds are far better than a "
                  "collection of curiosities")
WRONG_CHECK_DIGIT = Known(0.0008, "share of boxes per document", OWN + "keyed numbers; carriers' systems check most")
VAGUE_DESCRIPTION = Known(0.03, "share of clean bills", OWN + "logisoft.io names vague texts as a frequent refusal")
LATE_FILING = Known(0.02, "share of declarations", OWN + "logisoft.io names late filing; no rate is public")
DUPLICATED = Known(0.01, "share of event files sent twice", OWN + "at-least-once delivery")
DELAYED = Known(0.03, "share of event files hours late", OWN + "gateways stop for hours")
RETRACTED = Known(0.003, "share of DCSA events taken back", OWN + "retractedEventID exists because it happens")
AMENDED = Known(0.04, "share of clean bills amended", OWN + "weights and packages are corrected")
CONSIGNEE_AMENDED = Known(0.004, "share of clean bills", OWN + "goods are sold afloat")
PLACEHOLDER_SEAL = Known(0.02, "share of boxes", "real messages hold SEL+NA and SEL+SI (trade.md)")
SEAL_MISREAD = Known(0.004, "share of boxes", OWN + "gate clerks mistype a seal")
RESEAL_SAID = Known(0.9, "chance that a control's new seal is reported", OWN + "one in ten is forgotten")
ZONELESS = Known(0.05, "share of EDIFACT senders writing local time", "trade.md: local time without zone")
REMAINDER_TEN = Known(0.01, "share of a fleet", OWN + "owners avoid such serials (recalled)")
NEW_PARTY = Known(0.012, "share of clean bills with a consignee never seen", OWN + "trade has new firms every week")
TO_ORDER = Known(0.06, "share of clean bills", OWN + "made out to order of a bank or shipper")
ODD_WEIGHT = Known(0.01, "share of clean boxes", OWN + "partial loads")
NIGHT_PICKUP = Known(0.08, "share of clean pick-ups", OWN + "night shifts exist")
FORWARDED = Known(0.30, "share of bills filed as master and house", OWN + "fruit is straight, mixed goods are not")

USUAL_GOODS = Known(0.9, "chance that a shipper sends what it always sends", OWN + "habits")
CALCULATED = Known(0.5, "share of dry boxes with a calculated mass (SM2)", OWN + "both methods are in use")
SCALE_SD_KG = Known(60, "kg", OWN + "weighbridges and moisture")
ODD_LOAD = Known((0.35, 0.75), "of the usual mass", OWN + "partial loads")
UNKNOWN_EORI = Known(0.5, "share of new firms without an EORI number in the bill", OWN + "registration takes days")
DOG_SHARE = Known(0.3, "share of finds in opened boxes", OWN + "dogs search opened boxes")
REEFER_WEIGHT = Known(0.37, "factor on fresh and frozen goods", OWN + "brings the lane to the 45 % of REEFER_SHARE")

# --- moments ---------------------------------------------------------------------------------------------------------
SPEED_SPREAD = Known((0.97, 1.03), "of the speed", OWN + "weather")
PORT_STAY_H = Known(14.0, "hours between two ports of loading besides sailing", OWN + "a short call")
LOAD_H = Known((2.0, 18.0), "hours before departure", OWN + "when a box is lifted aboard")
ARRIVAL_H = Known((-5.0, 9.0), "hours from the schedule", OWN + "ships are later more often than early")
LATE_FILING_H = Known((-20.0, 12.0), "hours before loading", OWN + "less than the 24 hours, or afterwards")
EMPTY_GATE_H = Known((-30.0, 40.0), "hours from the ship's arrival", OWN + "empties come for the ship that is there")
AMENDED_AT = Known((0.1, 0.95), "share of the voyage", OWN + "while the ship is at sea")
TWIN_AT = Known((0.2, 0.8), "share of the voyage", OWN + "far from both ports")
RETRACTED_H = Known((1.0, 30.0), "hours", OWN + "when somebody notices")
SPEED_KN = Known(16.5, "knots", OWN + "slow steaming of reefer and liner services")
FILING_H = Known((26.0, 60.0), "hours before loading", "EU ICS2: containerised deep-sea cargo, 24 h before loading")
ORIGIN_YARD_H = Known((10.0, 70.0), "hours", OWN + "gate-in to loading")
MANIFEST_H = Known((20.0, 40.0), "hours before arrival", OWN + "manifest files reach customs a day or two ahead")
DISCHARGE_PER_H = Known(75, "boxes/hour", OWN + "three cranes")
DWELL_H = Known((80.0, 0.45), "median hours and log-sd", OWN + "import boxes stay three to four days, fruit less")
REEFER_DWELL = Known(0.55, "of the ordinary dwell", OWN + "fruit leaves first")
RELEASE_H = Known((4.0, 40.0), "hours after discharge", OWN + "customs release of an uncontrolled box")
RETURN_H = Known((20.0, 120.0), "hours after gate-out", OWN + "stripping and return to the depot")

# --- smugglers who adapt ---------------------------------------------------------------------------------------------
ADAPT_STRENGTH = Known(4.0, "log-odds per unit of loss rate", OWN + "an arm that loses 25 points more than the others "
                       "is used e times less; that routes and ports shift: press releases 001, 002 and 004; nobody "
                       "publishes how fast")
ADAPT_MEMORY_DAYS = Known(120.0, "days after which a loss weighs half", OWN + "a season")
ADAPT_HEAR_DAYS = Known(7.0, "days from a control to the knowledge of it", OWN + "a lot that does not come is missed "
                        "within days; the press tells within a week")
ADAPT_PRIOR_LOTS = Known(6.0, "lots", OWN + "nobody gives a way up after one loss")
ADAPT_BOUNDS = Known((0.1, 10.0), "factor on an arm's usual share", OWN + "contacts and ports are not changed wholly")
ADAPT_LOGGED_DAYS = Known(28.0, "days between two lines of the truth file", OWN + "four weeks")
