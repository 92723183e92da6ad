package dev.dynamirror.cli;

import dev.dynamirror.flink.type.JsonLineWriter;
import dev.dynamirror.item.ItemDecoder;
import dev.dynamirror.item.UnstorableNumbers;
import dev.dynamirror.read.ItemJson;
import dev.dynamirror.read.TableScan;
import dev.dynamirror.value.Schema;
import java.util.List;
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

    /**
     * The items as lines, read by a schema.
     *
     * <p>Lines of plain JSON have the forms that {@code write} reads with the same schema, unless a column is of mixed
     * types, which nothing writes.
     */
    Stream<String> lines(TableScan scan, Schema schema, UnstorableNumbers unstorable) {
        if (this != JSONL
                || schema.columns().stream().anyMatch(column -> column.type().isMixed())) {
            return lines(scan);
        }
        ItemDecoder decoder = new ItemDecoder(scan.table().name(), List.of(), schema, unstorable);
        JsonLineWriter writer = new JsonLineWriter(schema);
        return scan.items().stream().map(item -> writer.line(decoder.values(item)));
    }

    private static Stream<String> lines(TableScan scan, ItemJson json) {
        return scan.items().stream().map(json::object);
    }
}
