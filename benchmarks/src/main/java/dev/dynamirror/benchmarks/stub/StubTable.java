package dev.dynamirror.benchmarks.stub;

/**
 * The table that a {@link StubServer} claims to have.
 *
 * @param name its name
 * @param keyName the attribute that is its partition key
 * @param keyType that attribute's type: {@code S}, {@code N} or {@code B}
 */
public record StubTable(String name, String keyName, String keyType) {

    /** The table of all benchmarks. */
    public static final StubTable DEFAULT = new StubTable("bench", "id", "N");
}
