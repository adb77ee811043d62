from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vigie.node import BadSetting, Settings, load_settings, reference


def loaded(tmp_path, **given):
    return load_settings(environment={"VIGIE_HOME": str(tmp_path)} | given)


def test_the_call_comes_before_the_environment_before_the_file_before_the_default(tmp_path):
    file = tmp_path / "vigie.toml"
    file.write_text('port = 1001\nname = "Antwerp"\n')
    assert load_settings(file, {}).port == 1001
    assert load_settings(file, {"VIGIE_PORT": "1002"}).port == 1002
    assert load_settings(file, {"VIGIE_PORT": "1002"}, port=1003).port == 1003
    assert (load_settings(file, {}).name, load_settings(file, {}).host) == ("Antwerp", Settings().host)


def test_a_file_in_the_home_is_found(tmp_path):
    (tmp_path / "vigie.toml").write_text('name = "Home"')
    assert loaded(tmp_path).name == "Home"


@pytest.mark.parametrize(
    ("given", "setting"),
    [
        ({"VIGIE_PROT": "1"}, "prot"), ({"VIGIE_PORT": "x"}, "port"), ({"VIGIE_PORT": "0"}, "port"),
        ({"VIGIE_LANGUAGE": "de"}, "language"), ({"VIGIE_ZONE": "Mars/Olympus"}, "zone"),
        ({"VIGIE_CLOCK_RATE": "2"}, "clock_rate"), ({"VIGIE_LOG_FORMAT": "xml"}, "log_format"),
    ],
)  # fmt: skip
def test_what_cannot_be_set_is_named(given, setting, tmp_path):
    with pytest.raises(BadSetting) as refusal:
        loaded(tmp_path, **given)
    assert refusal.value.facts["setting"] == setting


@pytest.mark.parametrize("content", ["port = ", "\xff\xfe", "colour = 'red'", "[port]\nx = 1"])
def test_a_file_that_cannot_be_used_is_an_error_of_ours(content, tmp_path):
    file = tmp_path / "vigie.toml"
    file.write_text(content, encoding="latin-1")
    with pytest.raises(BadSetting):
        load_settings(file, {})
    with pytest.raises(BadSetting):
        load_settings(tmp_path / "absent.toml", {})


@given(st.dictionaries(st.sampled_from(["VIGIE_" + name.upper() for name in Settings.__struct_fields__]), st.text(max_size=9)))
def test_any_environment_is_read_or_refused(environment):
    try:
        load_settings(environment={"VIGIE_HOME": "x"} | environment)
    except BadSetting:
        pass


def test_places_follow_from_the_home(tmp_path):
    settings = loaded(tmp_path, VIGIE_SITES="beanr, NLRTM")
    assert settings.store_url == f"sqlite:///{tmp_path / 'vigie.db'}"
    assert settings.key_file == tmp_path / "keys.json"
    assert settings.sites == ("BEANR", "NLRTM")
    assert loaded(tmp_path, DATABASE_URL="postgresql://x").store_url == "postgresql://x"
    assert loaded(tmp_path, VIGIE_PUBLIC_URL="https://v.example/").address == "https://v.example"
    assert loaded(tmp_path, VIGIE_KEYS="/k/keys").key_file == Path("/k/keys")


def test_every_setting_is_in_the_reference_with_its_meaning():
    told = {one.name: one for one in reference()}
    assert tuple(told) == Settings.__struct_fields__
    assert all(one.meaning.endswith(".") and one.environment == f"VIGIE_{name.upper()}" for name, one in told.items())
    assert (told["port"].kind, told["port"].default) == ("whole number", "8420")


def test_shell_completion_shares_the_prefix_and_is_no_setting(tmp_path):
    assert loaded(tmp_path, _VIGIE_COMPLETE="x", VIGIE_COMPLETE="bash_source").port == 8420


def test_the_clusters_certificates_are_no_settings_of_the_node():
    said = {"VIGIE_TLS_CA": "ca.pem", "VIGIE_TLS_CERT": "me.pem", "VIGIE_TLS_KEY": "me.key", "VIGIE_NAME": "x"}
    assert load_settings(environment=said).name == "x"


def test_several_processes_serve_a_node_on_postgresql_only():
    told = load_settings(environment={"DATABASE_URL": "postgresql://x/y", "VIGIE_WEB_WORKERS": "4"})
    assert told.web_workers == 4
    for environment in ({}, {"DATABASE_URL": "postgresql://x/y", "VIGIE_SIMULATED": "true", "VIGIE_CLOCK_RATE": "60"}):
        with pytest.raises(BadSetting) as refusal:
            load_settings(environment=environment, web_workers=2)
        assert refusal.value.facts["setting"] == "web_workers"
