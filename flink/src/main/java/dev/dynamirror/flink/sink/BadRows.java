package dev.dynamirror.flink.sink;

import dev.dynamirror.error.MirrorException;
import dev.dynamirror.item.BadRowException;
import dev.dynamirror.item.Change;
import org.apache.flink.table.data.RowData;

/** What a writer does with rows that can't become items. */
interface BadRows extends AutoCloseable {

    /**
     * Takes a row.
     *
     * @throws MirrorException if it fails the mirror, or can't be kept
     * @throws InterruptedException if the thread is interrupted while it waits
     */
    void take(RowData row, BadRowException reason) throws InterruptedException;

    /**
     * Takes a change that DynamoDB refused although its row looked fine; does not wait.
     *
     * @param reason what DynamoDB said
     * @throws MirrorException if it fails the mirror, or can't be kept
     */
    void takeRefused(Change change, String reason);

    /** How many rows were set aside. */
    long count();

    /**
     * Returns when all rows that were taken are where others see them.
     *
     * @throws MirrorException if they can't be kept
     */
    void complete();

    @Override
    void close();
}
