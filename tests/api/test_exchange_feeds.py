import pytest
from tests.api.conftest import Asking
from tests.desk.federated import BE, NL, a_marking, federate
from tests.desk.port import ADA, ANN
from tests.exchange.told import THINGS

from vigie.api.exchange_feeds import create_feeds
from vigie.desk import exchange as telling
from vigie.desk.exchange_taxii import give_token


@pytest.fixture
def node(tmp_path):
    made = federate(tmp_path, BE, NL)
    yield made[BE]
    for one in made.values():
        one.close()


def test_feeds_are_for_holders_of_a_token(node):
    id = telling.send(ANN, THINGS[0], a_marking(), node).id
    client, header = Asking(create_feeds(node)), {"authorization": f"Bearer {give_token(ADA, NL, node)}"}
    paths = ("/things.csv", "/misp/manifest.json", f"/misp/{id.partition('--')[2]}.json")
    assert [client.get(path).status_code for path in paths] == [401] * 3
    answers = [client.get(path, headers=header) for path in paths]
    assert [one.status_code for one in answers] == [200] * 3
    assert id in answers[0].text
    assert list(answers[1].json()) == [answers[2].json()["Event"]["uuid"]]
    assert client.get("/misp/nothing.json", headers=header).status_code == 404
    client.close()
