import re
from pathlib import Path

import vigie.arrivals
from vigie.arrivals import doubt_texts

FOLDER = Path(vigie.arrivals.__file__).parent


def test_every_table_of_doubts_is_told():
    tables = {path.stem for path in (FOLDER / "texts").glob("*.toml")}
    told = re.findall(r'"([a-z]+)"', (FOLDER / "reading.py").read_text().rpartition("Texts.load")[2])
    assert set(told) == tables
    assert doubt_texts().table
