"""The rows of a file in, contacts out, with the reasons of those that are left out."""
