"""Taking in what a partner sent, and making what it gets: the same bytes over the network and on a stick.

Whatever breaks a rule is refused with its code and written into the trail; what can be taken is taken. A batch is taken
in one transaction, and a second time does nothing.
"""


from vigie.desk import exchange_split
from vigie.desk.exchange import TOLD
from vigie.desk.exchange_effects import follow, terms_of
from vigie.desk.exchange_node import Written, federation, fresh_id, others, own_name, partners_of, signer
from vigie.desk.exchange_restored import hear, waits
from vigie.desk.gate import permit
from vigie.desk.needs import Node
from vigie.desk.trail import leave
from vigie.desk.views.exchange import ReceivedView
from vigie.exchange import (
    Answer,
    Body,
    Crossing,
    Deed,
    Entry,
    Erase,
    ExchangeRefused,
    Federation,
    Forward,
    Grant,
    Header,
    Kind,
    Life,
    Marking,
    Outcome,
    Permission,
    Read,
    Receipt,
    ReleaseRequest,
    Retraction,
    Step,
    Why,
    check_batch,
    countersign,
    erased,
    heard,
    must_leave,
    origin_of,
    passed,
    peek,
    read_body,
    read_marking,
    read_note,
    read_objects,
    read_thing,
    refuse,
    spoken_of,
    witnessed,
)
from vigie.terms import AuditEntry, Fact, Moment, Officer, OfficerId, Purpose

NODE = OfficerId("node")

SETTLED = 500
"""Items of the inbox that an officer who takes a stick in waits for: marks of boxes, so that the list shows them."""


def take_in(officer: Officer, raw: bytes, node: Node, purpose: Purpose = Purpose.TARGETING) -> ReceivedView:
    """Take a batch in that a partner put on a stick.

    Raises:
        NotForYou: The officer may not. ExchangeRefused: The batch as a whole breaks a rule; nothing of it was taken.
    """
    permit(officer, "receive-exchange", purpose, "exchange", node)
    received = receive(raw, node)
    node.settle([one.id for one in node.store.inbox.take(SETTLED)])
    leave(officer, purpose, "receive-exchange", f"exchange {received.origin}", node, new=received.new)
    return received


def receive(raw: bytes, node: Node, caller: str = "") -> ReceivedView:
    """Take a batch in that a partner sent.

    Args:
        caller: Who brought it over the wire: it has to be who signed it. Empty for a stick, which anybody may carry.

    Raises:
        ExchangeRefused: The batch as a whole breaks a rule; nothing of it was taken, and the trail says why.
    """
    origin = ""
    try:
        told = federation(node)
        batch, claimed = origin_of(raw)
        origin = told.member(claimed).id
        if origin == own_name(node):
            refuse(Why.OWN_NODE, node=origin)
        if caller not in ("", origin):
            refuse(Why.OTHER_NODE, node=caller)
        last = node.store.exchange.last(origin)
        read = check_batch(batch, told.keys(origin), last, own_name(node), told.member(origin).revoked)
        exchange_split.judge(batch, read, node, wired=bool(caller))
        for word in (one for one in read.words if one.by == origin):
            hear(origin, word.size, node)
        with node.store.transaction():
            if batch.entries and batch.after > node.store.exchange.upto(origin):
                refuse(Why.GAP, seq=batch.after)  # else an acknowledgement would speak of what never came
            taken = _taken(read, told, node)
            if caller:
                _noted(taken, node)
            return taken
    except ExchangeRefused as refusal:
        if refusal.facts.get("reason") == Why.SPLIT_VIEW and origin:
            exchange_split.two_roots(origin, batch.head, node)
        _refused(caller or origin or "unknown", refusal, node)
        raise


def _noted(taken: ReceivedView, node: Node) -> None:
    """Write down what came over the wire; a batch that says nothing new is not worth a line."""
    if taken.new or taken.refused:
        facts: dict[str, Fact] = {"new": taken.new, "refused": taken.refused}
        subject = f"exchange {taken.origin}"
        told = AuditEntry(NODE, Purpose.OVERSIGHT, "receive-exchange", subject, "done", node.now(), facts)
        node.store.trail.keep(told)


def _refused(subject: str, refusal: ExchangeRefused, node: Node) -> None:
    entry = AuditEntry(
        NODE, Purpose.OVERSIGHT, "receive-exchange", f"exchange {subject}", "refused", node.now(),
        {"why": str(refusal.facts.get("reason", ""))},
    )  # fmt: skip
    node.store.trail.keep(entry)


def _taken(read: Read, told: Federation, node: Node) -> ReceivedView:
    log, origin, now = node.store.exchange, read.head.origin, node.now()
    written = Written(node)  # first, for it waits until no other process takes in, and what that took is known then
    known = log.known(origin, [header.seq for header, _ in read.entries])
    fresh = [(header, entry) for header, entry in read.entries if header.seq not in known]
    codes: list[str] = []
    written.kept.expect(header.id for header, _ in fresh)
    for header, entry in fresh:
        try:
            _one(header, entry, told, written, node)
        except ExchangeRefused as refusal:
            written.kept.keep(header, erased(entry))  # its place is known, what it says is not kept
            codes.append(str(refusal.facts["reason"]))
            _refused(f"{origin} {header.seq}", refusal, node)
    written.close()
    follow(written.spoken, node)
    word = countersign(read.signed, own_name(node), signer(node), log.upto(origin))
    log.put_head(read.head, read.signed, [word])
    log.heard(origin, now)
    _acknowledge(read, told, node)
    new = len(fresh) - len(codes)
    return ReceivedView(origin, new, len(read.entries) - len(fresh), len(codes), read.head.size, tuple(codes))


