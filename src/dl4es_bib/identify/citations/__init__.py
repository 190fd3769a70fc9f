"""Citations in documents: which keys are cited, and where each key stands.

One scanner serves both questions, so that a key which is renamed in a library is renamed wherever it is cited.
"""
