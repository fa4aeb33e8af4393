"""`sitegen check`: what is wrong, missing or doubtful in a digest, as rules from values to
findings.

`gather` reads the site into one value, the rules judge it, `place` finds the lines, `fix` corrects
what has one answer.
"""
