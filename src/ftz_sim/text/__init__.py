"""Words of pages and commands in English and Chinese, one module for each; `ftz_sim.text.words` puts them together."""
