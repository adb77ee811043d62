"""Training: the own record, a quiz picture by picture, and what was in each once it is answered."""

from starlette.responses import Response

from vigie.console.pages import Asked, Pages, Said, done
from vigie.console.scanning import PLAIN, RAW, regions_of
from vigie.console.scanning_keys import KEYED, keys_of
from vigie.console.scanning_words import words_of
from vigie.desk import reading_training as desk
from vigie.desk import scanning_elsewhere
from vigie.scanning import QuizAnswer, Sighting
from vigie.terms import SECOND, BadRequest

STORED = "private, no-store"
"""A training picture is kept by no browser."""


def page(asked: Asked, pages: Pages) -> Response:
    """The own record, and the way into a quiz."""
    view = desk.room(asked.officer, asked.node, asked.purpose)
    return pages.page(asked, "scanning/train.html", view=view, record=view.record, pictures=desk.PICTURES)


def start(asked: Asked, pages: Pages) -> Response:
    """Begin a quiz."""
    view = desk.start(asked.officer, asked.node, purpose=asked.purpose)
    return done(f"/scanning/train/{view.quiz}/{view.next}")


def _where(asked: Asked) -> tuple[str, int]:
    return asked.request.path_params["quiz"], asked.request.path_params["item"]


def item(asked: Asked, pages: Pages) -> Response:
    """One picture: asked, or revealed."""
    quiz, number = _where(asked)
    view = desk.item(asked.officer, quiz, number, asked.node, asked.purpose)
    where = f"/scanning/train/{quiz}/{number}"
    frames = {"preview": "", "high": f"{where}/frames/high",
              "low": f"{where}/frames/low" if len(view.energies_mev) > 1 else ""}  # fmt: skip
    tell, told = pages.teller(asked.officer.language), view.answered
    marked = [] if told is None or not told.kg else [{"box": list(told.truth), "text": tell("train-say-threat")}]
    after = number + 1 if number + 1 < view.pictures else -1
    return pages.page(
        asked, "scanning/train_item.html", view=view, frames=frames, keys=keys_of(asked.preferences), acts=KEYED,
        words=words_of(tell), marked=marked, sightings=[one.value for one in Sighting], after=after, way="",
        began=asked.frame.now,
    )  # fmt: skip


def frame(asked: Asked, pages: Pages) -> Response:
    """One picture to the last count, with the mark that it is projected."""
    quiz, number = _where(asked)
    energy = asked.request.path_params["energy"]
    body = scanning_elsewhere.quiz_counts(asked.officer, quiz, number, energy, asked.node, asked.purpose)
    return Response(body, media_type=RAW, headers={"cache-control": STORED} | PLAIN)


def answer(asked: Asked, pages: Pages) -> Response:
    """Keep an answer, or whether the picture looked real."""
    quiz, number = _where(asked)
    where = f"/scanning/train/{quiz}/{number}"
    if real := asked.field("real"):
        desk.judge_real(asked.officer, quiz, number, real == "yes", asked.node, asked.purpose)
        return done(where, Said("said-real"))
    said, began = asked.field("verdict"), asked.field("began")
    if said not in ("threat", "none"):
        raise BadRequest(reason="unknown-choice", field="verdict")
    places = tuple((one.x, one.y, one.width, one.height) for one in regions_of(asked))
    seconds = (asked.frame.now - int(began)) / SECOND if began.isdecimal() and len(began) < 19 else 0.0
    told = QuizAnswer(said == "threat", places if said == "threat" else (), max(0.0, min(seconds, 3600.0)))
    desk.answer(asked.officer, quiz, number, told, asked.node, asked.purpose)
    return done(where)
