from vigie.terms import errors


def every_error(base=errors.VigieError):
    for kind in base.__subclasses__():
        yield kind
        yield from every_error(kind)


def test_an_error_is_a_code_and_facts():
    told = errors.NotForYou(purpose="targeting")
    assert (told.code, dict(told.facts), str(told)) == (
        "not-for-you",
        {"purpose": "targeting"},
        "not-for-you purpose=targeting",
    )


def test_no_two_errors_share_a_code():
    codes = [kind.code for kind in every_error()]
    assert len(codes) == len(set(codes))
