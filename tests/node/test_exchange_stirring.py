from threading import Thread

from vigie.node.exchange_stirring import Stirring


def test_who_waits_is_woken_and_nobody_waits_for_what_was_before():
    stirring, seen = Stirring(), []
    waiter = Thread(target=lambda: seen.append(stirring.wait(0, 20)))
    waiter.start()
    stirring.stir()
    waiter.join(20)
    assert seen == [1]
    assert stirring.wait(0, 20) == stirring.count == 1


def test_without_news_the_wait_ends():
    assert Stirring().wait(0, 0.01) == 0
