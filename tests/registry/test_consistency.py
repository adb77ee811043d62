import pytest

from vigie.registry import Seized, Substance, seizure_faults, seizure_questions
from vigie.terms import DAY, Moment

NOW = Moment(10 * DAY)


def told(net_g=1000, packages=None, gross_g=None, **more):
    return Seized(more.pop("at", Moment(DAY)), more.pop("place", "BEANR"),
                  (Substance("cocaine", net_g, gross_g, packages=packages),), **more)  # fmt: skip


@pytest.mark.parametrize(("one", "code"), [
    (told(place="Antwerp"), "seizure-place"), (told(at=Moment(11 * DAY)), "seizure-in-the-future"),
    (told(-1), "seizure-negative"), (told(cover_hs="08.03"), "seizure-hs"),
    (Seized(Moment(1), "BEANR", ()), "seizure-without-substance"),
])  # fmt: skip
def test_what_cannot_be_has_its_code(one, code):
    assert [fault.code for fault in seizure_faults(one, NOW)] == [code]


@pytest.mark.parametrize(("one", "codes"), [
    (told(8_000_000, modus="in one backpack"), ["seizure-heavier-than-carried"]),
    (told(8_000_000, note="rugzak"), ["seizure-heavier-than-carried"]),
    (told(8_000_000, container="CSQU3054383"), []),
    (told(90_000, modus="backpack"), []),
    (told(31_000_000), ["seizure-heavier-than-a-box"]),
    (told(1_200_000, packages=1000), []),
    (told(1_200_000, packages=2), ["seizure-package-heavy"]),
    (told(800, packages=1000), ["seizure-package-light"]),
    (told(1000, gross_g=900), ["seizure-net-above-gross"]),
])  # fmt: skip
def test_what_is_strange_is_asked(one, codes):
    assert [each.code for each in seizure_questions(one)] == codes
    assert seizure_faults(one, NOW) == ()
