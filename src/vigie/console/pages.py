"""From a template and an answer of the desk to a page: texts, formats, frame, and what was just said."""

import base64
import binascii
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec
from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from vigie.console.bundle import Bundle
from vigie.console.rail import KEYS, rail_for
from vigie.console.shown import Shown
from vigie.desk import officers
from vigie.desk.gate import may
from vigie.desk.views import Frame, Preferences
from vigie.risk import Catalogue, load_catalogue, typology_text
from vigie.terms import Fact, Language, Officer, Purpose, Texts, error_text

if TYPE_CHECKING:
    from vigie.node import Node

TABLES = (
    "shell", "words", "today", "arrivals", "container", "selection", "watchlists", "indicators", "audit", "search",
    "signin", "help", "terminal", "models", "drift", "readers", "backtest", "policy",
    "erasure", "parties", "ports", "release", "moves", "conclusions", "registry", "trends",
    "exchange", "scanning", "scan_words", "scan_pages", "training",
)
SAID = "vigie-said"
SAID_S = 60  # a message that no page fetched within a minute is not worth showing


class Said(msgspec.Struct, frozen=True, omit_defaults=True):
    """What the last act did, told once on the next page. undo: Where a form takes it back, and the form's fields."""

    code: str
    facts: dict[str, Fact] = {}
    undo: str = ""
    fields: dict[str, list[str]] = {}


@dataclass(frozen=True, slots=True)
class Asked:
    """One request of a signed-in officer."""

    request: Request
    node: "Node"
    officer: Officer
    frame: Frame
    preferences: Preferences
    form: FormData
    token: str

    @property
    def purpose(self) -> Purpose:
        """What the officer looks for: targeting, where cleared for it."""
        cleared = self.officer.purposes
        return Purpose.TARGETING if Purpose.TARGETING in cleared or not cleared else cleared[0]

    def may(self, act: str) -> bool:
        """Whether the officer may do an act at all, for any purpose of theirs; the desk asks again when it is done."""
        return any(may(self.officer, act, purpose) for purpose in self.officer.purposes)

    @property
    def colleagues(self) -> list[Officer]:
        """The officers a demonstration can switch to; nobody elsewhere."""
        return [one for one in officers.demo_officers(self.node) if one.id != self.officer.id]

    @property
    def here(self) -> str:
        """The address of this page on this host."""
        query = self.request.url.query
        return f"{self.request.url.path}?{query}" if query else self.request.url.path

    @property
    def is_partial(self) -> bool:
        """Whether only a fragment of the page is wanted."""
        return self.request.headers.get("hx-request-type") == "partial"

    def field(self, name: str) -> str:
        """One field of the form as text, without blanks around it."""
        value = self.form.get(name, "")
        return value.strip() if isinstance(value, str) else ""

    def fields(self, name: str) -> list[str]:
        """All values of one field."""
        return [value for value in self.form.getlist(name) if isinstance(value, str)]


@dataclass(frozen=True, slots=True)
class Pages:
    """Everything a page is made of, built once per application."""

    environment: Environment
    texts: Texts
    bundle: Bundle
    catalogue: Catalogue

    @classmethod
    def load(cls) -> "Pages":
        """Read templates, texts and bundle from the package."""
        environment = Environment(
            loader=PackageLoader("vigie.console", "templates"),
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
            undefined=StrictUndefined,
        )
        own = Texts.load("vigie.console.texts", *TABLES)
        errors = Texts.load("vigie.terms.texts", "errors")
        table = dict(own.table) | {f"error-{code}": told for code, told in errors.table.items()}
        return cls(environment, Texts(table), Bundle.load(), load_catalogue())

    def teller(self, language: str) -> Callable[..., str]:
        """The function `t(code, **facts)` of the templates."""

        def tell(code: str, **facts: Fact) -> str:
            return self.texts.tell(code, language, **facts)

        return tell

    def worder(self, language: str) -> Callable[[str, object], str]:
        """The function `word(list, value)`: a code in words; one that no list knows stays as it is written."""

        def word(kind: str, value: object) -> str:
            code = f"{kind}-{value}"
            return self.texts.tell(code, language) if code in self.texts.table else str(value)

        return word

    def fragment(self, asked: Asked, template: str, /, **values: object) -> HTMLResponse:
        """A part of a page, without the frame."""
        return HTMLResponse(self._written(asked, template, values), headers={"vary": "HX-Request-Type, HX-Target"})

    def page(self, asked: Asked, template: str, /, **values: object) -> HTMLResponse:
        """A whole page; what was just said is told on it, once."""
        said = read_said(asked.request.cookies.get(SAID, ""), self.texts)
        answer = HTMLResponse(
            self._written(asked, template, values | {"said": said}),
            headers={"vary": "HX-Request-Type, HX-Target"},
        )
        if SAID in asked.request.cookies:
            answer.delete_cookie(SAID, path="/")
        return answer

    def bare(self, template: str, language: str, status: int = 200, **values: object) -> HTMLResponse:
        """A page for somebody who is not signed in."""
        context = self._common(language) | {"asked": None, "said": None} | values
        return HTMLResponse(self.environment.get_template(template).render(context), status_code=status)

    def _common(self, language: str) -> dict[str, Any]:
        return {
            "t": self.teller(language),
            "word": self.worder(language),
            # A reason above the officer's clearance shows its weight alone: no name, no typology.
            "typology": lambda code: typology_text(code, language, self.catalogue) if code else "",
            "fault": lambda error: error_text(error, language),
            "language": language,
            "languages": [str(one) for one in Language],
            "static": self.bundle.href,
        }

    def _written(self, asked: Asked, template: str, values: Mapping[str, object]) -> str:
        show = Shown(asked.officer.language, zone_of(asked.frame.zone), asked.frame.now)
        context = self._common(asked.officer.language) | {
            "asked": asked,
            "officer": asked.officer,
            "frame": asked.frame,
            "preferences": asked.preferences,
            "path": asked.request.url.path,
            "rail": rail_for(asked.may),
            "key_map": KEYS,
            "show": show,
        }
        return self.environment.get_template(template).render(context | dict(values))


def zone_of(name: str) -> ZoneInfo:
    """The time zone of a node; UTC where the machine does not know the name."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")


def read_said(raw: str, texts: Texts) -> Said | None:
    """Read the message cookie; whatever an officer's own browser may have made of it, only known texts are told."""
    try:
        said = msgspec.json.decode(base64.urlsafe_b64decode(raw), type=Said) if raw else None
    except (msgspec.MsgspecError, binascii.Error, ValueError):
        return None
    known = said is not None and said.code.startswith("said-") and said.code in texts.table
    return said if known and said is not None and (not said.undo or said.undo.startswith("/")) else None


def done(where: str, said: Said | None = None) -> Response:
    """Send the officer on after an act, with a message for the next page."""
    answer = RedirectResponse(where, status_code=303)
    if said is not None:
        told = base64.urlsafe_b64encode(msgspec.json.encode(said)).decode()
        answer.set_cookie(SAID, told, max_age=SAID_S, path="/", httponly=True, samesite="strict")
    return answer


def back(asked: Asked, otherwise: str) -> str:
    """The page of this host the officer came from, as a path; another where it is not told."""
    told = asked.field("back")
    return told if told.startswith("/") and not told.startswith(("//", "/\\")) else otherwise
