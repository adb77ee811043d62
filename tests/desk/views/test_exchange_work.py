from vigie.desk.views.exchange_work import PreviewView, RecipientView


def preview(*codes):
    recipients = tuple(RecipientView(f"n{place}", "N", "NL", code, {}) for place, code in enumerate(codes))
    return PreviewView("prepared ann x", "x--1", "box", "[]", "{}", 4, recipients, False, ())


def test_it_may_leave_only_where_nothing_is_against_it_for_anybody():
    assert preview("", "").may
    assert not preview("", "exchange-tlp").may
    assert not preview().may  # nobody is not all
