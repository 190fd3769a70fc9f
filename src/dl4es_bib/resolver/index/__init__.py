"""The offline index: records kept in one file, found by identifier, by words and by coordinates.

Nothing heavy is imported here; ``provider.IndexProvider`` is what the resolver asks, ``sqlite`` the
default engine behind it, ``candidates.CandidateIndex`` what another engine has to offer.
"""
