from tests.desk.port import NOW, a_node
from tests.exchange.values import BE, NL, an_entry

from vigie.desk.exchange_kept import Kept
from vigie.exchange import Life, Standing, read_header


def test_what_is_kept_is_written_together_and_read_before(tmp_path):
    with a_node(tmp_path) as node, node.store.transaction():
        kept = Kept(node)
        entry = an_entry(3, origin=NL, audience=(BE,))
        header = read_header(entry.header)
        assert kept.standing(header.id) is None
        stands = Standing(header.id, NL, (NL,), 1, Life.LIVE, NOW, (1,))
        kept.keep(header, entry, ("CSQU3054383",))
        kept.stand(stands)
        assert kept.standing(header.id) == stands
        assert node.store.standings.get(header.id) is None
        assert node.store.exchange.upto(NL) == -1
        kept.write()
        assert node.store.standings.get(header.id) == stands
        assert (node.store.exchange.upto(NL), node.store.exchange.find("CSQU3054383")) == (3, [header.id])
        kept.write()
        again = Kept(node)
        again.expect([header.id, "incident--x"])
        assert [again.standing(one) for one in (header.id, "incident--x")] == [stands, None]
