"""What other nodes learn: the log that is exchanged, its markings, and what may leave for whom."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from vigie.exchange.agreements import Agreement, between
    from vigie.exchange.batch import (
        MOST_BYTES,
        MOST_ENTRIES,
        Batch,
        Read,
        check_batch,
        make_batch,
        origin_of,
        write_batch,
    )
    from vigie.exchange.canonical_json import canonical
    from vigie.exchange.certificates import as_pem, certificate, pinned, private_pem, unpinned
    from vigie.exchange.envelope import (
        MAX_BODY,
        SALT_BYTES,
        Body,
        Entry,
        Header,
        Kind,
        erased,
        is_node,
        leaf_of,
        make_entry,
        peek_header,
        read_body,
        read_header,
        write_entry,
    )
    from vigie.exchange.federation import (
        WARN_DAYS,
        Document,
        Federation,
        Member,
        Quorum,
        Root,
        Signature,
        days_left,
        draft,
        is_address,
        must_be_in_force,
        read_document,
        read_federation,
        read_root,
        signed_by,
        write_document,
    )
    from vigie.exchange.flat import COLUMNS, misp_event, write_table
    from vigie.exchange.heads import (
        Countersigned,
        Head,
        Seen,
        SignedHead,
        View,
        countersign,
        grew,
        one_log,
        peek,
        read_head,
        sign_head,
        witnessed,
    )
    from vigie.exchange.leaving import Crossing, Permission, Verdict, may_leave, must_leave, needs_second
    from vigie.exchange.markings import (
        Desk,
        HandlingCode,
        Marking,
        OnExpiry,
        Regime,
        Source,
        Subjects,
        check_marking,
        personal,
        read_marking,
        write_marking,
    )
    from vigie.exchange.names import safe_name
    from vigie.exchange.notes import Grant, Note, Outcome, Receipt, ReleaseRequest, Retraction, read_note, write_note
    from vigie.exchange.operation_report import closing_report
    from vigie.exchange.package import MOST_PIECES, PACKAGE, Package, pack, unpack
    from vigie.exchange.package_cover import Cover, PackageKind, Piece
    from vigie.exchange.package_zip import MOST_PACKAGE
    from vigie.exchange.refusals import ExchangeRefused, Why, refuse
    from vigie.exchange.replies import LOOKS, STEPS, Given, OperationState, Stage, Task, stands, words_for
    from vigie.exchange.signing import FEDERATION, HEAD, ROOT, SEED_BYTES, WITNESS, Signer, key_id, verify
    from vigie.exchange.speaking import (
        about,
        containers_of,
        goods,
        goods_of,
        kind_term,
        package_of,
        package_term,
        spoken_of,
    )
    from vigie.exchange.standing import (
        Answer,
        Deed,
        Erase,
        Forward,
        Hold,
        Life,
        Standing,
        Step,
        heard,
        held,
        lifted,
        passed,
        passed_on,
    )
    from vigie.exchange.stix import FORMS, container_id, extension_id, read_thing, write_objects
    from vigie.exchange.stix_marking import TLP, marked, marking_of
    from vigie.exchange.stix_reading import read_objects
    from vigie.exchange.stix_schema import published
    from vigie.exchange.taxii import (
        GONE,
        STIX_MEDIA,
        TAXII_MEDIA,
        Dated,
        Match,
        Named,
        Pushed,
        TaxiiPages,
        TaxiiRow,
        collection_id,
        opened,
        pushed_things,
        read_named,
        root_name,
        status_id,
        taxii_spans,
        unmarked,
        write_envelope,
        write_manifest,
        write_stix_time,
    )
    from vigie.exchange.telling import KINDS, read_agreed, read_marked, read_telling
    from vigie.exchange.things import (
        Box,
        Concealment,
        Decision,
        Finding,
        JointOperation,
        Movement,
        Reply,
        ReplyWord,
        Scan,
        Seizure,
        Target,
        Thing,
        Training,
    )
    from vigie.exchange.tree import (
        EMPTY_ROOT,
        Growing,
        TileRead,
        Tree,
        leaf_hash,
        verify_consistency,
        verify_inclusion,
        verify_several,
    )
    from vigie.exchange.uuids import random_uuid
    from vigie.exchange.wire import (
        ANSWER_TYPE,
        BATCH_TYPE,
        BLOB,
        HEADS,
        INBOX,
        LOG,
        MOST_ANSWER,
        STREAM,
        Answered,
        Refusal,
        read_answer,
        read_refusal,
        write_answer,
        write_refusal,
    )

_HOMES = {
    "agreements": ("Agreement", "between"),
    "batch": ("Batch", "MOST_BYTES", "MOST_ENTRIES", "Read", "check_batch", "make_batch", "origin_of", "write_batch"),
    "canonical_json": ("canonical",),
    "certificates": ("as_pem", "certificate", "pinned", "private_pem", "unpinned"),
    "envelope": (
        "Body", "Entry", "Header", "Kind", "MAX_BODY", "SALT_BYTES", "erased", "is_node", "leaf_of",
        "make_entry", "peek_header", "read_body", "read_header", "write_entry",
    ),
    "federation": (
        "Document", "Federation", "Member", "Quorum", "Root", "Signature", "WARN_DAYS", "days_left", "draft",
        "is_address", "must_be_in_force", "read_document", "read_federation", "read_root", "signed_by",
        "write_document",
    ),
    "flat": ("COLUMNS", "misp_event", "write_table"),
    "heads": (
        "Countersigned", "Head", "Seen", "SignedHead", "View", "countersign", "grew", "one_log", "peek", "read_head",
        "sign_head",
        "witnessed",
    ),
    "leaving": ("Crossing", "Permission", "Verdict", "may_leave", "must_leave", "needs_second"),
    "markings": (
        "Desk", "HandlingCode", "Marking", "OnExpiry", "Regime", "Source", "Subjects", "check_marking",
        "personal", "read_marking", "write_marking",
    ),
    "names": ("safe_name",),
    "notes": ("Grant", "Note", "Outcome", "Receipt", "ReleaseRequest", "Retraction", "read_note", "write_note"),
    "operation_report": ("closing_report",),
    "package": ("MOST_PIECES", "PACKAGE", "Package", "pack", "unpack"),
    "package_cover": ("Cover", "PackageKind", "Piece"),
    "package_zip": ("MOST_PACKAGE",),
    "refusals": ("ExchangeRefused", "Why", "refuse"),
    "replies": ("Given", "LOOKS", "OperationState", "STEPS", "Stage", "Task", "stands", "words_for"),
    "signing": ("FEDERATION", "HEAD", "ROOT", "SEED_BYTES", "Signer", "WITNESS", "key_id", "verify"),
    "speaking": (
        "about", "containers_of", "goods", "goods_of", "kind_term", "package_of", "package_term", "spoken_of",
    ),
    "standing": (
        "Answer", "Deed", "Erase", "Forward", "Hold", "Life", "Standing", "Step", "heard", "held", "lifted",
        "passed", "passed_on",
    ),
    "stix": ("FORMS", "container_id", "extension_id", "read_thing", "write_objects"),
    "stix_marking": ("TLP", "marked", "marking_of"),
    "stix_reading": ("read_objects",),
    "stix_schema": ("published",),
    "taxii": (
        "GONE", "STIX_MEDIA", "TAXII_MEDIA", "Dated", "Match", "Named", "Pushed", "TaxiiPages", "TaxiiRow",
        "collection_id", "opened", "pushed_things", "read_named", "root_name", "status_id", "taxii_spans", "unmarked",
        "write_envelope", "write_manifest", "write_stix_time",
    ),
    "telling": ("KINDS", "read_agreed", "read_marked", "read_telling"),
    "things": (
        "Box", "Concealment", "Decision", "Finding", "JointOperation", "Movement", "Reply",
        "ReplyWord", "Scan", "Seizure", "Target", "Thing", "Training",
    ),
    "tree": (
        "EMPTY_ROOT", "Growing", "TileRead", "Tree", "leaf_hash", "verify_consistency", "verify_inclusion",
        "verify_several",
    ),
    "uuids": ("random_uuid",),
    "wire": (
        "ANSWER_TYPE", "Answered", "BATCH_TYPE", "BLOB", "HEADS", "INBOX", "LOG", "MOST_ANSWER", "Refusal", "STREAM",
        "read_answer", "read_refusal", "write_answer", "write_refusal",
    ),
}  # fmt: skip
_WHERE = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [
    "ANSWER_TYPE", "BATCH_TYPE", "BLOB", "COLUMNS", "EMPTY_ROOT", "FEDERATION", "FORMS", "GONE", "HEAD",
    "HEADS", "INBOX", "KINDS", "LOG", "LOOKS", "MAX_BODY", "MOST_ANSWER", "MOST_BYTES", "MOST_ENTRIES",
    "MOST_PACKAGE", "MOST_PIECES", "PACKAGE", "ROOT", "SALT_BYTES", "SEED_BYTES", "STEPS", "STIX_MEDIA",
    "STREAM", "TAXII_MEDIA", "TLP", "WARN_DAYS", "WITNESS", "Agreement", "Answer", "Answered", "Batch", "Body",
    "Box", "Concealment", "Countersigned", "Cover", "Crossing", "Dated", "Decision", "Deed", "Desk", "Document",
    "Entry", "Erase", "ExchangeRefused", "Federation", "Finding", "Forward", "Given", "Grant", "Growing",
    "HandlingCode", "Head", "Header", "Hold", "JointOperation", "Kind", "Life", "Marking", "Match", "Member",
    "Movement", "Named", "Note", "OnExpiry", "OperationState", "Outcome", "Package", "PackageKind",
    "Permission", "Piece", "Pushed", "Quorum", "Read", "Receipt", "Refusal", "Regime", "ReleaseRequest",
    "Reply", "ReplyWord", "Retraction", "Root", "Scan", "Seen", "Seizure", "Signature", "SignedHead", "Signer",
    "Source", "Stage", "Standing", "Step", "Subjects", "Target", "Task", "TaxiiPages", "TaxiiRow", "Thing",
    "TileRead", "Training", "Tree", "Verdict", "View", "Why", "about", "as_pem", "between", "canonical", "certificate",
    "check_batch", "check_marking", "closing_report", "collection_id", "container_id", "containers_of",
    "countersign", "days_left", "draft", "erased", "extension_id", "goods", "goods_of", "grew", "heard", "held",
    "is_address", "is_node", "key_id", "kind_term", "leaf_hash", "leaf_of", "lifted", "make_batch",
    "make_entry", "marked", "marking_of", "may_leave", "misp_event", "must_be_in_force", "must_leave",
    "needs_second", "one_log", "opened", "origin_of", "pack", "package_of", "package_term", "passed", "passed_on",
    "peek",
    "peek_header", "personal", "pinned", "private_pem", "published", "pushed_things", "random_uuid",
    "read_agreed", "read_answer", "read_body", "read_document", "read_federation", "read_head", "read_header",
    "read_marked", "read_marking", "read_named", "read_note", "read_objects", "read_refusal", "read_root",
    "read_telling", "read_thing", "refuse", "root_name", "safe_name", "sign_head", "signed_by",
    "spoken_of", "stands", "status_id", "taxii_spans", "unmarked", "unpack", "unpinned", "verify",
    "verify_consistency", "verify_inclusion", "verify_several", "witnessed", "words_for", "write_answer",
    "write_batch", "write_document", "write_entry", "write_envelope", "write_manifest", "write_marking",
    "write_note", "write_objects", "write_refusal", "write_stix_time", "write_table",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    """Load a part when it is first asked for."""
    if name not in _WHERE:
        raise AttributeError(name)
    return getattr(import_module(f"vigie.exchange.{_WHERE[name]}"), name)
