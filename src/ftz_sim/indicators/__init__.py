"""Indicators: pure functions from recorded state to the columns of the tables.

`records.Records` is what a run leaves behind; each module here turns it into one table or one measure. None
of them knows firms, agents or mechanisms.
"""
