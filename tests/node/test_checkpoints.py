import time

from vigie.node import Settings, WallClock, build


def test_what_was_written_is_folded_back_while_nobody_commits(tmp_path, monkeypatch):
    monkeypatch.setattr("vigie.node.checkpoints.EVERY_S", 0.01)
    with build(Settings(home=tmp_path), WallClock()) as node:
        file = next(tmp_path.glob("*.db"))
        node.store.settings.put("something", b"x" * 400_000)
        before = file.stat().st_size
        node.checkpoints.start()
        node.checkpoints.start()
        end = time.monotonic() + 20
        while file.stat().st_size < before + 400_000:
            assert time.monotonic() < end
            time.sleep(0.005)
        node.checkpoints.stop()
        node.checkpoints.stop()
