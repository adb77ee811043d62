"""The golden log on every engine: the same checksum from this process, from two, and from a cluster that loses one."""

import os
import signal
from datetime import UTC, datetime, timedelta
from importlib import import_module
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from tests.engine.test_plan import cut_into
from tests.golden.test_golden_log import DECLARED, GOLDEN, checksum, log  # noqa: F401 -- a fixture

from vigie.engine import Plan, open_engine

pytestmark = pytest.mark.shared


def plan_of(history, folder: Path) -> Plan:
    return Plan(DECLARED, cut_into(history, folder / "in", 8), folder / "out", 3)


def told_by(plan: Plan) -> str:
    tables = [pq.read_table(path) for path in plan.results]
    columns = [[value or 0 for table in tables for value in table[name].to_pylist()] for name in DECLARED.names]
    return checksum([at for table in tables for at in table["hlc"].to_pylist()], columns)


@pytest.mark.parametrize("engine", ["local", "processes:2"])
def test_every_engine_reproduces_the_golden_checksum(log, tmp_path, engine):  # noqa: F811
    plan = plan_of(log, tmp_path)
    with open_engine(engine) as opened:
        plan.run(opened)
    assert told_by(plan) == GOLDEN


@pytest.mark.soak  # starting a cluster costs more than its work: make test starts the one over TLS
@pytest.mark.filterwarnings("ignore::Warning")  # of a worker that is killed
def test_a_cluster_reproduces_it_although_a_worker_is_killed(log, tmp_path):  # noqa: F811
    distributed = pytest.importorskip("distributed")
    plan = plan_of(log, tmp_path)
    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, processes=True, host="127.0.0.1",
                                  dashboard_address=None) as cluster:  # fmt: skip
        pids = [worker.pid for worker in cluster.workers.values()]
        address = cluster.scheduler_address.removeprefix("tcp://")
        with distributed.Client(cluster) as client:
            client.run(import_module, "vigie.engine.plan")  # else the first to have loaded it does all there is
        killed = []

        def kill_one(done, whole):
            if done >= 40 and not killed:
                killed.append(pids[0])
                os.kill(pids[0], signal.SIGKILL)

        with open_engine(f"dask://{address}") as engine:
            assert engine.cores == 2
            done = plan.run(engine, kill_one)
    assert killed
    assert len({one.process for one in done}) >= 2
    assert os.getpid() not in {one.process for one in done}
    assert told_by(plan) == GOLDEN


@pytest.mark.soak
def test_a_cluster_that_is_gone_is_told_and_what_was_done_stays(log, tmp_path):  # noqa: F811
    distributed = pytest.importorskip("distributed")
    from vigie.engine import EngineLost

    plan = plan_of(log, tmp_path)
    with distributed.LocalCluster(n_workers=1, threads_per_worker=1, processes=True, host="127.0.0.1",
                                  dashboard_address=None) as cluster:  # fmt: skip
        address = cluster.scheduler_address.removeprefix("tcp://")

        def end_it(done, whole):
            if done == 4:
                cluster.close()

        with open_engine(f"dask://{address}") as engine, pytest.raises(EngineLost):
            plan.run(engine, end_it)
    made = len(list(plan.job.folder.glob("*.arrow")))
    assert made >= 4
    with open_engine() as engine:
        done = plan.run(engine)
    assert sum(one.skipped for one in done) == made
    assert told_by(plan) == GOLDEN


def certificate(folder: Path) -> dict[str, str]:
    """A certificate of its own, as a house's authority would give one to every host."""
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "vigie")])
    key = ec.generate_private_key(ec.SECP256R1())
    start = datetime(2026, 1, 1, tzinfo=UTC)
    made = (x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
            .serial_number(1).not_valid_before(start).not_valid_after(start + timedelta(days=36_500))
            .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
            .sign(key, hashes.SHA256()))  # fmt: skip
    (folder / "cert.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    (folder / "key.pem").write_bytes(key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()))  # fmt: skip
    return {"VIGIE_TLS_CA": str(folder / "cert.pem"), "VIGIE_TLS_CERT": str(folder / "cert.pem"),
            "VIGIE_TLS_KEY": str(folder / "key.pem")}  # fmt: skip


def test_a_cluster_over_tls_reproduces_it_and_refuses_who_speaks_in_the_clear(log, tmp_path, monkeypatch):  # noqa: F811
    distributed = pytest.importorskip("distributed")
    for variable, file in certificate(tmp_path).items():
        monkeypatch.setenv(variable, file)
    monkeypatch.setattr("vigie.engine.running.ANSWER_S", 3.0)
    from vigie.engine import EngineLost
    from vigie.engine.running import _certificates

    security = distributed.Security(**_certificates())
    plan = plan_of(log, tmp_path)
    with distributed.LocalCluster(n_workers=1, threads_per_worker=1, processes=True, host="tls://127.0.0.1",
                                  security=security, dashboard_address=None) as cluster:  # fmt: skip
        address = cluster.scheduler_address.removeprefix("tls://")
        with open_engine(f"dasks://{address}") as engine:
            plan.run(engine)
        with pytest.raises(EngineLost), open_engine(f"dask://{address}"):
            pass
    assert told_by(plan) == GOLDEN
