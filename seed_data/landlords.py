"""The six landlords. Names are invented and match no registered provider; see README.md for what each one shows."""

from seed_data.looping import LOOPING
from seed_data.operational import OPERATIONAL
from seed_data.partial import ONLY_COMPLAINTS, VERY_SMALL
from seed_data.strategic import NEAR_CULTURAL, STRATEGIC

STORIES = (LOOPING, OPERATIONAL, STRATEGIC, NEAR_CULTURAL, VERY_SMALL, ONLY_COMPLAINTS)
