"""Goals, their data and what people agree, say and grade, in; goal sheets as they are shown and printed, out."""
