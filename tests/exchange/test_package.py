"""A package is read as it was made, and whatever is changed in it is found."""

import io
import json
import zipfile
from hashlib import sha256

import bagit
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.exchange.values import BE, NL, NOW, SIGNERS, a_marking

from vigie.exchange import ExchangeRefused, Why, refuse
from vigie.exchange.package import MOST_PIECES, pack, unpack
from vigie.exchange.package_cover import Cover, PackageKind, Piece

SCAN = Piece("MSCU1234566.high.dcs", "application/dicom", bytes(range(256)) * 40, "master", "6 MeV")
LOOK = Piece("MSCU1234566.png", "image/png", b"\x89PNG" + bytes(50), "preview")


def a_cover(**said):
    told = {"kind": PackageKind.IMAGES, "title": "Scan of MSCU1234566 at BEANR", "origin": BE, "created": NOW,
            "marking": a_marking(), "container": "MSCU1234566", "simulated": True}  # fmt: skip
    return Cover(**(told | said))


def public_of(node, key):
    signer = SIGNERS.get(node)
    if signer is None or signer.key != key:
        refuse(Why.UNKNOWN_KEY)
    return signer.public


RAW = pack(a_cover(), (SCAN, LOOK), SIGNERS[BE])


def why(raw):
    with pytest.raises(ExchangeRefused) as told:
        unpack(raw, public_of)
    return told.value.facts["reason"]


def remade(change, raw=RAW):
    """The package with its files changed."""
    files = {one.filename: zipfile.ZipFile(io.BytesIO(raw)).read(one) for one in zipfile.ZipFile(io.BytesIO(raw)).infolist()}
    change(files)
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w") as made:
        for name, body in files.items():
            made.writestr(name, body)
    return into.getvalue()


def test_what_was_packed_is_read_preview_first():
    read = unpack(RAW, public_of)
    assert read.cover == a_cover()
    assert read.pieces == (LOOK, SCAN)
    assert read.sha256 == sha256(RAW).hexdigest()


def test_the_same_pieces_are_the_same_bytes():
    assert pack(a_cover(), (LOOK, SCAN), SIGNERS[BE]) == RAW


def test_the_keepers_of_bagit_call_it_valid(tmp_path):
    zipfile.ZipFile(io.BytesIO(RAW)).extractall(tmp_path)
    bag = bagit.Bag(str(tmp_path / "vigie-package"))
    assert bag.is_valid()
    assert bag.info["Source-Organization"] == BE


def test_the_crate_describes_each_file():
    crate = json.loads(zipfile.ZipFile(io.BytesIO(RAW)).read("vigie-package/data/ro-crate-metadata.json"))
    by_id = {one["@id"]: one for one in crate["@graph"]}
    assert by_id["ro-crate-metadata.json"]["about"] == {"@id": "./"}
    assert [part["@id"] for part in by_id["./"]["hasPart"]] == [LOOK.name, SCAN.name]
    assert by_id[SCAN.name]["sha256"] == sha256(SCAN.body).hexdigest()


WITHOUT = {
    "a byte of a picture": lambda files: files.update({f"vigie-package/data/{SCAN.name}": SCAN.body[:-1] + b"?"}),
    "a file more": lambda files: files.update({"vigie-package/data/more.png": b""}),
    "a file less": lambda files: files.pop(f"vigie-package/data/{LOOK.name}"),
    "another marking": lambda files: files.update({"vigie-package/data/marking.json": b"{}"}),
    "a tag file more": lambda files: files.update({"vigie-package/fetch.txt": b"https://192.0.2.1/x 1 data/x"}),
    "another version": lambda files: files.update({"vigie-package/bagit.txt": b"BagIt-Version: 2.0\n"}),
    "no signature": lambda files: files.pop("vigie-package/signature.json"),
    "no manifest": lambda files: files.pop("vigie-package/manifest-sha256.txt"),
}


@pytest.mark.parametrize("change", WITHOUT.values(), ids=WITHOUT)
def test_a_change_is_found(change):
    assert why(remade(change)) == "exchange-bad-package"


def test_a_signature_of_somebody_else_is_found():
    def signed_by_nl(files):
        whole = files["vigie-package/tagmanifest-sha256.txt"]
        seal = {"origin": BE, "key": SIGNERS[BE].key, "signature": SIGNERS[NL].sign("package", whole).hex()}
        files["vigie-package/signature.json"] = json.dumps(seal).encode()

    assert why(remade(signed_by_nl)) == "exchange-forged-signature"


def test_nobody_passes_on_anothers_package_as_their_own():
    def resealed(files):
        whole = files["vigie-package/tagmanifest-sha256.txt"]
        seal = {"origin": NL, "key": SIGNERS[NL].key, "signature": SIGNERS[NL].sign("package", whole).hex()}
        files["vigie-package/signature.json"] = json.dumps(seal).encode()

    assert why(remade(resealed)) == "exchange-bad-package"


def test_an_unknown_key_is_refused():
    assert why(pack(a_cover(origin="xx-node"), (SCAN,), SIGNERS[BE])) == "exchange-unknown-key"


@pytest.mark.parametrize("pieces", [(), (SCAN, SCAN), (SCAN, Piece("mscu1234566.HIGH.dcs", "x/y", b"", "master")),
                                    (Piece("marking.json", "x/y", b"", "report"),),
                                    (SCAN,) * (MOST_PIECES + 1)])  # fmt: skip
def test_pieces_that_make_no_package(pieces):
    with pytest.raises(ExchangeRefused) as told:
        pack(a_cover(), pieces, SIGNERS[BE])
    assert told.value.facts["reason"] == "exchange-bad-package"


@pytest.mark.parametrize("said", [{"title": " "}, {"title": "a\nSource-Organization: b"}, {"origin": "Not a node"}])
def test_covers_that_say_too_little(said):
    with pytest.raises(ExchangeRefused):
        pack(a_cover(**said), (SCAN,), SIGNERS[BE])


@given(st.data())
@settings(max_examples=60)
def test_whatever_byte_is_changed_nothing_passes_as_something_else(data):
    at = data.draw(st.integers(0, len(RAW) - 1))
    raw = bytearray(RAW)
    raw[at] ^= 1 << data.draw(st.integers(0, 7))
    try:
        read = unpack(bytes(raw), public_of)
    except ExchangeRefused:
        return
    assert (read.cover, read.pieces) == (a_cover(), (LOOK, SCAN))  # a byte that ZIP itself does not read
