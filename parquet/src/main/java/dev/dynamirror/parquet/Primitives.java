package dev.dynamirror.parquet;

import dev.dynamirror.parquet.FieldReader.Present;
import dev.dynamirror.value.DecimalType;
import dev.dynamirror.value.Json;
import dev.dynamirror.value.LiveType;
import dev.dynamirror.value.ScalarType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.NanoTime;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DateLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.EnumLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.Float16LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.JsonLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.StringLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.UUIDLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;

/**
 * How values of Parquet's primitive types are read.
 *
 * @see <a href="https://github.com/apache/parquet-format/blob/master/LogicalTypes.md">Parquet's logical types</a>
 */
final class Primitives {

    private static final long SECONDS_OF_DAY = TimeUnit.DAYS.toSeconds(1);

    /** The Julian day of 1970-01-01, from which the days of INT96 are counted away. */
    private static final int JULIAN_DAY_OF_EPOCH = 2_440_588;

    /**
     * A type, and how its values are read.
     *
     * @param type the type
     * @param value reads a value
     */
    record Reader(LiveType type, Present value) {}

    private Primitives() {}

    static Reader of(PrimitiveType type) {
        LogicalTypeAnnotation meaning = type.getLogicalTypeAnnotation();
        if (meaning instanceof DecimalLogicalTypeAnnotation decimal) {
            return new Reader(new DecimalType(decimal.getPrecision(), decimal.getScale()), decimal(type, decimal));
        }
        if (meaning instanceof TimestampLogicalTypeAnnotation timestamp) {
            return timestamp(timestamp);
        }
        if (meaning instanceof TimeLogicalTypeAnnotation time) {
            return new Reader(ScalarType.TIME, time(time));
        }
        if (meaning instanceof DateLogicalTypeAnnotation) {
            return new Reader(
                    ScalarType.DATE, (row, field, index) -> LocalDate.ofEpochDay(row.getInteger(field, index)));
        }
        if (meaning instanceof IntLogicalTypeAnnotation integer && !integer.isSigned()) {
            return unsigned(type);
        }
        return switch (type.getPrimitiveTypeName()) {
            case BOOLEAN -> new Reader(ScalarType.BOOL, Group::getBoolean);
            case INT32 -> new Reader(ScalarType.INT, (row, field, index) -> (long) row.getInteger(field, index));
            case INT64 -> new Reader(ScalarType.INT, Group::getLong);
            case INT96 -> new Reader(ScalarType.DATETIME_UTC, Primitives::legacyTimestamp);
            case FLOAT -> new Reader(ScalarType.FLOAT, (row, field, index) -> shortest(row.getFloat(field, index)));
            case DOUBLE -> new Reader(ScalarType.FLOAT, Group::getDouble);
            case BINARY, FIXED_LEN_BYTE_ARRAY -> binary(type, meaning);
        };
    }

    private static Reader binary(PrimitiveType type, LogicalTypeAnnotation meaning) {
        if (meaning instanceof StringLogicalTypeAnnotation || meaning instanceof EnumLogicalTypeAnnotation) {
            return new Reader(ScalarType.STR, Primitives::text);
        }
        if (meaning instanceof JsonLogicalTypeAnnotation) {
            return new Reader(ScalarType.JSON, (row, field, index) -> Json.parse(text(row, field, index)));
        }
        if (meaning instanceof UUIDLogicalTypeAnnotation) {
            return new Reader(
                    ScalarType.STR, (row, field, index) -> type.stringifier().stringify(row.getBinary(field, index)));
        }
        if (meaning instanceof Float16LogicalTypeAnnotation) {
            return new Reader(
                    ScalarType.FLOAT,
                    (row, field, index) -> Double.valueOf(type.stringifier().stringify(row.getBinary(field, index))));
        }
        return new Reader(
                ScalarType.BYTES,
                (row, field, index) -> row.getBinary(field, index).getBytes());
    }

    private static String text(Group row, int field, int index) {
        return Utf8Text.of(row.getBinary(field, index).getBytesUnsafe());
    }

    private static Reader unsigned(PrimitiveType type) {
        return switch (type.getPrimitiveTypeName()) {
            case INT32 ->
                new Reader(ScalarType.INT, (row, field, index) -> Integer.toUnsignedLong(row.getInteger(field, index)));
            default ->
                new Reader(
                        new DecimalType(20, 0),
                        (row, field, index) -> new BigDecimal(Long.toUnsignedString(row.getLong(field, index))));
        };
    }

    private static Present decimal(PrimitiveType type, DecimalLogicalTypeAnnotation decimal) {
        int scale = decimal.getScale();
        return switch (type.getPrimitiveTypeName()) {
            case INT32 -> (row, field, index) -> BigDecimal.valueOf(row.getInteger(field, index), scale);
            case INT64 -> (row, field, index) -> BigDecimal.valueOf(row.getLong(field, index), scale);
            default ->
                (row, field, index) -> new BigDecimal(
                        new BigInteger(row.getBinary(field, index).getBytesUnsafe()), scale);
        };
    }

    private static Present time(TimeLogicalTypeAnnotation time) {
        long nanos = nanosOf(time.getUnit());
        return time.getUnit() == LogicalTypeAnnotation.TimeUnit.MILLIS
                ? (row, field, index) -> LocalTime.ofNanoOfDay(row.getInteger(field, index) * nanos)
                : (row, field, index) -> LocalTime.ofNanoOfDay(row.getLong(field, index) * nanos);
    }

    private static Reader timestamp(TimestampLogicalTypeAnnotation timestamp) {
        long unit = nanosOf(timestamp.getUnit());
        return timestamp.isAdjustedToUTC()
                ? new Reader(ScalarType.DATETIME_UTC, (row, field, index) -> instant(row.getLong(field, index), unit))
                : new Reader(
                        ScalarType.DATETIME_NAIVE,
                        (row, field, index) ->
                                LocalDateTime.ofInstant(instant(row.getLong(field, index), unit), ZoneOffset.UTC));
    }

    /** Takes units since 1970, and how many nanoseconds a unit has. */
    private static Instant instant(long units, long nanosOfUnit) {
        long unitsOfSecond = TimeUnit.SECONDS.toNanos(1) / nanosOfUnit;
        return Instant.ofEpochSecond(
                Math.floorDiv(units, unitsOfSecond), Math.floorMod(units, unitsOfSecond) * nanosOfUnit);
    }

    private static long nanosOf(LogicalTypeAnnotation.TimeUnit unit) {
        return switch (unit) {
            case MILLIS -> TimeUnit.MILLISECONDS.toNanos(1);
            case MICROS -> TimeUnit.MICROSECONDS.toNanos(1);
            case NANOS -> 1;
        };
    }

    /** What Hive, Impala and older Sparks write: a Julian day, and the nanoseconds of it, in UTC. */
    private static Instant legacyTimestamp(Group row, int field, int index) {
        NanoTime time = NanoTime.fromBinary(row.getInt96(field, index));
        long days = (long) time.getJulianDay() - JULIAN_DAY_OF_EPOCH;
        return Instant.ofEpochSecond(days * SECONDS_OF_DAY, time.getTimeOfDayNanos());
    }

    /** The double of the same shortest digits, as {@code 0.1f} means 0.1. */
    private static double shortest(float value) {
        return Float.isFinite(value) ? Double.parseDouble(Float.toString(value)) : value;
    }
}
