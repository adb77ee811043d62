"""Damage tables. By hand: `python -m tests.fuzz.fuzz_table 100000 7` (rounds, seed)."""

from tests.fuzz.damage import asked, loop

from vigie.arrivals.table import read_column_map

MAP = read_column_map("""
kind = "consignment"
[columns]
document = "B/L"
container = "Box"
gross_g = { column = "t", unit = "TNE" }
packages = "Pkgs"
seals = "Seals"
arrival = { column = "ETA", format = "%d/%m/%Y" }
""")
CORPUS = (
    b'B/L;Box;t;Pkgs;Seals;ETA\nA1;CSQU3054383;23,84;1.080;"ML1; ML2";20/01/2026\nA2;APZU4812090;;;;\n' * 3,
    b"\xef\xbb\xbfB/L,Box,t,Pkgs,Seals,ETA\r\n" + b"A1,CSQU3054383,23.84,1080,ML1,20/01/2026\r\n" * 300,
    "B/L\tBox\tt\tPkgs\tSeals\tETA\nCafé\tX\t1\t1\t1\t1\n".encode("latin-1"),
)
BITS = (b'"', b'""', b";", b",", b"\t", b"|", b"\n", b"\r", b"\r\n", b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b"1e999999", b"nan",
        b"-", b"=cmd()", b'"' + b"x" * 140_000, b"\xe2\x80\xa8", b"B/L", b"99/99/9999", b"9" * 400, b"{", b"UNB+")

if __name__ == "__main__":
    print(loop(CORPUS, BITS, *asked(), by=MAP))
