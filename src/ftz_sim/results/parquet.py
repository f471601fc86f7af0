"""How tables of runs are written as Parquet: one way for sweeps, comparisons and designs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pyarrow as pa

SOUGHT = ["run_id", "scenario"]  # by which readers pick rows: statistics let them pass over the rest
ROWS_AT_ONCE = 100_000  # that an encoder is given; the more, the less it costs


def encoding(schema: pa.Schema) -> dict[str, Any]:
    """Return how columns are written: numbers as they are, for dictionaries and statistics of them only take time.

    LZ4 costs no more time than to write twice as much to the disk would. Text that is in a dictionary already goes
    into the file as it is, and is text, and no category, to whoever reads it: the schema of Arrow stays out.
    """
    import pyarrow as pa

    numbered = [column.name for column in schema if pa.types.is_dictionary(column.type)]
    text = numbered + [column.name for column in schema if column.type == pa.string()]
    return {
        "compression": "lz4", "use_dictionary": text, "write_statistics": SOUGHT, "write_batch_size": ROWS_AT_ONCE,
        "store_schema": not numbered,
    }  # fmt: skip
