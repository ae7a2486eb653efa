"""What the server is told in `.streamlit/config.toml` holds for everybody who starts it."""

import tomllib
from pathlib import Path

from streamlit import config

ROOT = Path(__file__).parents[2]


def test_no_message_travels_as_a_reference_to_one_that_the_browser_may_have_let_go():
    """A browser keeps a large message for two runs only, and fast moves of a lever are more than two."""
    told = tomllib.loads((ROOT / ".streamlit/config.toml").read_text(encoding="utf-8"))
    megabytes = told["server"]["maxMessageSize"]
    config.get_config_options(force_reparse=True)
    assert config.get_option("global.minCachedMessageSize") > megabytes * 1_000_000


def test_streamlit_does_not_walk_all_objects_after_every_run():
    """It would take more processor time than a small page, and hold the interpreter meanwhile; see `ui.server.lifespan`."""
    config.get_config_options(force_reparse=True)
    assert config.get_option("runner.postScriptGC") is False
