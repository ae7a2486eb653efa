"""The word of the proxy is believed with its secret alone."""

import pytest

from cs_planning.ui import accounts
from cs_planning.ui.hosts import refusal_to_believe

SECRET = "sixteen letters or more"


@pytest.fixture(autouse=True)
def proxy(monkeypatch):
    monkeypatch.setenv("CS_PLANNING_ACCOUNT_HEADER", "X-Forwarded-User")
    monkeypatch.setenv("CS_PLANNING_PROXY_SECRET", SECRET)


def sent(**headers: str):
    return {name.replace("_", "-").lower(): value for name, value in headers.items()}


def account_of(headers: dict[str, str]) -> str:
    return accounts.account_of(lambda name: headers.get(name.lower()))


def test_an_account_comes_with_the_secret():
    assert account_of(sent(x_forwarded_user=" ren@example.org ", x_cs_planning_proxy_secret=SECRET)) == "ren@example.org"


@pytest.mark.parametrize("secret", ["", "another secret of letters", SECRET + " "])
def test_without_the_secret_nobody_is_believed(secret):
    assert account_of(sent(x_forwarded_user="ren", x_cs_planning_proxy_secret=secret)) == ""
    assert account_of(sent(x_forwarded_user="ren")) == ""


@pytest.mark.parametrize("secret", ["", "short"])
def test_a_secret_that_is_missing_or_guessed_opens_nothing_and_the_server_does_not_start(monkeypatch, secret):
    monkeypatch.setenv("CS_PLANNING_PROXY_SECRET", secret)
    assert account_of(sent(x_forwarded_user="ren", x_cs_planning_proxy_secret=secret)) == ""
    refusal = refusal_to_believe(has_login=accounts.are_asked_for(), has_secret=accounts.has_secret())
    assert "CS_PLANNING_PROXY_SECRET" in str(refusal)


def test_where_no_accounts_are_asked_for_no_secret_is_needed(monkeypatch):
    monkeypatch.delenv("CS_PLANNING_ACCOUNT_HEADER")
    monkeypatch.delenv("CS_PLANNING_PROXY_SECRET")
    assert refusal_to_believe(has_login=accounts.are_asked_for(), has_secret=accounts.has_secret()) is None
