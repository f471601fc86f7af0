"""Bargains between provincial governments: what each gains from coordination, what they agree, who pays whom.

`gains` reads the worth of coordination off this quarter's flows; `agreement` turns it into coordination, transfers
and outlays; the mechanism `coordination` wires both to the state.
"""
