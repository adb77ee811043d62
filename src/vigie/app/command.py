"""The command `vigie`."""

import os
import sys
from collections.abc import Mapping

import click

from vigie import __version__
from vigie.cli.speech import tell
from vigie.cli.tree import Lazy

COMMANDS: Mapping[str, str | Mapping[str, str | Mapping[str, str]]] = {
    "init": "cli.node:init",
    "serve": "app.service:serve_command",
    "demo": "app.demo:demo_command",
    "doctor": "cli.node:doctor",
    "completion": "app.command:completion",
    "archive": "cli.archiving:archive",
    "arrivals": {
        "import": "cli.arrivals:take_in",
        "retry": "cli.arrivals:retry",
        "list": "cli.arrivals:listed",
        "show": "cli.arrivals:show",
        "search": "cli.arrivals:search",
    },
    "risk": {
        "assess": "cli.risk:assess",
        "explain": "cli.risk:explain",
        "drift": "cli.drift:drift",
        "rederive": "cli.drift:rederive",
        "rescore": "cli.rescoring:rescore",
        "skew": "cli.rescoring:skew",
        "scans": "cli.drift:scans",
        "archive": "cli.backtest:archive",
        "backtest": "cli.backtest:backtest",
        "simulate": "cli.backtest:simulate",
        "compare": "cli.backtest:compare",
        "shadows": "cli.backtest:shadows",
        "indicators": {
            "list": "cli.indicators:listed",
            "show": "cli.indicators:show",
            "check": "cli.indicators:check",
            "draft": "cli.indicators:draft",
            "submit": "cli.indicators:submit",
            "waiting": "cli.indicators:waiting",
            "approve": "cli.indicators:approve",
            "refuse": "cli.indicators:refuse",
            "withdraw": "cli.indicators:withdraw",
            "shadow": "cli.indicators:shadow",
            "live": "cli.indicators:live",
            "retire": "cli.indicators:retire",
            "diff": "cli.indicators:diff",
            "import": "cli.indicators:take_rules",
            "export": "cli.indicators:export",
        },
        "policy": {
            "list": "cli.policy:listed",
            "show": "cli.policy:show",
            "check": "cli.policy:check",
            "draft": "cli.policy:draft",
            "submit": "cli.policy:submit",
            "approve": "cli.policy:approve",
            "refuse": "cli.policy:refuse",
            "withdraw": "cli.policy:withdraw",
            "live": "cli.policy:live",
            "retire": "cli.policy:retire",
            "diff": "cli.policy:diff",
        },
        "train": "cli.models:train",
        "evaluate": "cli.models:evaluate",
        "models": {
            "list": "cli.models:listed",
            "show": "cli.models:show",
            "submit": "cli.models:submit",
            "approve": "cli.models:approve",
            "refuse": "cli.models:refuse",
            "withdraw": "cli.models:withdraw",
            "shadow": "cli.models:shadow",
            "live": "cli.models:live",
            "retire": "cli.models:retire",
        },
        "watch": "cli.risk:watch",
        "watchlists": "cli.risk:watchlists",
    },
    "selection": {
        "plan": "cli.selection:plan",
        "capacity": "cli.selection:capacity",
        "commit": "cli.selection:commit",
        "reveal": "cli.selection:reveal",
        "verify": "cli.selection:verify",
        "order": "cli.selection:order",
        "acknowledge": "cli.selection:acknowledge",
    },
    "scanning": {
        "import": "cli.scanning:take_in",
        "list": "cli.scanning:listed",
        "show": "cli.scanning:show",
        "assign": "cli.scanning:assign",
        "export": "cli.scanning:export",
        "worklist": "cli.scanning_reading:worklist",
        "claim": "cli.scanning_reading:claim",
        "release": "cli.scanning_reading:release",
        "read": "cli.scanning_reading:read",
        "agreement": "cli.scanning_reading:agreement",
        "train": "cli.scanning_models:train",
        "evaluate": "cli.scanning_models:evaluate",
        "promote": "cli.scanning_models:promote",
        "models": {
            "list": "cli.scanning_models:listed",
            "submit": "cli.scanning_models:submit",
            "approve": "cli.scanning_models:approve",
            "refuse": "cli.scanning_models:refuse",
            "withdraw": "cli.scanning_models:withdraw",
            "shadow": "cli.scanning_models:shadow",
            "live": "cli.scanning_models:live",
            "retire": "cli.scanning_models:retire",
        },
        "package": {
            "make": "cli.scanning_packages:make",
            "send": "cli.scanning_packages:send",
            "list": "cli.scanning_packages:listed",
            "import": "cli.scanning_packages:take",
        },
        "scanners": {
            "list": "cli.scanners:listed",
            "show": "cli.scanners:show",
            "keep": "cli.scanners:keep",
            "calibrate": "cli.scanners:calibrate",
            "test": "cli.scanners:test",
            "measure": "cli.scanners:measure",
        },
    },
    "inspections": {"record": "cli.inspections:record"},
    "tracking": {
        "release": {
            "issue": "cli.release:issue",
            "transfer": "cli.release:transfer",
            "accept": "cli.release:accept",
            "key": "cli.release:key",
            "commit": "cli.release:commit",
            "present": "cli.release:present",
            "refuse": "cli.release:refuse",
            "revoke": "cli.release:revoke",
            "override": "cli.release:override",
            "confirm": "cli.release:confirm",
            "list": "cli.release:listed",
            "show": "cli.release:show",
            "alerts": "cli.release:alerts",
            "import": "cli.release:take_in",
            "sender": "cli.release:sender",
        },
        "show": "cli.tracking:show",
        "reconcile": "cli.tracking:reconcile",
        "clones": "cli.tracking:clones",
        "silent": "cli.tracking:silent",
    },
    "world": {"generate": "cli.world:generate"},
    "audit": {"verify": "cli.audit:verify", "list": "cli.audit:listed",
              "readers": "cli.canaries:readers", "canaries": "cli.canaries:canaries", "plant": "cli.canaries:plant"},
    "store": {"copy": "cli.store:copied"},
    "erasure": {
        "request": "cli.erasure:request",
        "confirm": "cli.erasure:confirm",
        "refuse": "cli.erasure:refuse",
        "withdraw": "cli.erasure:withdraw",
        "list": "cli.erasure:listed",
    },
    "parties": {
        "find": "cli.parties:find",
        "merge": "cli.parties:merge",
        "part": "cli.parties:part",
        "merges": "cli.parties:merges",
    },
    "registry": {
        "record": "cli.registry:record",
        "import": "cli.registry:take_in",
        "answer": "cli.registry:answer",
        "list": "cli.registry:listed",
        "show": "cli.registry:show",
        "merge": "cli.registry:merge",
        "split": "cli.registry:split",
        "change": "cli.registry:change",
        "figures": {
            "check": "cli.registry_figures:check",
            "compare": "cli.registry_figures:compare",
            "import": "cli.registry_figures:take_in",
            "list": "cli.registry_figures:listed",
            "show": "cli.registry_figures:show",
            "publish": "cli.registry_figures:publish",
            "published": "cli.registry_figures:published",
        },
        "bulletin": "cli.bulletin:bulletin",
        "dossier": "cli.dossier:dossier",
    },
    "exchange": {
        "send": "cli.exchange:send",
        "drafts": "cli.exchange:drafts",
        "approve": "cli.exchange:approve",
        "inbox": "cli.exchange:inbox",
        "outbox": "cli.exchange:outbox",
        "retract": "cli.exchange:retract",
        "answers": "cli.exchange:answers",
        "partners": "cli.exchange:partners",
        "deliveries": "cli.exchange:deliveries",
        "token": "cli.exchange:token",
        "bundle": {"make": "cli.exchange:make", "take": "cli.exchange:take"},
        "show": "cli.operations:show",
        "preview": "cli.operations:preview",
        "requests": "cli.operations:requests",
        "following": {"list": "cli.following:listed", "show": "cli.following:show", "add": "cli.following:add",
                      "remove": "cli.following:remove"},
        "reply": "cli.operations:reply",
        "hold": {"ask": "cli.operations:hold_ask", "confirm": "cli.operations:hold_confirm",
                 "lift": "cli.operations:hold_lift"},
        "operations": {"list": "cli.operations:listed", "step": "cli.operations:step",
                       "report": "cli.operations:report"},
        "trainings": {"list": "cli.operations:trainings", "complete": "cli.operations:complete",
                      "report": "cli.operations:training_report"},
        "verify": "cli.exchange:verify",
    },
    "federation": {
        "init": "cli.federation:init",
        "join": "cli.federation:join",
        "show": "cli.federation:show",
        "resume": "cli.federation:resume",
        "believe": "cli.federation:believe",
    },
    "trends": {
        "monitor": "cli.trends:monitor",
        "displacement": "cli.trends:displacement",
        "routes": "cli.trends:routes",
        "statistics": "cli.trends:statistics",
    },
    "ports": {
        "access": {"import": "cli.ports:take_in"},
        "insiders": "cli.ports:insiders",
        "open": "cli.ports:ask",
        "confirm": "cli.ports:confirm",
        "refuse": "cli.ports:refuse",
        "withdraw": "cli.ports:withdraw",
        "openings": "cli.ports:openings",
        "priorities": {
            "list": "cli.priorities:listed",
            "show": "cli.priorities:show",
            "raise": "cli.priorities:propose",
            "amend": "cli.priorities:amend",
            "follow": "cli.priorities:follow",
            "finish": "cli.priorities:finish",
            "drop": "cli.priorities:drop",
            "reopen": "cli.priorities:reopen",
            "report": "cli.priorities:report",
        },
        "figures": "cli.ports:figures",
    },
    "officers": {
        "add": "cli.officers:add",
        "list": "cli.officers:listed",
        "link": "cli.officers:link",
        "deactivate": "cli.officers:deactivate",
    },
}
"""Name to `module:function` below `vigie`, or to the verbs of a noun."""


def root() -> click.Group:
    """Build the tree of commands; nothing is imported before it is called."""
    group = Lazy(COMMANDS, name="vigie", help=tell("help.vigie"))
    return click.version_option(__version__, prog_name="vigie")(group)


@click.command("completion")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> None:
    from click.shell_completion import get_completion_class

    made = get_completion_class(shell)
    if made is None:  # click knows the three shells of the choice
        sys.exit(os.EX_UNAVAILABLE)
    click.echo(made(root(), {}, "vigie", "_VIGIE_COMPLETE").source())


def main() -> None:
    """Run the command line; a fault nobody foresaw leaves with exit code 4 and its trace.

    Libraries of numbers get one thread, here and in every child, unless the environment says otherwise.
    """
    from vigie.node.threads import ONE_THREAD

    for name, count in ONE_THREAD.items():
        os.environ.setdefault(name, count)
    try:
        root().main(prog_name="vigie")
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
    except Exception:  # noqa: BLE001 - the outermost frame: whatever nobody foresaw is a fault, and is shown whole
        from vigie.cli.output import FAULT

        sys.excepthook(*sys.exc_info())
        sys.exit(FAULT)
