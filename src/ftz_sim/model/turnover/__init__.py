"""Turnover of firms: who closes (`closing`), what an entrant chooses (`choice`), with what it starts (`entering`).

The mechanism `firm_turnover` has the equations on one page and wires these files to the state.
"""
