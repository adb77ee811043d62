"""Models as data: declared inputs, training that gives the same bytes twice, scores that are whole numbers everywhere.

Light to import: numpy, LightGBM and scipy are loaded by who trains or scores.
"""
