package dev.dynamirror.flink.input;

import java.util.Optional;
import org.apache.flink.types.Row;

/**
 * A row's values, and who it is.
 *
 * @param identity the row's identity; rows without one are told apart by their values alone
 * @param values the values, of the kind INSERT, so that equal values are equal rows
 */
record IdentifiedRow(Optional<String> identity, Row values) {}
