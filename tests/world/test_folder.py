from vigie.world import TruthBook, generate, write_world


def test_truth_lies_apart_from_messages(tmp_path):
    book = TruthBook()
    written = write_world(tmp_path, generate(1, 3, 0.05, uplift=100.0, book=book), book, seed=1, site="BEANR",
                          uplift=100.0)
    messages, outcomes = (list((tmp_path / name).iterdir()) for name in ("messages", "outcomes"))
    assert len(outcomes) == written["controls"] > 0
    assert len(messages) + len(outcomes) == sum(count for kind, count in written.items() if kind not in {"boxes", "cases"})
    assert len((tmp_path / "truth.jsonl").read_bytes().splitlines()) == len(book.cases) + len(book.controls)
    assert "SIMULATED" in (tmp_path / "README").read_text()
    assert {path.name for path in tmp_path.iterdir()} == {"messages", "outcomes", "truth.jsonl", "README"}
