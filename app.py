"""The one entry: `streamlit run app.py`.

The server imports this file and takes `app`; for each page view Streamlit runs it again as a script, which draws the page.
"""

import streamlit as st

from cs_planning.ui import server, shell

app = st.App(
    __file__,
    lifespan=server.lifespan,
    routes=server.ROUTES,
    middleware=server.MIDDLEWARE,
    on_script_error=server.on_script_error,
)

if __name__ == "__main__":
    shell.draw_page()
