from vigie.node.owning import Owning


class Part:
    def __init__(self, told, name):
        self.told, self.name = told, name

    def start(self):
        self.told.append(f"+{self.name}")

    def stop(self):
        self.told.append(f"-{self.name}")


def owning():
    told = []
    return told, Owning((Part(told, "a"), Part(told, "b")))


def test_parts_begin_in_order_once_and_end_in_the_other():
    told, made = owning()
    made.open()
    made.begin()
    made.begin()
    assert made.goes_on
    made.end()
    made.end()
    assert not made.goes_on
    assert told == ["+a", "+b", "-b", "-a"]


def test_what_is_closed_does_not_begin_until_it_is_opened():
    told, made = owning()
    made.begin()
    made.open()
    made.begin()
    made.close()
    made.begin()
    assert told == ["+a", "+b", "-b", "-a"]
    made.open()
    made.begin()
    assert made.goes_on
