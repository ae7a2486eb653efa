"""Waiting for Streamlit as a person does: until the page is drawn and nothing runs."""

from playwright.sync_api import Page, expect


def idle(page: Page) -> None:
    """Waits until the page is connected and no script runs; wait for an expected value before calling it."""
    page.locator('[data-testid="stApp"][data-test-connection-state="CONNECTED"]').wait_for()
    page.locator('[data-testid="stApp"][data-test-script-state="notRunning"]').wait_for()


def visit(page: Page, address: str) -> None:
    page.goto(address)
    idle(page)
    expect(page.get_by_test_id("stMain")).to_be_visible()
