"""What lies in every package (移交包) and checks it without this software: ``verify.html`` (核验.html) for a browser and
``verify.py`` (核验.py) for Python's standard library. Both say the same in the same words; neither is changed by us when
it is put into a package, so that one copy checks any.
"""
