"""The address of every page that the navigation leads to; a new page is looked at with the others."""

from cs_planning.ui import shell

ADDRESSES = tuple(entry.address for _section, pages in shell._SECTIONS for entry in pages if entry.icon)
