package dev.dynamirror.testkit.oracle;

/**
 * Something a mirror must not do.
 *
 * @param number the write that showed it; for what is lost or was acknowledged too early, the last one before
 */
public record Violation(Kind kind, Object key, long number, String detail) {

    /** What was broken. */
    public enum Kind {
        /** A value, or an absence, that was to be seen only before what the item had reached. */
        OLDER_AFTER_NEWER,
        /** The item was absent between two values of which the second replaced the first at once. */
        DELETE_INSIDE_UPDATE,
        /** The key never had this value. */
        NEVER_WAS,
        /** At the end the item is not what it must be: missing, older, or left over. */
        LOST,
        /** A commit was acknowledged while the item was older. */
        ACKNOWLEDGED_TOO_EARLY
    }

    @Override
    public String toString() {
        return "%s: key %s, write %s: %s".formatted(kind, key, number, detail);
    }
}
