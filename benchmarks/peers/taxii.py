"""Another TAXII server in the same way as ours is measured: server and client in one process, over HTTP on this machine.

Run by the peers' own Python: `taxii.py medallion|opentaxii OBJECTS FOLDER`; prints one JSON object. Objects have some 560 bytes,
as ours. medallion looks through its manifest for each object of a page, so few objects show its pace.
"""

import json
import sys
import threading
import time
from base64 import b64encode
from http.client import HTTPConnection
from pathlib import Path
from uuid import UUID

PAGE = 1_000
WHEN = "2026-11-22T12:00:%02d.%03dZ"
COLLECTION = "365fed99-08fa-4dcd-a1b3-fb247eb41d01"
MEDIA = "application/taxii+json;version=2.1"


def objects(count: int) -> list[dict[str, object]]:
    """Ways of hiding, as STIX objects."""
    return [
        {"type": "attack-pattern", "spec_version": "2.1", "id": f"attack-pattern--{UUID(int=number + 1, version=4)}",
         "created": WHEN % (number // 1000 % 60, number % 1000), "modified": WHEN % (number // 1000 % 60, number % 1000),
         "name": "rip-on in the reefer", "description": "bags behind the evaporator, two screws are new. " * 6}
        for number in range(count)
    ]  # fmt: skip


def medallion(told: list[dict[str, object]], folder: Path) -> tuple[object, str]:
    """medallion 3.0.0 in memory, everything in it from the start."""
    from medallion import application_instance, load_app

    media = "application/stix+json;version=2.1"
    manifest = [{"id": one["id"], "date_added": str(one["created"])[:-1] + "000Z", "version": one["modified"], "media_type": media} for one in told]
    dated = [{**one, "_date_added": row["date_added"]} for one, row in zip(told, manifest, strict=True)]
    data = {
        "/discovery": {"title": "bench", "default": "http://localhost/api/", "api_roots": ["http://localhost/api/"]},
        "api": {
            "information": {"title": "bench", "versions": [MEDIA], "max_content_length": 9_765_625}, "status": [],
            "collections": [{"id": COLLECTION, "title": "bench", "can_read": True, "can_write": True, "media_types": [media],
                             "objects": dated, "manifest": manifest}],
        },
    }  # fmt: skip
    (folder / "data.json").write_text(json.dumps(data))
    backend = {"module": "medallion.backends.memory_backend", "module_class": "MemoryBackend", "filename": str(folder / "data.json")}
    settings = {"backend": backend, "users": {"bench": "bench"}, "taxii": {"max_page_size": PAGE}}
    (folder / "config.json").write_text(json.dumps(settings))
    load_app(str(folder / "config.json"))
    return application_instance, f"/api/collections/{COLLECTION}/objects/"


def opentaxii(told: list[dict[str, object]], folder: Path) -> tuple[object, str]:
    """OpenTAXII 0.9.3 on SQLite, everything in it from the start."""
    import yaml
    from opentaxii.config import ServerConfig
    from opentaxii.middleware import create_app
    from opentaxii.server import TAXIIServer

    database = {"db_connection": f"sqlite:///{folder}/data.db", "create_tables": True}
    config = {
        "auth_api": {"class": "opentaxii.auth.sqldb.SQLDatabaseAPI",
                     "parameters": {**database, "db_connection": f"sqlite:///{folder}/auth.db", "secret": "bench"}},
        "taxii1": None,
        "taxii2": {"max_content_length": 9_765_625, "title": "bench", "public_discovery": True, "allow_custom_properties": True,
                   "persistence_api": {"class": "opentaxii.persistence.sqldb.Taxii2SQLDatabaseAPI", "parameters": database}},
        "logging": {"root": "error"},
    }  # fmt: skip
    (folder / "config.yml").write_text(yaml.safe_dump(config))
    server = TAXIIServer(ServerConfig(extra_configs=[str(folder / "config.yml")]))
    app = create_app(server)
    kept = server.servers.taxii2.persistence.api
    with app.app_context():
        root = kept.add_api_root(title="bench", default=True, is_public=True)
        one = kept.add_collection(api_root_id=root.id, title="bench", is_public=True, is_public_write=True)
        for start in range(0, len(told), 500):
            kept.add_objects(root.id, one.id, told[start : start + 500])
    return app, f"/taxii2/{root.id}/collections/{one.id}/objects/"


def asked(line: HTTPConnection, path: str) -> tuple[bytes, str]:
    """An answer, and the moment of its last object. medallion asks who it is; OpenTAXII's collection is open."""
    who = {} if path.startswith("/taxii2/") else {"Authorization": "Basic " + b64encode(b"bench:bench").decode()}
    line.request("GET", path, headers={"Accept": MEDIA, **who})
    answer = line.getresponse()
    body = answer.read()
    assert answer.status == 200, (answer.status, body[:300])
    return body, answer.getheader("X-TAXII-Date-Added-Last") or answer.getheader("X-TAXII-Date-Added-First") or ""


def measured(port: int, path: str, count: int) -> dict[str, object]:
    """Objects a second of polling all, and milliseconds of a poll that brings nothing."""
    line = HTTPConnection("127.0.0.1", port)
    begun, found, after, last = time.perf_counter(), 0, "", ""
    while True:
        raw, last = asked(line, f"{path}?limit={PAGE}" + (f"&next={after}" if after else ""))
        told = json.loads(raw)
        found += len(told.get("objects", ()))
        after = told.get("next", "")
        if not told.get("more") or not after:
            break
    spent = time.perf_counter() - begun
    assert found == count, (found, count)
    waits = []
    for _ in range(3):
        begun = time.perf_counter()
        assert not json.loads(asked(line, f"{path}?added_after={last}")[0]).get("objects")
        waits.append((time.perf_counter() - begun) * 1e3)
    return {"objects": count, "polled": count / spent, "empty_ms": sorted(waits)[1]}


def main(name: str, count: str, folder: str) -> None:
    """Serve, ask, print."""
    from werkzeug.serving import WSGIRequestHandler, make_server

    WSGIRequestHandler.log_request = lambda *said, **more: None  # type: ignore[method-assign,assignment]
    app, path = {"medallion": medallion, "opentaxii": opentaxii}[name](objects(int(count)), Path(folder))
    server = make_server("127.0.0.1", 0, app, threaded=True)  # type: ignore[arg-type]
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(json.dumps(measured(server.server_port, path, int(count))))
    server.shutdown()


if __name__ == "__main__":
    main(*sys.argv[1:])
