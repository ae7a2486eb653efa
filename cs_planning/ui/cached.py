"""What all sessions share; the only user of Streamlit's caches."""
from __future__ import annotations
import streamlit as st

class W:
    def ping(self): ...

@st.cache_resource(show_spinner=False)
def workspace():
    return W()

def preload():
    import altair, scipy.stats, statsmodels.api
