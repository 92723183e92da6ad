package dev.dynamirror.flinksql;

import dev.dynamirror.flink.Live;
import dev.dynamirror.mirror.DynamoDb;
import dev.dynamirror.table.InitMode;
import java.net.URI;

/**
 * A job as users write it: its jar has this class alone, and the cluster the connector.
 *
 * <p>Argument: DynamoDB's endpoint.
 */
public final class OrdersJob {

    private OrdersJob() {}

    /** Submits the job to the cluster that runs this. */
    public static void main(String[] arguments) throws Exception {
        try (Live live = Live.create()) {
            live.write(
                    live.tableFromMarkdown("""
                            key | item
                            1   | apple
                            2   | pear
                            """),
                    DynamoDb.table("thin-orders")
                            .partitionKey("key")
                            .initMode(InitMode.CREATE_IF_NOT_EXISTS)
                            .endpoint(URI.create(arguments[0]))
                            .region("eu-central-1"));
            live.submit();
        }
    }
}
