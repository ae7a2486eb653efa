import streamlit as st
def draw_page():
    st.set_page_config(page_title="x", page_icon="🎯", layout="wide")
    page = st.navigation([st.Page("pages/home.py", title="Home", default=True)])
    page.run()
