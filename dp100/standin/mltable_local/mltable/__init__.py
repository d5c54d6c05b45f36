"""mltable inside `dp100 offline`: the names and signatures of the real package, on pandas.

Tables come from local files, datastores and data assets of the workspace; nothing is fetched from anywhere else.
"""

from mltable._types import DataType, MLTableFileEncoding, MLTableHeaders
from mltable.mltable import (
    MLTable,
    from_delimited_files,
    from_delta_lake,
    from_json_lines_files,
    from_parquet_files,
    from_paths,
    load,
)

__all__ = [
    "DataType",
    "MLTable",
    "MLTableFileEncoding",
    "MLTableHeaders",
    "from_delimited_files",
    "from_delta_lake",
    "from_json_lines_files",
    "from_parquet_files",
    "from_paths",
    "load",
]
