"""What a package says of itself."""

from vigie.exchange.package_cover import PackageKind


def test_the_kinds_are_those_that_leave():
    assert [kind.value for kind in PackageKind] == ["images", "cut-outs", "reports", "model", "training"]
