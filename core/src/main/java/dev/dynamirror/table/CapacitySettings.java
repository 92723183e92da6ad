package dev.dynamirror.table;

import dev.dynamirror.error.MirrorException;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * How much a table that is created is to take.
 *
 * @param billingMode what it is paid by, or null: on-demand for a new table, as before for one that is replaced
 * @param readCapacity its read units a second, if and only if it is provisioned
 * @param writeCapacity its write units a second, if and only if it is provisioned
 * @param warmReadUnitsPerSecond for how many read units a second it is ready at once, or null for DynamoDB's own number
 * @param warmWriteUnitsPerSecond for how many write units a second it is ready at once, or null for DynamoDB's own number
 */
public record CapacitySettings(
        @Nullable BillingMode billingMode,
        @Nullable Long readCapacity,
        @Nullable Long writeCapacity,
        @Nullable Long warmReadUnitsPerSecond,
        @Nullable Long warmWriteUnitsPerSecond)
        implements Serializable {

    /**
     * Checks the numbers.
     *
     * @throws MirrorException if one is not positive, a provisioned table has no capacity, or one that is not has
     */
    public CapacitySettings {
        requirePositive("read-capacity", readCapacity);
        requirePositive("write-capacity", writeCapacity);
        requirePositive("warm-read-units-per-second", warmReadUnitsPerSecond);
        requirePositive("warm-write-units-per-second", warmWriteUnitsPerSecond);
        if (billingMode == BillingMode.PROVISIONED) {
            if (readCapacity == null || writeCapacity == null) {
                throw new MirrorException(
                        "billing-mode is provisioned, which needs both read-capacity and write-capacity");
            }
        } else if (readCapacity != null || writeCapacity != null) {
            throw new MirrorException((readCapacity != null ? "read-capacity" : "write-capacity")
                    + " is set, but the table is not provisioned; set billing-mode to provisioned, or leave it out");
        }
    }

    private static void requirePositive(String option, @Nullable Long units) {
        if (units != null && units < 1) {
            throw new MirrorException(option + " is " + units + ", and must be at least 1");
        }
    }
}
