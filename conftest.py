"""What holds for the examples in docstrings and for the tests alike."""

import os

# A compiled module is its extension file, not the `.py` file whose examples pytest collects: that is as it should be.
os.environ["PY_IGNORE_IMPORTMISMATCH"] = "1"
