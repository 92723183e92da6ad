package dev.dynamirror.mirror;

/** Where declaring a mirror begins: {@code DynamoDb.table("orders").partitionKey("id")}. */
public final class DynamoDb {

    private DynamoDb() {}

    /**
     * The settings of a mirror in that table.
     *
     * @param tableName the table's name, or its ARN
     * @throws dev.dynamirror.error.MirrorException if DynamoDB takes no table of that name
     */
    public static MirrorSettings.Builder table(String tableName) {
        return new MirrorSettings.Builder(tableName);
    }
}
