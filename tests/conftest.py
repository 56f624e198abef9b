"""How many random examples the tests try: few by default (`ci`), many with HYPOTHESIS_PROFILE=thorough.

The few are always the same ones and are not shrunk when they fail; `thorough` tries new ones and shrinks.
"""

import os

from hypothesis import HealthCheck, Phase, settings

_SLOW_TO_BUILD = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example]

settings.register_profile(
    "ci",
    max_examples=12,
    deadline=None,
    suppress_health_check=_SLOW_TO_BUILD,
    derandomize=True,
    phases=(Phase.explicit, Phase.generate),
)
settings.register_profile(
    "thorough", max_examples=500, deadline=None, suppress_health_check=_SLOW_TO_BUILD, print_blob=True
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))
