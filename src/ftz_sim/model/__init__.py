"""The model: published figures, state, rules and the order in which they act."""
