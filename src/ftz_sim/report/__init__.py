"""From the tables of an experiment to figures: reads files only, never a model.

`figures` lists all figures and draws them; one module per figure; `style` and `ftz_sim.text.words` hold the look and
the words.
"""
