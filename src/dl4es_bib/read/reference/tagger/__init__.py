"""A reference read by a trained model: words, their attributes, labels, fields.

:mod:`tokens` cuts a cleaned reference into words, :mod:`features` says what the model sees of each (the rules' reading
is part of it), :mod:`model` labels them, :mod:`decode` makes fields of the labels. The model is a linear-chain
conditional random field; ``tools/train_reference_model.py`` trains it, docs/concepts/reference-model.md describes it.
"""
