package dev.dynamirror.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.LocalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.Tag;

/** A table that is about to be replaced: what is lost with it, and what the new one has of it. */
public final class Replacement {

    private final OldTable old;
    private final NewTable table;

    Replacement(OldTable old, NewTable table) {
        this.old = old;
        this.table = table;
    }

    TableDescription oldTable() {
        return old.description();
    }

    NewTable newTable() {
        return table;
    }

    /** How many items the table has, as DynamoDB counts them every six hours. */
    public long itemCount() {
        Long count = old.description().itemCount();
        return count == null ? 0 : count;
    }

    /** What is lost, in words: {@code its items (1,204 when DynamoDB counted them, up to six hours ago), …}. */
    public String losses() {
        List<String> losses = new ArrayList<>();
        losses.add(String.format(
                Locale.ROOT, "its items (%,d when DynamoDB counted them, up to six hours ago)", itemCount()));
        if (NewTable.hasStream(old.description())) {
            losses.add("what its stream still has (the new one is another: "
                    + String.valueOf(old.description().latestStreamArn()) + " ends)");
        }
        if (old.recovery() != null) {
            losses.add("its recovery points");
        }
        table.lostIndexes().forEach(index -> losses.add("the index " + index));
        if (old.ttlAttribute() != null && !old.ttlAttribute().equals(table.ttlAttribute())) {
            losses.add("its TTL by " + old.ttlAttribute() + " (the new one goes by " + table.ttlAttribute() + ")");
        }
        List<String> tags =
                old.tags().stream().filter(NewTable::isOfAws).map(Tag::key).toList();
        if (!tags.isEmpty()) {
            losses.add("the tags that only AWS can set (" + String.join(", ", tags) + ")");
        }
        return String.join(", ", losses);
    }

    /** What the new table has as the old one had it, or as the mirror's settings say, in words; empty if nothing. */
    public String kept() {
        CreateTableRequest request = table.request();
        List<String> kept = new ArrayList<>();
        if (request.hasLocalSecondaryIndexes()) {
            kept.add("local indexes "
                    + request.localSecondaryIndexes().stream()
                            .map(LocalSecondaryIndex::indexName)
                            .collect(Collectors.joining(" and ")));
        }
        if (request.hasGlobalSecondaryIndexes()) {
            kept.add("global indexes "
                    + request.globalSecondaryIndexes().stream()
                            .map(GlobalSecondaryIndex::indexName)
                            .collect(Collectors.joining(" and ")));
        }
        if (request.provisionedThroughput() != null) {
            kept.add("provisioned capacity");
        }
        if (request.onDemandThroughput() != null) {
            kept.add("limits of on-demand capacity");
        }
        if (request.streamSpecification() != null) {
            kept.add("a stream");
        }
        if (table.ttlAttribute() != null) {
            kept.add("TTL by " + table.ttlAttribute());
        }
        if (request.hasTags()) {
            kept.add("tags " + request.tags().stream().map(Tag::key).collect(Collectors.joining(" and ")));
        }
        if (request.sseSpecification() != null) {
            kept.add("encryption");
        }
        if (request.tableClass() != null) {
            kept.add("class " + request.tableClassAsString());
        }
        if (table.recovery() != null) {
            kept.add("point-in-time recovery");
        }
        if (Boolean.TRUE.equals(request.deletionProtectionEnabled())) {
            kept.add("deletion protection");
        }
        if (request.resourcePolicy() != null) {
            kept.add("resource policy");
        }
        return String.join(", ", kept);
    }

    /** The commands of the AWS CLI that make the new table, should this process end after the old one is deleted. */
    public List<String> commands() {
        return table.commands();
    }
}
