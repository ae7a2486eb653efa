"""Goal pages in; run pages, snapshots, comments and links for readers out."""
