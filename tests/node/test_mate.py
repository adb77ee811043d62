import subprocess
import sys
from io import BytesIO

import msgspec
from tests.desk.port import NOW, VISIT, manifest, rules, take_in

from vigie.arrivals import split
from vigie.desk.helping import made_of, pack_ask, unpack_reading
from vigie.desk.told import packed
from vigie.node.mate import JUDGE, READ, RULES, WARM, framed, read_frame, serve


def answered(*questions):
    out = BytesIO()
    serve(BytesIO(b"".join(framed(question) for question in questions)), out, NOW)
    out.seek(0)
    found = {}
    while (frame := read_frame(out)) is not None:
        number, answer = msgspec.msgpack.decode(frame)
        found[number] = answer
    return found


def test_every_question_gets_its_answer(node):
    take_in(node, manifest())
    kept = node.store.visits.get([VISIT])[VISIT]
    vector = node.store.assessments.latest([VISIT])[VISIT].features
    ask = (kept.visit, vector, NOW, ())
    parts = [packed(part) for part in split(BytesIO(manifest()))]
    told = answered((1, WARM, []), (2, READ, parts), (3, JUDGE, [pack_ask(ask)]))
    assert told[1] == []
    assert [unpack_reading(one).rows[0].id for one in told[2]] == ["bl:MSCU:ABC123"]
    assert told[3][0][0] == made_of(ask, rules()).score_milli


def test_a_torn_frame_is_the_end():
    whole = framed((1, READ, []))
    assert read_frame(BytesIO(whole[:-1])) is None
    assert read_frame(BytesIO(b"\x00\x00")) is None
    assert read_frame(BytesIO(b"")) is None


def test_rules_that_are_sent_judge_what_is_asked_next(node):
    from tests.desk.test_indicators import fields, live

    take_in(node, manifest())
    kept = node.store.visits.get([VISIT])[VISIT]
    ask = (kept.visit, node.store.assessments.latest([VISIT])[VISIT].features, NOW, ())
    live(node, fields(expression="seals >= 0", silent=[{"hs2": "08"}, {"empty": True}]))
    told = answered((1, JUDGE, [pack_ask(ask)]), (2, RULES, node.rules.packed()), (3, JUDGE, [pack_ask(ask)]))
    assert set(told) == {1, 3}
    assert told[3][0][5] == node.rules.policy.hash != told[1][0][5]


def test_a_child_whose_parent_was_killed_ends_without_a_word():
    child = subprocess.Popen([sys.executable, "-m", "vigie.node.mate", str(NOW)], stdin=subprocess.PIPE,
                             stdout=subprocess.PIPE, stderr=subprocess.PIPE)  # fmt: skip
    child.stdout.close()
    child.stdin.write(framed((1, READ, [b"no part"])))
    child.stdin.close()
    assert child.wait(timeout=60) == 0
    assert child.stderr.read() == b""
    child.stderr.close()
