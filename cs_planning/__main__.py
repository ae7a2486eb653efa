"""`python -m cs_planning`: the product without a browser."""

import sys

from cs_planning.cli import main

sys.exit(main())
