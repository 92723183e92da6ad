package dev.dynamirror.testkit.faulty;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The tables there are, and the operations that make, change, describe and delete them. */
final class Tables {

    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_.-]{3,255}");
    private static final int MOST_NAMES = 100;
    private static final double MILLIS = 1000;

    private final TreeMap<String, Entry> entries = new TreeMap<>();
    private final History history;
    private Duration creating = Duration.ZERO;
    private Duration updating = Duration.ZERO;
    private Duration deleting = Duration.ZERO;
    private Partitions.@Nullable Limit limit;

    Tables(History history) {
        this.history = history;
    }

    /** A table with what is said of it. */
    private static final class Entry {
        private final Table table;
        /** What DescribeTable says, but for what changes by itself. */
        private final ObjectNode description;

        private final long activeAt;
        private final TableExtras extras;
        private @Nullable Long goneAt;
        private @Nullable Long updatedAt;
        private @Nullable String forced;

        private Entry(Table table, ObjectNode description, TableExtras extras, Duration creating) {
            this.table = table;
            this.description = description;
            this.extras = extras;
            this.activeAt = System.nanoTime() + creating.toNanos();
        }

        private String status() {
            if (goneAt != null) {
                return "DELETING";
            }
            if (forced != null) {
                return forced;
            }
            if (activeAt - System.nanoTime() > 0) {
                return "CREATING";
            }
            return updatedAt != null && updatedAt - System.nanoTime() > 0 ? "UPDATING" : "ACTIVE";
        }

        private boolean isGone() {
            return goneAt != null && goneAt - System.nanoTime() <= 0;
        }

        private ObjectNode describe() {
            ObjectNode all = description.deepCopy();
            String status = status();
            boolean counted = !status.equals("CREATING");
            all.put("TableStatus", status);
            all.put("ItemCount", counted ? table.count() : 0);
            all.put("TableSizeBytes", counted ? table.bytes() : 0);
            for (JsonNode index : all.path("GlobalSecondaryIndexes")) {
                ((ObjectNode) index)
                        .put("IndexStatus", status)
                        .put("ItemCount", 0)
                        .put("IndexSizeBytes", 0);
            }
            return all;
        }
    }

    synchronized void creating(Duration duration) {
        creating = duration;
    }

    synchronized void updating(Duration duration) {
        updating = duration;
    }

    synchronized void deleting(Duration duration) {
        deleting = duration;
    }

    synchronized void limit(Partitions.@Nullable Limit newLimit) {
        limit = newLimit;
        entries.values().forEach(entry -> entry.table.limit(newLimit));
    }

    /** A table whose items can be written and read. */
    synchronized Table active(String nameOrArn) {
        Entry entry = find(checked(name(nameOrArn)));
        if (entry == null || !Set.of("ACTIVE", "UPDATING").contains(entry.status())) {
            throw Refusal.notFound("Requested resource not found");
        }
        return entry.table;
    }

    /** A table in whatever state. */
    synchronized Table any(String name) {
        Entry entry = find(name);
        if (entry == null) {
            throw new IllegalArgumentException("there is no table " + name);
        }
        return entry.table;
    }

    synchronized ObjectNode create(ObjectNode request) {
        String name = checked(Json.requiredText(request, "TableName"));
        String billing = Objects.requireNonNullElse(Json.optionalText(request, "BillingMode"), "PROVISIONED");
        ObjectNode throughput = Json.optionalObject(request, "ProvisionedThroughput");
        if (billing.equals("PROVISIONED") && throughput == null) {
            throw Refusal.invalid("One or more parameter values were invalid: ReadCapacityUnits and WriteCapacityUnits"
                    + " must both be specified when BillingMode is PROVISIONED");
        }
        if (billing.equals("PAY_PER_REQUEST") && throughput != null) {
            throw Refusal.invalid("One or more parameter values were invalid: Neither ReadCapacityUnits nor"
                    + " WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST");
        }
        if (throughput != null
                && (units(throughput, "ReadCapacityUnits") < 1 || units(throughput, "WriteCapacityUnits") < 1)) {
            throw Refusal.invalid("Table read and write throughput must be at least 1, and cannot be null");
        }
        Definition definition = new Definition(request);
        if (find(name) != null) {
            throw Refusal.inUse("Table already exists: " + name);
        }
        Table table = new Table(name, definition.keys(), definition.indexes(), history);
        table.limit(limit);
        ObjectNode description = Json.object().put("TableName", name);
        description.set("AttributeDefinitions", request.get("AttributeDefinitions"));
        description.set("KeySchema", request.get("KeySchema"));
        description.put("CreationDateTime", Instant.now().toEpochMilli() / MILLIS);
        description.put("TableArn", Refusal.arn(name));
        description.put("TableId", UUID.randomUUID().toString());
        if (request.get("GlobalSecondaryIndexes") instanceof ArrayNode indexes) {
            ArrayNode described = indexes.deepCopy();
            for (JsonNode index : described) {
                ObjectNode object = (ObjectNode) index;
                object.put(
                        "IndexArn",
                        Refusal.arn(name) + "/index/" + object.path("IndexName").asText());
                ObjectNode provisioned = Json.optionalObject(object, "ProvisionedThroughput");
                if (provisioned != null) {
                    throughput(object, provisioned);
                }
            }
            description.set("GlobalSecondaryIndexes", described);
        }
        if (request.get("LocalSecondaryIndexes") instanceof ArrayNode indexes) {
            description.set("LocalSecondaryIndexes", indexes);
        }
        description.put("DeletionProtectionEnabled", Json.flag(request, "DeletionProtectionEnabled"));
        billing(description, billing, throughput);
        stream(description, Json.optionalObject(request, "StreamSpecification"));
        describeRest(description, request);
        Entry entry = new Entry(table, description, new TableExtras(request), creating);
        entries.put(name, entry);
        return described("TableDescription", entry);
    }

    synchronized ObjectNode describe(ObjectNode request) {
        return described("Table", required(request));
    }

    synchronized ObjectNode update(ObjectNode request) {
        Entry entry = required(request);
        if (!entry.status().equals("ACTIVE")) {
            throw Refusal.inUse("Attempt to change a resource which is still in use: Table is being changed: "
                    + entry.table.name());
        }
        if (request.has("DeletionProtectionEnabled")) {
            entry.description.put("DeletionProtectionEnabled", Json.flag(request, "DeletionProtectionEnabled"));
        }
        String billing = Json.optionalText(request, "BillingMode");
        ObjectNode throughput = Json.optionalObject(request, "ProvisionedThroughput");
        if (billing != null || throughput != null) {
            billing(entry.description, Objects.requireNonNullElse(billing, "PROVISIONED"), throughput);
        }
        ObjectNode stream = Json.optionalObject(request, "StreamSpecification");
        if (stream != null && Json.flag(stream, "StreamEnabled") && entry.description.has("StreamSpecification")) {
            throw Refusal.invalid("Table already has an enabled stream: " + entry.table.name());
        }
        stream(entry.description, stream);
        entry.updatedAt = System.nanoTime() + updating.toNanos();
        return described("TableDescription", entry);
    }

    synchronized ObjectNode delete(ObjectNode request) {
        Entry entry = required(request);
        String name = entry.table.name();
        switch (entry.status()) {
            case "CREATING" ->
                throw Refusal.inUse(
                        "Attempt to change a resource which is still in use: Table is being created: " + name);
            case "UPDATING" ->
                throw Refusal.inUse(
                        "Attempt to change a resource which is still in use: Table is being updated: " + name);
            case "DELETING" -> {
                return described("TableDescription", entry);
            }
            default -> {}
        }
        if (entry.description.path("DeletionProtectionEnabled").booleanValue()) {
            throw Refusal.invalid("Resource cannot be deleted as it is currently protected against deletion. Disable"
                    + " deletion protection first.");
        }
        entry.goneAt = System.nanoTime() + deleting.toNanos();
        return described("TableDescription", entry);
    }

    synchronized ObjectNode list(ObjectNode request) {
        Integer wish = Json.optionalInt(request, "Limit");
        int limitOfNames = wish == null ? MOST_NAMES : wish;
        if (limitOfNames < 1 || limitOfNames > MOST_NAMES) {
            throw Refusal.invalid("1 validation error detected: Value '" + limitOfNames + "' at 'limit' failed to"
                    + " satisfy constraint: Member must have value between 1 and 100");
        }
        String after = Json.optionalText(request, "ExclusiveStartTableName");
        entries.values().removeIf(Entry::isGone);
        ObjectNode reply = Json.object();
        ArrayNode names = reply.putArray("TableNames");
        for (String name : (after == null ? entries : entries.tailMap(after, false)).keySet()) {
            if (names.size() == limitOfNames) {
                reply.put("LastEvaluatedTableName", names.get(limitOfNames - 1).textValue());
                break;
            }
            names.add(name);
        }
        return reply;
    }

    /** What of a table only requests of its own tell and change. */
    synchronized TableExtras extras(ObjectNode request) {
        return required(request).extras;
    }

    /** The same for requests that name the table by its ARN. */
    synchronized TableExtras extrasByArn(ObjectNode request) {
        String arn = Json.requiredText(request, "ResourceArn");
        Entry entry = find(name(arn));
        if (entry == null) {
            throw Refusal.notFound("Requested resource not found: ResourceArn: " + arn + " not found");
        }
        return entry.extras;
    }

    synchronized void status(String name, @Nullable String status) {
        Entry entry = find(name);
        if (entry == null) {
            throw new IllegalArgumentException("there is no table " + name);
        }
        entry.forced = status;
    }

    private static ObjectNode described(String member, Entry entry) {
        ObjectNode reply = Json.object();
        reply.set(member, entry.describe());
        return reply;
    }

    /** The table's class, encryption and limits, of which nothing is said if nothing is asked. */
    private static void describeRest(ObjectNode description, ObjectNode request) {
        String tableClass = Json.optionalText(request, "TableClass");
        if (tableClass != null) {
            description.putObject("TableClassSummary").put("TableClass", tableClass);
        }
        ObjectNode encryption = Json.optionalObject(request, "SSESpecification");
        if (encryption != null && Json.flag(encryption, "Enabled")) {
            String key = Json.optionalText(encryption, "KMSMasterKeyId");
            description
                    .putObject("SSEDescription")
                    .put("Status", "ENABLED")
                    .put("SSEType", "KMS")
                    .put("KMSMasterKeyArn", key == null ? "arn:aws:kms:us-east-1:000000000000:key/of-aws" : key);
        }
        for (String member : List.of("OnDemandThroughput", "WarmThroughput")) {
            ObjectNode units = Json.optionalObject(request, member);
            if (units != null) {
                description.set(member, units);
            }
        }
    }

    private static void billing(ObjectNode description, String billing, @Nullable ObjectNode throughput) {
        switch (billing) {
            case "PAY_PER_REQUEST" ->
                description.putObject("BillingModeSummary").put("BillingMode", billing);
            case "PROVISIONED" -> {
                // Said of tables that were on-demand only.
                if (description.has("BillingModeSummary")) {
                    description.putObject("BillingModeSummary").put("BillingMode", billing);
                }
            }
            default ->
                throw Refusal.invalid("1 validation error detected: Value '" + billing + "' at 'billingMode'"
                        + " failed to satisfy constraint: Member must satisfy enum value set: [PROVISIONED,"
                        + " PAY_PER_REQUEST]");
        }
        throughput(description, throughput);
    }

    private static int units(ObjectNode throughput, String member) {
        return Objects.requireNonNullElse(Json.optionalInt(throughput, member), 0);
    }

    private static void throughput(ObjectNode description, @Nullable ObjectNode wish) {
        ObjectNode throughput = Json.object().put("NumberOfDecreasesToday", 0);
        throughput.put(
                "ReadCapacityUnits",
                wish == null ? 0 : wish.path("ReadCapacityUnits").asLong());
        throughput.put(
                "WriteCapacityUnits",
                wish == null ? 0 : wish.path("WriteCapacityUnits").asLong());
        description.set("ProvisionedThroughput", throughput);
    }

    private static void stream(ObjectNode description, @Nullable ObjectNode wish) {
        if (wish == null) {
            return;
        }
        if (Json.flag(wish, "StreamEnabled")) {
            String label = Instant.now().toString();
            description.set("StreamSpecification", wish);
            description.put("LatestStreamLabel", label);
            description.put("LatestStreamArn", description.path("TableArn").asText() + "/stream/" + label);
        } else {
            description.remove("StreamSpecification");
        }
    }

    private Entry required(ObjectNode request) {
        String name = name(Json.requiredText(request, "TableName"));
        Entry entry = find(checked(name));
        if (entry == null) {
            throw Refusal.notFound("Requested resource not found: Table: " + name + " not found");
        }
        return entry;
    }

    private @Nullable Entry find(String name) {
        Entry entry = entries.get(name);
        if (entry != null && entry.isGone()) {
            entries.remove(name);
            return null;
        }
        return entry;
    }

    private static String name(String nameOrArn) {
        return nameOrArn.substring(nameOrArn.lastIndexOf('/') + 1);
    }

    private static String checked(String name) {
        if (!NAME.matcher(name).matches()) {
            throw Refusal.invalid("TableName must be at least 3 characters long and at most 255 characters long, and"
                    + " contain only a-z, A-Z, 0-9, '_', '-' and '.'");
        }
        return name;
    }
}
