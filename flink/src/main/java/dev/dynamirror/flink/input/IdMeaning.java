package dev.dynamirror.flink.input;

import dev.dynamirror.value.Schema;
import java.util.Optional;

/** What a markdown column named {@code id} is where no schema says so. */
enum IdMeaning {
    /** The row's identity and no column, as in Pathway's tables in programs. */
    IDENTITY,
    /** A column like any other, as everybody expects of a file. */
    COLUMN;

    boolean isColumn(Optional<Schema> schema) {
        return this == COLUMN || schema.flatMap(given -> given.column("id")).isPresent();
    }
}
