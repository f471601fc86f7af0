"""Design of policy packages: what may be chosen, under which budget, for which aims; searched, measured again, said.

`record` is the file, `problem` reads it, `choices` makes scenarios of choices, `measures` numbers of runs; `searches`
look for packages, `archive` plays and keeps them, `design` puts it together; `answer` measures what was found again,
`paths` holds signs against dates, `sites` the places of a new zone against each other.
"""
