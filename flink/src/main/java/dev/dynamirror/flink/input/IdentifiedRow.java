package dev.dynamirror.flink.input;

import java.util.List;
import java.util.Optional;
import org.apache.flink.types.Row;
import org.jspecify.annotations.Nullable;

/**
 * A row's values, and who it is; two are equal if their identities and their contents are.
 *
 * @param identity the row's identity; rows without one are told apart by their values alone
 * @param content the values as they are compared
 * @param values the values, of the kind INSERT
 */
record IdentifiedRow(Optional<String> identity, List<@Nullable Object> content, Row values) {

    IdentifiedRow(Optional<String> identity, Row values) {
        this(identity, LiveRows.content(values), values);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof IdentifiedRow that && identity.equals(that.identity) && content.equals(that.content);
    }

    @Override
    public int hashCode() {
        return 31 * identity.hashCode() + content.hashCode();
    }
}
