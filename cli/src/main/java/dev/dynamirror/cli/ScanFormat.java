package dev.dynamirror.cli;

import dev.dynamirror.read.ItemJson;
import dev.dynamirror.read.TableScan;
import java.util.stream.Stream;

/** How {@code scan} prints items. */
enum ScanFormat {
    /** A text table for people. */
    TABLE,
    /** One plain JSON object a line. */
    JSONL,
    /** One item a line in DynamoDB's own JSON. */
    DYNAMODB_JSON;

    Stream<String> lines(TableScan scan) {
        return switch (this) {
            case TABLE -> ItemTable.of(scan).lines();
            case JSONL -> lines(scan, ItemJson.PLAIN);
            case DYNAMODB_JSON -> lines(scan, ItemJson.DYNAMODB);
        };
    }

    private static Stream<String> lines(TableScan scan, ItemJson json) {
        return scan.items().stream().map(json::object);
    }
}
