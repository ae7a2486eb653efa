"""Goal planning for customer-service teams: KPI history → SMART goals → probabilities → what-if → goal pages."""

import os

# The matrices of a forecast are small: threads of the linear algebra cost more than they bring, many times over when several
# visitors share two cores.  It counts only before numpy is loaded, so it stands here.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

__version__ = "1.0.0"
