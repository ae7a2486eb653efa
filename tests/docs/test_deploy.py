"""The examples for a department fit together and name what the program reads."""

import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest

from cs_planning.ui.accounts import SECRET_HEADER
from tests.docs.reference import SETTINGS

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"


def variables(name: str) -> dict[str, str]:
    lines = (DEPLOY / name).read_text(encoding="utf-8").splitlines()
    return dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))


SAID = variables("settings.env") | variables("secrets.env")
CADDY = (DEPLOY / "Caddyfile").read_text(encoding="utf-8")
NGINX = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")


def test_every_variable_is_one_that_the_program_reads():
    assert {name for name in SAID if name.startswith("CS_PLANNING_")} <= set(SETTINGS)


def test_the_proxy_sends_what_the_app_believes():
    assert f'proxy_set_header {SECRET_HEADER} "{SAID["CS_PLANNING_PROXY_SECRET"]}";' in NGINX
    assert f"proxy_set_header {SAID['CS_PLANNING_ACCOUNT_HEADER']} $remote_user;" in NGINX
    assert f"server_name {SAID['CS_PLANNING_HOSTS']};" in NGINX


def test_the_other_proxy_sends_the_same_and_bounds_the_same():
    assert f'header_up {SECRET_HEADER} "{SAID["CS_PLANNING_PROXY_SECRET"]}"' in CADDY
    assert f"header_up {SAID['CS_PLANNING_ACCOUNT_HEADER']} {{http.auth.user.id}}" in CADDY
    assert f"\n{SAID['CS_PLANNING_HOSTS']} {{" in CADDY
    assert re.findall(r"(\d+)MB #", CADDY) == re.findall(r"client_max_body_size (\d+)m", NGINX)
    assert re.findall(r"127\.0\.0\.1:\d+", CADDY) == re.findall(r"127\.0\.0\.1:\d+", NGINX)
    assert all(f"respond {path} 404" in CADDY for path in ("/metrics", "/_stcore/metrics"))


def test_the_proxy_takes_the_largest_file_of_the_app():
    told = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    limit = re.search(r"client_max_body_size (\d+)m", NGINX)
    assert limit
    assert told["server"]["maxUploadSize"] < int(limit[1]) < told["server"]["maxUploadSize"] * 1.1


def test_a_secret_of_the_examples_is_long_enough_to_start_and_named_so_that_nobody_keeps_it():
    secrets = {name: value for name, value in variables("secrets.env").items() if "URL" not in name}
    assert all(len(value) >= 16 and value.startswith("change-this-") for value in secrets.values())


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not here")
def test_systemd_takes_the_unit_without_a_warning(tmp_path):
    unit = (DEPLOY / "cs-planning@.service").read_text(encoding="utf-8")
    # The program is installed on the department's server alone.
    installed = re.sub(r"^ExecStart=\S+", "ExecStart=/bin/true", unit, flags=re.MULTILINE)
    (tmp_path / "cs-planning@8501.service").write_text(installed, encoding="utf-8")
    verified = ["systemd-analyze", "verify", "--man=no", str(tmp_path / "cs-planning@8501.service")]
    told = subprocess.run(verified, capture_output=True, text=True, check=False)
    assert (told.returncode, told.stderr) == (0, "")


@pytest.mark.skipif(shutil.which("caddy") is None, reason="Caddy is not here")
def test_caddy_takes_its_example(tmp_path):
    version = subprocess.run(["caddy", "version"], capture_output=True, text=True, check=True).stdout
    numbers = re.findall(r"\d+", version)
    is_old = (int(numbers[0]), int(numbers[1])) < (2, 8)
    (tmp_path / "Caddyfile").write_text(CADDY.replace("basic_auth", "basicauth") if is_old else CADDY, encoding="utf-8")
    adapted = ["caddy", "adapt", "--adapter", "caddyfile", "--config", str(tmp_path / "Caddyfile")]
    told = subprocess.run(adapted, capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stderr


@pytest.mark.parametrize("name", [path.name for path in sorted(DEPLOY.iterdir())])
def test_every_example_is_named_on_the_page_for_departments(name):
    assert f"deploy/{name}" in (ROOT / "docs" / "howto" / "department.md").read_text(encoding="utf-8")
