"""What reaches the browser beside Streamlit's own: style sheets, language of the document, texts of its widgets."""
