from vigie.desk.needs_conclusions import Dossiers, Priorities


def test_the_store_has_what_the_desk_needs_of_conclusions(node):
    needed = {"priorities": Priorities, "dossiers": Dossiers}
    for name, protocol in needed.items():
        wanted = {one for one in vars(protocol) if not one.startswith("_")}
        assert wanted <= set(dir(getattr(node.store, name)))
        assert wanted
