package dev.dynamirror.testkit.faulty;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Units that were consumed.
 *
 * @param table by the table itself
 * @param indexes by its indexes, those that consumed something
 */
record Capacity(double table, Map<String, Double> indexes) {

    static final Capacity NOTHING = new Capacity(0, Map.of());

    private static final int WRITE_UNIT = 1024;
    private static final int READ_UNIT = 4096;

    double total() {
        return table
                + indexes.values().stream().mapToDouble(Double::doubleValue).sum();
    }

    Capacity plus(Capacity other) {
        if (indexes.isEmpty() && other.indexes.isEmpty()) {
            return new Capacity(table + other.table, indexes);
        }
        Map<String, Double> sums = new LinkedHashMap<>(indexes);
        other.indexes.forEach((index, units) -> sums.merge(index, units, Double::sum));
        return new Capacity(table + other.table, sums);
    }

    static double writeUnits(int bytes) {
        return Math.max(1, (bytes + WRITE_UNIT - 1) / WRITE_UNIT);
    }

    static Capacity read(long bytes, boolean consistent) {
        return new Capacity(Math.max(1, (bytes + READ_UNIT - 1) / READ_UNIT) * (consistent ? 1 : 0.5), Map.of());
    }

    /** Says it in a reply to a request of one table, if the request asks for it. */
    static void tell(ObjectNode request, ObjectNode reply, String table, Capacity capacity) {
        ObjectNode told = told(request, table, capacity);
        if (told != null) {
            reply.set("ConsumedCapacity", told);
        }
    }

    /** Says it in a reply to a request of several tables, if the request asks for it. */
    static void tellAll(ObjectNode request, ObjectNode reply, Map<String, Capacity> capacities) {
        capacities.forEach((table, capacity) -> {
            ObjectNode told = told(request, table, capacity);
            if (told != null) {
                reply.withArray("ConsumedCapacity").add(told);
            }
        });
    }

    private static @Nullable ObjectNode told(ObjectNode request, String table, Capacity capacity) {
        String wish = Json.optionalText(request, "ReturnConsumedCapacity");
        if (wish == null || wish.equals("NONE")) {
            return null;
        }
        if (!wish.equals("TOTAL") && !wish.equals("INDEXES")) {
            throw Refusal.invalid("1 validation error detected: Value '" + wish + "' at 'returnConsumedCapacity' failed"
                    + " to satisfy constraint: Member must satisfy enum value set: [INDEXES, TOTAL, NONE]");
        }
        ObjectNode told = Json.object().put("TableName", table).put("CapacityUnits", capacity.total());
        if (wish.equals("INDEXES")) {
            told.putObject("Table").put("CapacityUnits", capacity.table);
            if (!capacity.indexes.isEmpty()) {
                ObjectNode indexes = told.putObject("GlobalSecondaryIndexes");
                capacity.indexes.forEach(
                        (index, units) -> indexes.putObject(index).put("CapacityUnits", units));
            }
        }
        return told;
    }
}
