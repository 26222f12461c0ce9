"""Handing over (移交): a project's papers as a package that proves itself, without this software and without a network."""
