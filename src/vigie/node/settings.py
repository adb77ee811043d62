"""What can be set about a node: each setting is defined once, here, with its type, default and meaning.

A setting comes from, in this order: the call, the environment (`VIGIE_` and the name in capitals), `vigie.toml`, the
default. `DATABASE_URL` is read as the environment's `store` where `VIGIE_STORE` is absent.
"""

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any
from zoneinfo import available_timezones

import msgspec
from msgspec import Meta

from vigie.terms import Language, VigieError

PREFIX = "VIGIE_"
FILE = "vigie.toml"


class BadSetting(VigieError):
    """A setting is unknown, or its value has not the type or range it needs."""

    code = "bad-setting"


class Settings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The settings of one node; the description of each stands in its own line."""

    home: Annotated[Path, Meta(description="Folder of the node: store, keys, blobs, logs.")] = Path("~/.vigie")
    store: Annotated[str, Meta(description="Store: empty for SQLite in `home`, else `sqlite:///file` or `postgresql://...`.")] = ""  # noqa: E501
    replica_url: Annotated[str, Meta(description="Streaming replica of the store, `postgresql://...`, of which lists, search and statistics are read; empty for none.")] = ""  # noqa: E501
    replica_lag_s: Annotated[float, Meta(description="Most seconds the replica may be behind; else the store itself is read.", gt=0, le=60)] = 2.0  # noqa: E501
    keys: Annotated[str, Meta(description="Key file, outside the store; empty for `keys.json` in `home`.")] = ""
    name: Annotated[str, Meta(description="Name of the node, as officers see it.", min_length=1, max_length=60)] = "vigie"  # noqa: E501
    sites: Annotated[tuple[str, ...], Meta(description="Ports of the node, UN/LOCODE, separated by commas.")] = ()
    zone: Annotated[str, Meta(description="IANA time zone in which the console shows moments.")] = "Europe/Brussels"
    language: Annotated[Language, Meta(description="Language where an officer has chosen none.")] = Language.EN
    host: Annotated[str, Meta(description="Address the web service listens on.")] = "127.0.0.1"
    port: Annotated[int, Meta(description="Port the web service listens on.", ge=1, le=65535)] = 8420
    public_url: Annotated[str, Meta(description="Address officers type; empty for `http://host:port`.")] = ""
    web_workers: Annotated[int, Meta(description="Processes that serve the web service; more than 1 wants PostgreSQL.", ge=1, le=64)] = 1  # noqa: E501
    exchange_host: Annotated[str, Meta(description="Address the listener for partners takes.")] = "127.0.0.1"
    exchange_port: Annotated[int, Meta(description="Port the listener for partners takes, once the node has joined a federation; 0 for none.", ge=0, le=65535)] = 8421  # noqa: E501
    exchange_url: Annotated[str, Meta(description="Address partners are told, `https://host:port`; empty for `exchange_host` and `exchange_port`, `-` where they cannot reach the node.")] = ""  # noqa: E501
    group_ms: Annotated[int, Meta(description="Longest wait of the sequencer to commit entries together, ms.", ge=0, le=1000)] = 20  # noqa: E501
    batch: Annotated[int, Meta(description="Most messages parts that the sequencer commits together.", ge=1, le=20_000)] = 1000  # noqa: E501
    workers: Annotated[int, Meta(description="Child processes that work off the outbox.", ge=0, le=64)] = 1
    second_core: Annotated[bool, Meta(description="Let a child process read and judge while much waits.")] = True
    nightly: Annotated[bool, Meta(description="Compare each day's stored features with the log in the night after it.")] = True  # noqa: E501
    warn_hours: Annotated[int, Meta(description="Hours before its deadline at which a selected box gives a notice.", ge=1, le=240)] = 4  # noqa: E501
    session_hours: Annotated[int, Meta(description="Hours after which an officer signs in again.", ge=1, le=720)] = 12
    link_minutes: Annotated[int, Meta(description="Minutes for which a one-time sign-in link is good.", ge=1, le=1440)] = 60  # noqa: E501
    scan_folder: Annotated[str, Meta(description="Folder into which scanners write, watched while the node runs; empty for none.")] = ""  # noqa: E501
    log_format: Annotated[str, Meta(description="`console` or `json`.", pattern="^(console|json)$")] = "console"
    log_level: Annotated[str, Meta(description="`debug`, `info`, `warning` or `error`.", pattern="^(debug|info|warning|error)$")] = "info"  # noqa: E501
    simulated: Annotated[bool, Meta(description="Everything in the node is invented; every page says so.")] = False
    clock_rate: Annotated[float, Meta(description="Seconds the node's clock runs per second; other than 1 only where simulated.", gt=0, le=3600)] = 1.0  # noqa: E501
    clock_start: Annotated[int, Meta(description="Moment (µs) the node's clock starts at; 0 for now; only where simulated.", ge=0)] = 0  # noqa: E501

    @property
    def store_url(self) -> str:
        """Where the store is."""
        return self.store or f"sqlite:///{self.home / 'vigie.db'}"

    @property
    def key_file(self) -> Path:
        """Where the keys are."""
        return Path(self.keys).expanduser() if self.keys else self.home / "keys.json"

    @property
    def address(self) -> str:
        """What an officer types to get to the console."""
        return (self.public_url or f"http://{self.host}:{self.port}").rstrip("/")

    @property
    def exchange_address(self) -> str:
        """Where partners reach the node; empty where they cannot."""
        if self.exchange_url == "-" or not self.exchange_port:
            return ""
        return self.exchange_url.rstrip("/") or f"https://{self.exchange_host}:{self.exchange_port}"


class Setting(msgspec.Struct, frozen=True):
    """One line of the reference of settings."""

    name: str
    environment: str
    kind: str
    default: str
    meaning: str


def load_settings(
    path: Path | None = None, environment: Mapping[str, str] | None = None, **given: object
) -> Settings:
    """Gather the settings of a node.

    Args:
        path: A `vigie.toml`; None looks in the current folder and then in `home`.
        environment: Instead of the process's own. given: Values that come before all others.

    Raises:
        BadSetting: An unknown name in the file, in `VIGIE_...` or in the call; a value of the wrong type or range.
    """
    env = os.environ if environment is None else environment
    values = _from_environment(env) | given
    read = _from_file(_file(path, str(values.get("home", Settings().home))))
    settings = _made(read | values)
    if settings.zone not in available_timezones():
        raise BadSetting(setting="zone", reason="no such time zone")
    if not settings.simulated and (settings.clock_rate != 1.0 or settings.clock_start):
        raise BadSetting(setting="clock_rate", reason="only a simulated node has its own clock")
    if settings.web_workers > 1 and not settings.store_url.startswith(("postgresql://", "postgres://")):
        raise BadSetting(setting="web_workers", reason="several processes serve a node on PostgreSQL only")
    if settings.web_workers > 1 and (settings.clock_rate != 1.0 or settings.clock_start):
        raise BadSetting(setting="web_workers", reason="a clock of its own runs in one process only")
    return settings


def reference() -> tuple[Setting, ...]:
    """List all settings, for the generated page."""
    blank = Settings()
    kinds = {field.name: field.type for field in msgspec.structs.fields(Settings)}
    return tuple(
        Setting(name, PREFIX + name.upper(), _kind(kinds[name]), _written(getattr(blank, name)), _meaning(kinds[name]))
        for name in Settings.__struct_fields__
    )


def _made(values: dict[str, Any]) -> Settings:
    unknown = values.keys() - set(Settings.__struct_fields__)
    if unknown:
        raise BadSetting(setting=min(unknown), reason="unknown")
    try:
        made = msgspec.convert(_ready(values), Settings, strict=False, dec_hook=_hook)
    except msgspec.ValidationError as fault:
        where = str(fault).rpartition("`$.")[2].rstrip("`").split("[")[0] if "`$." in str(fault) else ""
        raise BadSetting(setting=where, reason=str(fault).split(" - at")[0]) from None
    return msgspec.structs.replace(made, home=made.home.expanduser())


def _ready(values: dict[str, Any]) -> dict[str, Any]:
    sites = values.get("sites")
    if isinstance(sites, str):
        return values | {"sites": tuple(site for site in sites.replace(",", " ").upper().split())}
    return values


def _hook(kind: type, raw: object) -> object:
    if kind is Path and isinstance(raw, str | Path):
        return Path(raw)
    raise NotImplementedError


def _from_environment(env: Mapping[str, str]) -> dict[str, Any]:
    found: dict[str, Any] = {
        name.removeprefix(PREFIX).lower(): value for name, value in env.items() if name.startswith(PREFIX)
    }
    # `VIGIE_COMPLETE` belongs to the shell completion of the command, which shares the prefix.
    found.pop("complete", None)
    for name in ("tls_ca", "tls_cert", "tls_key"):  # of the cluster's engine, read where it is opened
        found.pop(name, None)
    if "store" not in found and env.get("DATABASE_URL"):
        found["store"] = env["DATABASE_URL"]
    return found


def _file(path: Path | None, home: str) -> Path | None:
    if path is not None:
        return path
    return next((file for file in (Path(FILE), Path(home).expanduser() / FILE) if file.is_file()), None)


def _from_file(path: Path | None) -> dict[str, Any]:
    if path is None:
        return {}
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError:
        raise BadSetting(setting=FILE, reason="cannot be read") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError):
        raise BadSetting(setting=FILE, reason="is not TOML") from None


def _kind(annotated: Any) -> str:
    plain = annotated.__origin__
    if isinstance(plain, type) and issubclass(plain, Language):
        return " | ".join(Language)
    return "list" if "tuple" in str(plain) else {"str": "text", "int": "whole number", "float": "number",
                                                  "bool": "true | false"}.get(plain.__name__, "path")  # fmt: skip


def _meaning(annotated: Any) -> str:
    return next(str(meta.description) for meta in annotated.__metadata__)


def _written(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return ",".join(value) if isinstance(value, tuple) else str(value)
