"""The words everything speaks: works, names, dates, identifiers, documents, outcomes, findings.

Nothing here reads a file, opens a socket or imports another package of this project.
"""
