import streamlit as st
st.metric("a", 1); st.slider("s",0,10)