def _acknowledge(read: Read, told: Federation, node: Node) -> None:
    """What the partner says of our own log: up to where it has it."""
    me, log = own_name(node), node.store.exchange
    for word in (one for one in read.words if one.by == read.head.origin):
        signed = log.head(me, word.size)
        if signed is not None and witnessed(signed, [word], {word.by: told.keys(word.by)}):
            log.put_head(peek(signed), signed, [word])
            log.acknowledged(word.by, min(word.upto, word.size - 1), word.size)


def _one(header: Header, entry: Entry, told: Federation, written: Written, node: Node) -> None:
    """Take one new entry.

    Raises:
        ExchangeRefused: It breaks a rule; nothing of it was taken.
    """
    body = read_body(entry, header)
    if body is None:  # erased before it was sent: what took its place follows
        written.kept.keep(header, entry)
        if header.kind is Kind.REVISE:
            _never_had(header, written, node)
        return
    if header.kind in TOLD:
        thing_taken(header, entry, body, told, written, node, header.origin)
    elif header.kind in (Kind.RETRACT, Kind.EXPIRE):
        note = read_note(body.content, Retraction)
        standing = written.kept.standing(header.id)
        step = heard(standing, header, standing.originator if standing else header.origin, node.now())
        written.kept.keep(header, entry)
        done(step, note.reason, written, node)
    elif header.kind is Kind.RECEIPT:
        node.store.standings.answer(header.origin, read_note(body.content, Receipt))
        written.kept.keep(header, entry)
    else:
        _policy(body)
        written.kept.keep(header, entry)


def _never_had(header: Header, written: Written, node: Node) -> None:
    """Answer a change whose own words were gone when it came: its sender waits for an answer to each."""
    told = Receipt(header.id, header.version, header.version, Outcome.NEVER, node.now())
    written.note(Kind.RECEIPT, fresh_id("receipt"), 1, (header.origin,), told)


def _policy(body: Body) -> None:
    try:
        read_note(body.content, ReleaseRequest)
    except ExchangeRefused:
        read_note(body.content, Grant)


def thing_taken(
    header: Header, entry: Entry, body: Body, told: Federation, written: Written, node: Node, sender: str
) -> None:
    """Take a thing that a partner told.

    Args:
        sender: Which partner; the log that it stands in may have another name.

    Raises:
        ExchangeRefused: It breaks a rule; nothing of it was taken.
    """
    read = written.markings.get((sender, body.marking))
    marking = read_marking(body.marking) if read is None else read
    if marking.retain_until != header.retain_until or not set(header.audience) <= set(marking.nodes):
        refuse(Why.BAD_MARKING, field="retain_until")
    now = node.now()
    if read is None or marking.retain_until <= now:
        _may_come(marking, told, node, sender, now)
        written.markings[sender, body.marking] = marking
    id, thing = read_thing(read_objects(body.content))
    if id != header.id and not id.startswith("container--"):
        refuse(Why.BODY_DIFFERS, seq=header.seq)
    step = heard(written.kept.standing(header.id), header, marking.originator, now)
    terms = tuple(spoken_of(thing)) if step.store else ()
    written.kept.keep(header, entry if step.store else erased(entry), terms)
    written.spoken.update(terms)
    done(step, "", written, node)


def _may_come(marking: Marking, told: Federation, node: Node, sender: str, now: Moment) -> None:
    me = own_name(node)
    agreement = told.agreement(sender, me, now)
    # A grant to pass it on is between originator and sender: the receiver takes the sender's signature for it.
    grant = None if marking.originator == sender else Permission((me,), Moment(now + 1), judicial=True)
    must_leave(marking, [
        Crossing(sender, me, desk, now, agreement, 0, grant, approved=True) for desk in marking.desks
    ])  # fmt: skip


def done(step: Step, reason: str, written: Written, node: Node) -> None:
    """Keep how a thing stands now, and do what follows from it."""
    written.kept.stand(step.standing)
    if step.deeds or step.standing.life is not Life.LIVE:
        written.kept.write()  # deeds read the log
    if step.standing.life is not Life.LIVE and step.standing.bodies:  # what a hold keeps does not count any more
        written.spoken.update(terms_of(step.standing.id, step.standing.bodies, node))
    for deed in step.deeds:
        _do(deed, step, reason, written, node)


def _do(deed: Deed, step: Step, reason: str, written: Written, node: Node) -> None:
    id = step.standing.id
    if isinstance(deed, Erase):
        written.spoken.update(terms_of(id, deed.versions, node))
        node.store.exchange.erase(id, deed.versions)
    elif isinstance(deed, Answer):
        to = others(deed.to, node)
        held = deed.hold
        receipt = Receipt(
            id, step.standing.version, deed.version, deed.outcome, node.now(),
            f"{held.case}: {held.ground}" if held else "", held.authority if held else "", held.until if held else 0,
        )  # fmt: skip
        if to:
            written.note(Kind.RECEIPT, fresh_id("receipt"), 1, to, receipt)
    elif isinstance(deed, Forward):
        to = others(deed.to, node)
        if to:
            written.note(Kind.RETRACT, id, deed.version, to, Retraction(reason or "taken back by its originator"))
            node.store.standings.ask(id, deed.version, to, node.now())


def look(node: Node) -> int:
    """Let go of what may not be kept any longer, and of holds that ended; needs no partner. Gives how many things."""
    due = node.store.standings.due(node.now())
    if not due or waits(partners_of(node), node):  # what is erased is answered for, and answers may not be written yet
        return 0
    with node.store.transaction():
        written = Written(node)
        for standing in due:
            done(passed(standing, node.now()), "its time to be kept has run out", written, node)
        written.close()
        follow(written.spoken, node)
    return len(due)
