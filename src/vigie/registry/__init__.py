"""The register: seizures counted once, and the claims that others make of them."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from vigie.registry.checking import Check, Evidence, check, check_all
from vigie.registry.claims import Claim, is_over, read_claims
from vigie.registry.consistency import seizure_faults, seizure_questions
from vigie.registry.countries import country_of
from vigie.registry.figures import Conflict, Reason, Relation, conflicts
from vigie.registry.importing import Reader as SeizureReader
from vigie.registry.importing import ReadSeizure, SeizureMap, names_columns, read_seizure_map
from vigie.registry.joining import REASONED, SeizureStep, Verb, parted_name, stepped
from vigie.registry.matching import Proposal, compared, proposals
from vigie.registry.packed import read_stix_incidents, read_workbook
from vigie.registry.rows import LOTS, LOTS_G, SEIZURE_COLUMNS, UNWEIGHED, SeizureRow, Sum, rows_of, summed
from vigie.registry.scopes import Area, Scope, Scopes, load_scopes
from vigie.registry.seizure import Basis, Report, Seized, Seizure, State, Substance
from vigie.registry.words import Words as SeizureWords
from vigie.registry.words import load_words

if TYPE_CHECKING:
    from vigie.registry.bulletin import chart_of, compose_bulletin, words_of
    from vigie.registry.bulletin_asked import Asked as BulletinAsked
    from vigie.registry.bulletin_asked import Period, period_of
    from vigie.registry.bulletin_document import (
        Block,
        BulletinMissing,
        Chart,
        Document,
        Heading,
        Paragraph,
        Said,
        Source,
        Table,
        Words,
    )
    from vigie.registry.bulletin_html import body_of, html_of
    from vigie.registry.bulletin_table import csv_of
    from vigie.registry.bulletin_typst import chart_typst, typst_of
    from vigie.registry.bulletin_words import Speech
    from vigie.registry.dossier import (
        DOSSIER_FORMAT,
        FOR_PURPOSE,
        MANIFEST,
        SALT_BYTES,
        SEALED,
        SIGNATURE,
        DossierFault,
        DossierPart,
        Head,
        Manifest,
        Sealed,
        SealedPart,
        Signed,
        commitment,
        list_faults,
        pack,
        unpack,
        withheld_for,
    )

_HOMES = {
    "bulletin": ("chart_of", "compose_bulletin", "words_of"),
    "bulletin_asked": ("Period", "period_of"),
    "bulletin_document": ("Block", "BulletinMissing", "Chart", "Document", "Heading", "Paragraph", "Said", "Source",
                          "Table", "Words"),
    "bulletin_html": ("body_of", "html_of"),
    "bulletin_table": ("csv_of",),
    "bulletin_typst": ("chart_typst", "typst_of"),
    "bulletin_words": ("Speech",),
    "dossier": ("DOSSIER_FORMAT", "FOR_PURPOSE", "MANIFEST", "SALT_BYTES", "SEALED", "SIGNATURE", "DossierFault",
                "DossierPart", "Head",
                "Manifest", "Sealed", "SealedPart", "Signed", "commitment", "list_faults", "pack", "unpack",
                "withheld_for"),
}
_WHERE = {name: (home, name) for home, names in _HOMES.items() for name in names}
_WHERE["BulletinAsked"] = ("bulletin_asked", "Asked")


def __getattr__(name: str) -> Any:
    """Load what composes and writes documents when it is first asked for."""
    if name not in _WHERE:
        raise AttributeError(name)
    home, known = _WHERE[name]
    return getattr(import_module(f"vigie.registry.{home}"), known)


__all__ = [
    "DOSSIER_FORMAT",
    "FOR_PURPOSE",
    "LOTS",
    "LOTS_G",
    "MANIFEST",
    "REASONED",
    "SALT_BYTES",
    "SEALED",
    "SEIZURE_COLUMNS",
    "SIGNATURE",
    "UNWEIGHED",
    "Area",
    "Basis",
    "Block",
    "BulletinAsked",
    "BulletinMissing",
    "Chart",
    "Check",
    "Claim",
    "Conflict",
    "Document",
    "DossierFault",
    "DossierPart",
    "Evidence",
    "Head",
    "Heading",
    "Manifest",
    "Paragraph",
    "Period",
    "Proposal",
    "ReadSeizure",
    "Reason",
    "Relation",
    "Report",
    "Said",
    "Scope",
    "Scopes",
    "Sealed",
    "SealedPart",
    "Seized",
    "Seizure",
    "SeizureMap",
    "SeizureReader",
    "SeizureRow",
    "SeizureStep",
    "SeizureWords",
    "Signed",
    "Source",
    "Speech",
    "State",
    "Substance",
    "Sum",
    "Table",
    "Verb",
    "Words",
    "body_of",
    "chart_of",
    "chart_typst",
    "check",
    "check_all",
    "commitment",
    "compared",
    "compose_bulletin",
    "conflicts",
    "country_of",
    "csv_of",
    "html_of",
    "is_over",
    "list_faults",
    "load_scopes",
    "load_words",
    "names_columns",
    "pack",
    "parted_name",
    "period_of",
    "proposals",
    "read_claims",
    "read_seizure_map",
    "read_stix_incidents",
    "read_workbook",
    "rows_of",
    "seizure_faults",
    "seizure_questions",
    "stepped",
    "summed",
    "typst_of",
    "unpack",
    "withheld_for",
    "words_of",
]
