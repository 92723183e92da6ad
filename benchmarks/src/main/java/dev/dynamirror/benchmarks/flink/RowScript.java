package dev.dynamirror.benchmarks.flink;

import java.io.Serializable;
import org.apache.flink.table.data.RowData;

/** What rows a source gives. */
interface RowScript extends Serializable {

    /** The row of that number, counted from 0. */
    RowData row(long number);

    /** How many rows there are; {@link Long#MAX_VALUE} if there is no end. */
    long count();
}
