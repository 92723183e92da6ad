package dev.dynamirror.testkit.faulty;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.SplittableRandom;

/** Carries out requests. */
final class Operations {

    private final Tables tables;
    private final ItemWrites writes;
    private final BatchWrites batches;
    private final ItemReads reads;

    Operations(Tables tables, ItemWrites writes) {
        this.tables = tables;
        this.writes = writes;
        this.batches = new BatchWrites(tables, writes);
        this.reads = new ItemReads(tables);
    }

    /** Carries out a request and returns the reply, or throws a {@link Refusal}. */
    ObjectNode perform(Request request) {
        return perform(request, 0);
    }

    /** Carries out a request; of a batch, a share comes back as unprocessed. */
    ObjectNode perform(Request request, double unprocessedShare) {
        ObjectNode body = request.body();
        if (request.operation().equals("BatchWriteItem")) {
            return batches.write(body, unprocessedShare, new SplittableRandom(request.number()));
        }
        if (unprocessedShare > 0) {
            throw Refusal.throttled();
        }
        return switch (request.operation()) {
            case "CreateTable" -> tables.create(body);
            case "DescribeTable" -> tables.describe(body);
            case "UpdateTable" -> tables.update(body);
            case "DeleteTable" -> tables.delete(body);
            case "ListTables" -> tables.list(body);
            case "UpdateTimeToLive" -> tables.extras(body).updateTimeToLive(body);
            case "DescribeTimeToLive" -> tables.extras(body).describeTimeToLive();
            case "ListTagsOfResource" -> tables.extrasByArn(body).listTags(body);
            case "DescribeContinuousBackups" -> tables.extras(body).describeContinuousBackups();
            case "UpdateContinuousBackups" -> tables.extras(body).updateContinuousBackups(body);
            case "GetResourcePolicy" -> tables.extrasByArn(body).policy();
            case "PutItem" -> writes.put(body);
            case "DeleteItem" -> writes.delete(body);
            case "UpdateItem" -> writes.update(body);
            case "GetItem" -> reads.get(body);
            case "BatchGetItem" -> reads.batchGet(body);
            case "Query" -> reads.query(body);
            case "Scan" -> reads.scan(body);
            default -> throw new Refusal(400, "UnknownOperationException", "unknown: " + request.operation());
        };
    }
}
