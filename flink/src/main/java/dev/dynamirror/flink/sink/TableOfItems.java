package dev.dynamirror.flink.sink;

import java.io.Serializable;
import org.apache.flink.runtime.execution.Environment;

/** The table whose items are compared: when it is there, and whether there is anything to compare. */
interface TableOfItems extends Serializable {

    /**
     * Waits until the table is there, in a task.
     *
     * @return whether it is compared
     * @throws dev.dynamirror.error.MirrorException if there is no such table, or it has another key
     * @throws InterruptedException if the task is cancelled meanwhile
     */
    boolean await(Environment environment) throws InterruptedException;
}
