package dev.dynamirror.table;

import java.util.Locale;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;

/** What the stream of a table tells of each changed item. */
public enum StreamView {
    /** Its key. */
    KEYS_ONLY,
    /** The whole item after the change. */
    NEW_IMAGE,
    /** The whole item before the change. */
    OLD_IMAGE,
    /** Both. */
    NEW_AND_OLD_IMAGES;

    /** The word for it in SQL and on the command line, like {@code new-image}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    StreamViewType sdk() {
        return StreamViewType.valueOf(name());
    }
}
