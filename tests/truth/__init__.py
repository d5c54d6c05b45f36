"""Is what dp100 teaches true to the real SDKs?

test_code_blocks.py and test_links.py ask it of everything in content/, questions/ and labs/; test_checker.py asks
whether they would notice. The answers come from the installed packages, from two snapshots of packages that are
not installed (azureml_v1_names.json.gz, guest_names.json.gz) and from the tables of `az` in az_*_verbs.py.
"""
