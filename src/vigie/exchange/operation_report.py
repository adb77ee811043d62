"""The closing report of a joint operation as a document, in five languages; before its end it tells how it stands."""

from collections.abc import Sequence
from datetime import date
from functools import cache

from vigie.exchange.markings import Marking
from vigie.exchange.replies import Given, OperationState
from vigie.exchange.things import JointOperation
from vigie.registry import Block, Document, Heading, Paragraph, Said, Speech, Table, words_of
from vigie.terms import Texts, datetime_of, write_moment


@cache
def _texts() -> Texts:
    return Texts.load("vigie.exchange.texts", "operations")


class _Teller:
    """Words of the report in one language."""

    def __init__(self, language: str) -> None:
        self.say = Speech(language)

    def __call__(self, code: str, **facts: str) -> str:
        return _texts().tell(code, self.say.language, **facts)

    def table(self, caption: str, columns: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> list[Block]:
        """A table of words under its heading; nothing where it has no rows."""
        if not rows:
            return []
        cells = tuple(tuple(Said(text) for text in row) for row in rows)
        head = tuple(self(one) for one in columns)
        return [Heading(self(caption)), Table(self(caption), head, ("",) * len(columns), cells)]


def closing_report(
    work: JointOperation, state: OperationState, marking: Marking, language: str, day: date, publisher: str, *,
    is_simulated: bool = False,
) -> Document:  # fmt: skip
    """Compose the report.

    Args:
        state: As far as whoever asks may read it. day: Of the report.
    """
    tell = _Teller(language)
    blocks: list[Block] = [Paragraph((Said(state.closing or tell("not-closed")),))]
    blocks += tell.table("facts", ("what", "told"), _facts(work, state, marking, tell))
    answers = [(node, tell(f"answer-{said}")) for node, said in state.answers.items()]
    blocks += tell.table("nodes", ("node", "answer"), answers)
    units = [*((marking.originator, unit) for unit in work.units), *state.units]
    blocks += tell.table("units", ("node", "unit"), units)
    blocks += tell.table("tasks", ("task", "state", "node"), [
        (one.text, tell(f"task-{one.state}"), one.node) for one in state.tasks
    ])  # fmt: skip
    blocks += tell.table("log", ("time", "node", "told"), [_line(one, tell) for one in state.log])
    return Document(
        title=tell("title", name=work.name), subtitle=tell("subtitle", day=tell.say.day(day)), language=language,
        publisher=publisher, day=day.isoformat(), blocks=tuple(blocks), sources=(), words=words_of(tell.say),
        marks=(f"TLP:{marking.tlp.name.replace('_', '+')}", *((tell.say.tell("simulated"),) if is_simulated else ())),
    )  # fmt: skip


def _facts(work: JointOperation, state: OperationState, marking: Marking, tell: _Teller) -> list[tuple[str, ...]]:
    light = f"TLP:{marking.tlp.name.replace('_', '+')} · {marking.handling.value}"
    found = (
        ("description", work.description), ("originator", marking.originator), ("stage", tell(f"stage-{state.stage}")),
        ("time", f"{write_moment(work.starts)} – {write_moment(work.ends)}"), ("case", marking.case),
        ("marking", light), ("containers", ", ".join(work.containers)),
    )  # fmt: skip
    return [(tell(name), text) for name, text in found if text]


def _line(one: Given, tell: _Teller) -> tuple[str, ...]:
    said = tell(f"word-{one.reply.word}", item=str(one.reply.item))
    when = datetime_of(one.reply.when)
    return f"{tell.say.day(when.date())} {when:%H:%M}", one.node, f"{said}: {one.reply.text}"
