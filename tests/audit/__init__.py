"""Tests of cs_planning.audit."""
