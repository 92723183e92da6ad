package dev.dynamirror.mirror;

import dev.dynamirror.client.Connection;
import dev.dynamirror.table.TableSpec;
import dev.dynamirror.write.BatchTransport;
import java.util.Locale;

/** How a mirror's requests are sent; what they do is the same. */
public enum Transport {
    /** As the bytes that rows were encoded to, which costs the least. */
    DIRECT,
    /** Through the client of the AWS SDK, which costs several times as much: to find out whether something is due to the other. */
    SDK;

    /** Opens it for the requests of one writer. */
    public BatchTransport open(Connection connection, TableSpec table) {
        return switch (this) {
            case DIRECT -> BatchTransport.direct(connection, table);
            case SDK -> BatchTransport.sdk(connection, table);
        };
    }

    /** The word for it in SQL and on the command line, like {@code direct}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
