package dev.dynamirror.table;

import dev.dynamirror.item.KeyType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndexDescription;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.LocalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.LocalSecondaryIndexDescription;
import software.amazon.awssdk.services.dynamodb.model.OnDemandThroughput;
import software.amazon.awssdk.services.dynamodb.model.PointInTimeRecoverySpecification;
import software.amazon.awssdk.services.dynamodb.model.Projection;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughput;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputDescription;
import software.amazon.awssdk.services.dynamodb.model.SSEDescription;
import software.amazon.awssdk.services.dynamodb.model.SSESpecification;
import software.amazon.awssdk.services.dynamodb.model.SSEStatus;
import software.amazon.awssdk.services.dynamodb.model.SSEType;
import software.amazon.awssdk.services.dynamodb.model.StreamSpecification;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.Tag;
import software.amazon.awssdk.services.dynamodb.model.WarmThroughput;

/**
 * A table that is to be created.
 *
 * @param request what makes it
 * @param ttlAttribute the attribute of its TTL, which is turned on once it is there, or null
 * @param recovery its point-in-time recovery, which is turned on once it is there, or null
 * @param lostIndexes the indexes of the table in whose place it comes that it can't have, each with the reason
 */
record NewTable(
        CreateTableRequest request,
        @Nullable String ttlAttribute,
        @Nullable PointInTimeRecoverySpecification recovery,
        List<String> lostIndexes) {

    /** The key that AWS keeps in the user's account; it must not be named in a request. */
    private static final String KEY_OF_AWS = "alias/aws/dynamodb";

    private static final String OWN_TAGS_OF_AWS = "aws:";

    /** The table that the mirror asks for, where there is none. */
    static NewTable of(Preparation preparation) {
        return new Maker(preparation, null).make();
    }

    /** The table that the mirror asks for, with all that it doesn't say as it is in the old one. */
    static NewTable inPlaceOf(OldTable old, Preparation preparation) {
        return new Maker(preparation, old).make();
    }

    /** The commands of the AWS CLI that make this table. */
    List<String> commands() {
        List<String> commands = new ArrayList<>();
        commands.add("aws dynamodb create-table --cli-input-json " + AwsCommands.quoted(AwsCommands.json(request)));
        if (ttlAttribute != null || recovery != null) {
            commands.add("aws dynamodb wait table-exists --table-name " + request.tableName());
        }
        if (ttlAttribute != null) {
            commands.add(AwsCommands.turnOnTtl(request.tableName(), ttlAttribute));
        }
        if (recovery != null) {
            commands.add(AwsCommands.turnOnRecovery(request.tableName(), recovery));
        }
        return commands;
    }

    static boolean isProvisioned(TableDescription table) {
        if (table.billingModeSummary() != null) {
            return table.billingModeSummary().billingMode()
                    == software.amazon.awssdk.services.dynamodb.model.BillingMode.PROVISIONED;
        }
        // Tables that were never on-demand don't say what they are.
        return table.provisionedThroughput() != null;
    }

    private static final class Maker {

        private final Preparation preparation;
        private final TableSettings settings;
        private final @Nullable OldTable old;
        private final Map<String, KeyType> attributes = new LinkedHashMap<>();
        private final List<String> lostIndexes = new ArrayList<>();

        private Maker(Preparation preparation, @Nullable OldTable old) {
            this.preparation = preparation;
            this.settings = preparation.settings();
            this.old = old;
        }

        private NewTable make() {
            CreateTableRequest.Builder request = CreateTableRequest.builder()
                    .tableName(preparation.table().name())
                    .keySchema(keySchema(preparation.table().keyParts().stream()
                            .map(TableSpec.KeyPart::attribute)
                            .toList()));
            preparation.table().keyParts().forEach(part -> attributes.put(part.attribute(), part.type()));
            addCapacity(request);
            addIndexes(request);
            request.attributeDefinitions(attributes.entrySet().stream()
                    .map(attribute -> AttributeDefinition.builder()
                            .attributeName(attribute.getKey())
                            .attributeType(attribute.getValue().name())
                            .build())
                    .toList());
            addTags(request);
            addEncryption(request);
            addRest(request);
            String ttl = preparation.ttlAttribute();
            if (ttl == null && old != null) {
                ttl = old.ttlAttribute();
            }
            return new NewTable(request.build(), ttl, old == null ? null : old.recovery(), lostIndexes);
        }

        private void addCapacity(CreateTableRequest.Builder request) {
            CapacitySettings capacity = settings.capacity();
            ProvisionedThroughput provisioned = provisioned();
            request.provisionedThroughput(provisioned)
                    .billingMode(
                            provisioned == null
                                    ? software.amazon.awssdk.services.dynamodb.model.BillingMode.PAY_PER_REQUEST
                                    : software.amazon.awssdk.services.dynamodb.model.BillingMode.PROVISIONED);
            if (provisioned == null && old != null) {
                request.onDemandThroughput(limited(old.description().onDemandThroughput()));
            }
            if (capacity.warmReadUnitsPerSecond() != null || capacity.warmWriteUnitsPerSecond() != null) {
                request.warmThroughput(WarmThroughput.builder()
                        .readUnitsPerSecond(capacity.warmReadUnitsPerSecond())
                        .writeUnitsPerSecond(capacity.warmWriteUnitsPerSecond())
                        .build());
            }
        }

        /** The table's capacity; null for one that is on-demand. */
        private @Nullable ProvisionedThroughput provisioned() {
            CapacitySettings capacity = settings.capacity();
            if (capacity.billingMode() == BillingMode.PROVISIONED) {
                return ProvisionedThroughput.builder()
                        .readCapacityUnits(capacity.readCapacity())
                        .writeCapacityUnits(capacity.writeCapacity())
                        .build();
            }
            if (capacity.billingMode() == null && old != null && isProvisioned(old.description())) {
                return throughput(old.description().provisionedThroughput());
            }
            return null;
        }

        private static ProvisionedThroughput throughput(ProvisionedThroughputDescription throughput) {
            return ProvisionedThroughput.builder()
                    .readCapacityUnits(throughput.readCapacityUnits())
                    .writeCapacityUnits(throughput.writeCapacityUnits())
                    .build();
        }

        /** The limits of an on-demand table or index; null if there are none, which is said by -1, too. */
        private static @Nullable OnDemandThroughput limited(@Nullable OnDemandThroughput limits) {
            if (limits == null || !(isLimit(limits.maxReadRequestUnits()) || isLimit(limits.maxWriteRequestUnits()))) {
                return null;
            }
            return limits;
        }

        private static boolean isLimit(@Nullable Long units) {
            return units != null && units > 0;
        }

        private void addIndexes(CreateTableRequest.Builder request) {
            Map<String, GlobalSecondaryIndex> globals = new LinkedHashMap<>();
            List<LocalSecondaryIndex> locals = new ArrayList<>();
            if (old != null) {
                for (LocalSecondaryIndexDescription index : old.description().localSecondaryIndexes()) {
                    if (canHave(index.indexName(), index.keySchema()) && canBeLocal(index)) {
                        locals.add(local(index));
                    }
                }
                for (GlobalSecondaryIndexDescription index : old.description().globalSecondaryIndexes()) {
                    if (isNamedAnew(index.indexName())) {
                        continue;
                    }
                    if (canHave(index.indexName(), index.keySchema())) {
                        globals.put(index.indexName(), global(index));
                    }
                }
                old.description()
                        .vectorIndexes()
                        .forEach(index -> lostIndexes.add(index.indexName() + " (an index of vectors)"));
            }
            for (GlobalIndex index : settings.globalIndexes()) {
                globals.put(index.name(), global(index));
            }
            if (!locals.isEmpty()) {
                request.localSecondaryIndexes(locals);
            }
            if (!globals.isEmpty()) {
                request.globalSecondaryIndexes(globals.values());
            }
        }

        private boolean isNamedAnew(String name) {
            return settings.globalIndexes().stream()
                    .anyMatch(index -> index.name().equals(name));
        }

        /** Whether the new table's items can be in that old index: no column of the live table has another type. */
        private boolean canHave(String index, List<KeySchemaElement> keys) {
            for (KeySchemaElement key : keys) {
                String name = key.attributeName();
                KeyType before = typeBefore(name);
                Optional<KeyType> now = preparation.columns().get(name);
                if (now == null && attributes.containsKey(name)) {
                    now = Optional.of(attributes.get(name));
                }
                if (now != null && !now.equals(Optional.of(before))) {
                    lostIndexes.add(index + " (its key \"" + name + "\" was " + before + ", and is "
                            + now.map(KeyType::name).orElse("of a type that can't be a key") + " now)");
                    return false;
                }
            }
            return true;
        }

        /** Whether the new table's key is one that the old local index can go with. */
        private boolean canBeLocal(LocalSecondaryIndexDescription index) {
            String partition = index.keySchema().get(0).attributeName();
            boolean can = preparation.table().sort() != null
                    && partition.equals(preparation.table().partition().attribute());
            if (!can) {
                lostIndexes.add(index.indexName() + " (a local index, which needs the partition key \"" + partition
                        + "\" and a sort key)");
            }
            return can;
        }

        private KeyType typeBefore(String attribute) {
            return old == null
                    ? KeyType.S
                    : old.description().attributeDefinitions().stream()
                            .filter(definition -> definition.attributeName().equals(attribute))
                            .map(definition -> KeyType.valueOf(definition.attributeTypeAsString()))
                            .findFirst()
                            .orElseThrow();
        }

        private LocalSecondaryIndex local(LocalSecondaryIndexDescription index) {
            index.keySchema().forEach(key -> attributes.put(key.attributeName(), typeBefore(key.attributeName())));
            return LocalSecondaryIndex.builder()
                    .indexName(index.indexName())
                    .keySchema(index.keySchema())
                    .projection(index.projection())
                    .build();
        }

        private GlobalSecondaryIndex global(GlobalSecondaryIndexDescription index) {
            index.keySchema().forEach(key -> attributes.put(key.attributeName(), typeBefore(key.attributeName())));
            ProvisionedThroughput provisioned = provisioned();
            boolean asBefore = provisioned != null && old != null && isProvisioned(old.description());
            return GlobalSecondaryIndex.builder()
                    .indexName(index.indexName())
                    .keySchema(index.keySchema())
                    .projection(index.projection())
                    .provisionedThroughput(asBefore ? throughput(index.provisionedThroughput()) : provisioned)
                    .onDemandThroughput(provisioned == null ? limited(index.onDemandThroughput()) : null)
                    .build();
        }

        private GlobalSecondaryIndex global(GlobalIndex index) {
            for (String key : index.keys()) {
                attributes.put(
                        key,
                        preparation
                                .columns()
                                .getOrDefault(key, Optional.empty())
                                .orElseThrow());
            }
            return GlobalSecondaryIndex.builder()
                    .indexName(index.name())
                    .keySchema(keySchema(index.keys()))
                    .projection(projection(index))
                    .provisionedThroughput(provisioned())
                    .build();
        }

        private static Projection projection(GlobalIndex index) {
            Projection.Builder projection = Projection.builder();
            return switch (index.projection()) {
                case ALL -> projection.projectionType(ProjectionType.ALL).build();
                case KEYS_ONLY ->
                    projection.projectionType(ProjectionType.KEYS_ONLY).build();
                case INCLUDE ->
                    projection
                            .projectionType(ProjectionType.INCLUDE)
                            .nonKeyAttributes(index.included())
                            .build();
            };
        }

        private void addTags(CreateTableRequest.Builder request) {
            Map<String, String> tags = new TreeMap<>();
            if (old != null) {
                old.tags().stream().filter(tag -> !isOfAws(tag)).forEach(tag -> tags.put(tag.key(), tag.value()));
            }
            tags.putAll(settings.tags());
            if (!tags.isEmpty()) {
                request.tags(tags.entrySet().stream()
                        .map(tag -> Tag.builder()
                                .key(tag.getKey())
                                .value(tag.getValue())
                                .build())
                        .toList());
            }
        }

        private void addEncryption(CreateTableRequest.Builder request) {
            String key = settings.encryptionKey();
            if (key != null) {
                request.sseSpecification(encryption(key.equals(KEY_OF_AWS) ? null : key));
                return;
            }
            SSEDescription before = old == null ? null : old.description().sseDescription();
            if (before != null && (before.status() == SSEStatus.ENABLED || before.status() == SSEStatus.UPDATING)) {
                request.sseSpecification(encryption(before.kmsMasterKeyArn()));
            }
        }

        private static SSESpecification encryption(@Nullable String key) {
            return SSESpecification.builder()
                    .enabled(true)
                    .sseType(SSEType.KMS)
                    .kmsMasterKeyId(key)
                    .build();
        }

        private void addRest(CreateTableRequest.Builder request) {
            TableDescription before = old == null ? null : old.description();
            if (settings.tableClass() != null) {
                request.tableClass(settings.tableClass().sdk());
            } else if (before != null && before.tableClassSummary() != null) {
                request.tableClass(before.tableClassSummary().tableClass());
            }
            if (settings.deletionProtection() != null) {
                request.deletionProtectionEnabled(settings.deletionProtection() == DeletionProtection.ON);
            } else if (before != null && Boolean.TRUE.equals(before.deletionProtectionEnabled())) {
                request.deletionProtectionEnabled(true);
            }
            if (settings.stream() != null) {
                request.streamSpecification(StreamSpecification.builder()
                        .streamEnabled(true)
                        .streamViewType(settings.stream().sdk())
                        .build());
            } else if (before != null && hasStream(before)) {
                request.streamSpecification(before.streamSpecification());
            }
            if (old != null) {
                request.resourcePolicy(old.policy());
            }
        }

        private static List<KeySchemaElement> keySchema(List<String> names) {
            List<KeySchemaElement> key = new ArrayList<>();
            for (String name : names) {
                key.add(KeySchemaElement.builder()
                        .attributeName(name)
                        .keyType(
                                key.isEmpty()
                                        ? software.amazon.awssdk.services.dynamodb.model.KeyType.HASH
                                        : software.amazon.awssdk.services.dynamodb.model.KeyType.RANGE)
                        .build());
            }
            return key;
        }
    }

    static boolean hasStream(TableDescription table) {
        return table.streamSpecification() != null
                && Boolean.TRUE.equals(table.streamSpecification().streamEnabled());
    }

    /** Whether only AWS itself can give this tag. */
    static boolean isOfAws(Tag tag) {
        return tag.key().startsWith(OWN_TAGS_OF_AWS);
    }
}
