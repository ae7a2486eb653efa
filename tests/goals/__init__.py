"""Tests of cs_planning.goals."""
