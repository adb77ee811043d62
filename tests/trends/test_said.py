import subprocess
import sys

import msgspec

from vigie.trends import Verdict, monitored


def test_what_is_said_comes_back_from_json(series):
    told = monitored(series(after=(5, 8, 1)))
    assert told.alarm is not None
    assert msgspec.json.decode(msgspec.json.encode(told), type=Verdict) == told


def test_who_reads_it_loads_nothing_that_computes():
    code = "import sys; from vigie.trends import Verdict; Verdict('port', 'too-few'); print('numpy' in sys.modules)"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "False"
