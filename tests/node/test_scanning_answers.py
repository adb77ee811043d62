"""The child answers question by question, and says what was refused."""

import io
import os

import msgspec
import pytest
from tests.desk.port import BOB
from tests.desk.scans import a_port, files

from vigie.node.mate import framed, read_frame
from vigie.node.scanning_answers import Plain, serve


@pytest.fixture
def node(tmp_path):
    with a_port(tmp_path / "home") as made:
        yield made


def test_questions_are_answered_until_none_comes(node):
    sent = msgspec.msgpack.encode({"officer": BOB, "files": files(), "purpose": None})
    empty = msgspec.msgpack.encode({"officer": BOB, "files": (), "purpose": None})
    asked = io.BytesIO(b"".join(framed((one, told)) for one, told in (("take-in", sent), ("take-in", empty), ("take-in", sent))))
    answers, left = io.BytesIO(), [True, True, False]
    serve(node, asked, answers, lambda: left.pop(0))
    answers.seek(0)
    (code, body), refused = (msgspec.msgpack.decode(read_frame(answers)) for _ in range(2))
    assert code == ""
    assert msgspec.msgpack.decode(body)["taken"] == 1
    assert refused[0] == "bad-request"
    assert refused[1]["reason"] == "scan-without-files"
    assert read_frame(answers) is None


def test_a_plain_stream_reads_no_more_than_it_is_asked_for():
    reading, writing = os.pipe()
    os.write(writing, framed("one") + framed("two"))
    assert read_frame(Plain(reading)) == framed("one")[4:]
    assert os.read(reading, 100) == framed("two")
    os.close(writing)
    assert read_frame(Plain(reading)) is None
    os.close(reading)
