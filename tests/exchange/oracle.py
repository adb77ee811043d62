"""May it leave? Written a second time, as a table of what is allowed, without looking at how the room does it.

Each row is a question of a data-protection officer; a thing leaves where every row answers yes.
"""

from vigie.terms import DAY

OPEN = {"CLEAR", "GREEN"}
ORDER = ["CLEAR", "GREEN", "AMBER", "AMBER_STRICT", "RED"]


def rows(m, c):
    a, p = c.agreement, c.permission
    granted = p is not None and c.receiver in p.nodes and p.until > c.now
    about_people = m.subjects.value in {"suspect", "convicted", "victim", "other"}
    yield "somebody is named", len(m.nodes) > 0 and len(m.desks) > 0
    yield "it goes to another node", c.receiver != c.sender
    yield "this node is named", c.receiver in set(m.nodes)
    yield "this desk is named", c.desk in set(m.desks)
    yield "red names one", m.tlp.name != "RED" or (len(m.nodes) == 1 and len(m.desks) == 1)
    yield "it is still to be kept", c.now < m.retain_until
    yield (
        "the originator lets it go on",
        (c.sender == m.originator or granted or (m.tlp.name in OPEN and m.handling.value == "H0")),
    )
    yield "it goes to no court", ((m.handling.value, c.desk.value) != ("H1", "prosecutor") or (granted and p.judicial))
    yield "H3 is told in words", m.handling.value != "H3" or m.handling_text.strip() != ""
    yield "both agreed", a is not None and a.sender == c.sender and a.receiver == c.receiver
    if a is None:
        return
    yield "it is in force", a.starts <= c.now and c.now < a.ends
    yield "for this purpose", m.purpose in set(a.purposes)
    yield "so closely held", ORDER.index(m.tlp.name) <= ORDER.index(a.tlp.name)
    yield "with this code", m.handling in set(a.handling)
    yield "of these people", m.subjects in set(a.subjects)
    yield (
        "with a ground abroad",
        not (a.third_country and about_people) or (m.transfer_ground != "" and m.transfer_ground in set(a.grounds)),
    )
    yield "not for too long", m.retain_until <= c.now + a.retention_days * DAY
    yield "not too many", c.sent_today < a.quota
    two = m.handling.value in {"H1", "H2", "H3"} or m.machine or (a.third_country and about_people)
    yield "seen by a second officer", c.approved or not two


def allowed(m, c):
    return all(fits for _, fits in rows(m, c))
