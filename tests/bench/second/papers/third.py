"""The third author's papers, gathered: importing this registers them."""

from tests.bench.second.papers import (  # noqa: F401
    third_assess,
    third_deals,
    third_district,
    third_ends,
    third_meetings,
    third_more,
    third_other,
    third_stray,
    third_survey,
    third_village,
)
