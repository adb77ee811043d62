"""The seminar report: findings, priorities and what followed, as a document in five languages."""

from collections.abc import Sequence
from datetime import date
from functools import cache

from vigie.ports.priorities import Priority, PriorityState
from vigie.registry import Block, Document, Heading, Paragraph, Said, Speech, Table, words_of
from vigie.terms import Texts, datetime_of

_ORDER = (PriorityState.OPEN, PriorityState.UNDER_WAY, PriorityState.DONE, PriorityState.DROPPED)


@cache
def _texts() -> Texts:
    return Texts.load("vigie.ports.texts", "priorities")


def seminar_report(
    priorities: Sequence[Priority], day: date, language: str, *, title: str = "", publisher: str = "",
    is_simulated: bool = False,
) -> Document:  # fmt: skip
    """Compose the report.

    Args:
        priorities: In the order in which they are told. day: Day of the report: what is overdue is so on it.
        title: Of the seminar; empty for the general one.
    """
    say = Speech(language)

    def tell(code: str, **facts: str) -> str:
        return _texts().tell(code, language, **facts)

    late = [one for one in priorities if one.is_overdue(day)]
    counts = {state: sum(one.state is state for one in priorities) for state in _ORDER}
    lead = tell("lead", n=say.number(len(priorities)), late=say.number(len(late)))
    rows = tuple((Said(tell(f"state-{state.value}")), Said(say.number(n), 0, n)) for state, n in counts.items())
    blocks: list[Block] = [
        Paragraph((Said(lead),)),
        Table(tell("overview"), (tell("state"), tell("number")), ("", "priorities"), rows),
    ]
    for one in priorities:
        blocks += _told(one, day, say)
    return Document(
        title=title or tell("title"), subtitle=tell("subtitle", day=say.day(day)), language=language,
        publisher=publisher or "vigie", day=day.isoformat(), blocks=tuple(blocks), sources=(), words=words_of(say),
        marks=(say.tell("simulated"),) if is_simulated else (),
    )  # fmt: skip


def _told(one: Priority, day: date, say: Speech) -> list[Block]:
    """One priority: what was found, what is to be done, by whom, until when, what followed."""

    def tell(code: str) -> str:
        return _texts().tell(code, say.language)

    state = tell(f"state-{one.state.value}") + (f" · {tell('overdue')}" if one.is_overdue(day) else "")
    facts = [
        ("finding", one.finding), ("source", one.source), ("measure", one.measure), ("owner", one.owner),
        ("due", say.day(date.fromisoformat(one.due))), ("state", state),
    ]  # fmt: skip
    rows = tuple((Said(tell(name)), Said(told)) for name, told in facts if told)
    table = Table(one.id, (tell("what"), tell("told")), ("", ""), rows)
    blocks: list[Block] = [Heading(f"{one.id} · {one.measure[:70]}"), table]
    for step in one.steps[1:]:
        when = say.day(datetime_of(step.at).date())
        note = f": {step.note}" if step.note else ""
        blocks.append(Paragraph((Said(f"{when} · {tell(f'verb-{step.verb.value}')}{note}"),), quiet=True))
    return blocks
