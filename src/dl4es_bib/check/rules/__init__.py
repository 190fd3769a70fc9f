"""The rules, one family for each file. A new family is one file and one line in :mod:`dl4es_bib.check.rule_list`."""
