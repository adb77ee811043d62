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


def test_an_error_travels_whole_between_processes():
    import pickle

    told = pickle.loads(pickle.dumps(errors.NotForYou(purpose="targeting")))
    assert (type(told), dict(told.facts)) == (errors.NotForYou, {"purpose": "targeting"})
