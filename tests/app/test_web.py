"""The application of a node: pages packed for the wire, guarded, and closed in order."""

from tests.console.browsing import browse

from vigie.app.web import create_app
from vigie.node import FixedClock, build, load_settings
from vigie.terms import Moment


def test_pages_are_packed_and_guarded(tmp_path: object) -> None:
    settings = load_settings(environment={}, home=tmp_path / "home")  # type: ignore[operator]
    with build(settings, clock=FixedClock(Moment(1_700_000_000_000_000))) as node, browse(create_app(node)) as client:
        page = client.get("/sign-in/abc", headers={"accept-encoding": "gzip"})
        assert page.status_code == 200
        assert page.headers["content-security-policy"].startswith("default-src 'none'")
        assert client.post("/sign-out", headers={"sec-fetch-site": "cross-site"}).status_code == 403
        described = client.get("/api/openapi.json").json()
        assert described["openapi"].startswith("3.1")
        assert described["paths"]
        assert client.get("/help", headers={"accept-encoding": "gzip"}).status_code == 303
