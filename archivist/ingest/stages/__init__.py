"""What one received file goes through (流程): read → identified → planned → placed → told, each a frozen value.

One stage a file. Nothing but the index is changed before `place`; what a stage could not do is told by `tell`.
"""
