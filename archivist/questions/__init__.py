"""What people ask (问), one question a file: an opened reader in, frozen values out, for `cli`, `pages` and reports alike.

A question prints nothing and formats nothing; its answer's ``record`` is what ``--json`` prints (schemas/output). What
was asked for and does not exist is a slip of the pen: UsageError, raised here once (`register`).
"""
