"""When what two papers say is the same (一致): amounts, names, places, each tolerant in its own way. Pure.

Tolerant of how people write (万元 or 元, rounded, abbreviated) and of what readers of scans confuse, never of another
number or another name.
"""
