"""Scenarios: files, merging, checking, and the policy paths that they come to."""
