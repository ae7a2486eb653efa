"""What a visitor reads on a page."""

from collections.abc import Callable
from pathlib import Path

from streamlit.testing.v1 import AppTest


def at(open_app: Callable[..., AppTest], home: Path, script: str, **query: str) -> AppTest:
    """The app on that home folder, at a page with this address."""
    return open_app(home, script, **query)


def words(app: AppTest) -> str:
    """All sentences on the page, with the headings of what is folded."""
    kinds = (app.title, app.subheader, app.markdown, app.caption, app.info, app.warning, app.error, app.success)
    said = [str(element.value) for kind in kinds for element in kind]
    return " ".join([*said, *(box.label for box in app.expander)])


def unfold(app: AppTest, *cells: str) -> AppTest:
    """The app with the sections of a goal page opened that are made from these cells."""
    for cell in cells:
        app.session_state[f"folded-{cell}"] = True
    return app.run()


def links(app: AppTest) -> str:
    """The words of all links to pages."""
    return " · ".join(element.proto.label for element in app.get("page_link"))


def metrics(app: AppTest) -> dict[str, str]:
    """The numbers in large type by their label."""
    return {metric.label: metric.value for metric in app.metric}


def unfolded(app, main):
    """The app with the details of the lever open whose main slider is `main`."""
    key = next(one.key for one in app.slider if one.key.endswith(f"-{main}"))
    app.session_state[key.removesuffix(main) + "details"] = True
    return app.run()
