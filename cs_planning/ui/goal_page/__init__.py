"""What a goal page is drawn from: its cells, their options, snapshots, links, exports."""
