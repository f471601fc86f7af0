"""Runs: one model, many models, sweeps, and where they execute."""
