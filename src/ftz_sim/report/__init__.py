"""From the tables of an experiment to figures: reads files only, never a model.

`figures.draw_run` and `figures.draw_comparison` draw everything; one module per figure; `style` and
`ftz_sim.text.words` hold the look and the words.
"""
