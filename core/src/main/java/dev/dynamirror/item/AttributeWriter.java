package dev.dynamirror.item;

import dev.dynamirror.value.DoubleNdArray;
import dev.dynamirror.value.Json;
import dev.dynamirror.value.LongNdArray;
import dev.dynamirror.value.NdArray;
import dev.dynamirror.value.Pointer;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import software.amazon.awssdk.thirdparty.jackson.core.io.NumberOutput;

/**
 * Writes attribute values in DynamoDB's JSON as bytes, in the forms of Pathway's DynamoDB output.
 *
 * <p>Each public method writes one whole attribute value. Not safe for use by several threads.
 */
public final class AttributeWriter {

    private static final byte[] TRUE = ascii("{\"BOOL\":true}");
    private static final byte[] FALSE = ascii("{\"BOOL\":false}");
    private static final byte[] ABSENT = ascii("{\"NULL\":true}");
    private static final byte[] NUMBER = ascii("{\"N\":\"");
    private static final byte[] STRING = ascii("{\"S\":\"");
    private static final byte[] BINARY = ascii("{\"B\":\"");
    private static final byte[] LIST = ascii("{\"L\":[");
    private static final byte[] END_OF_LIST = ascii("]}");
    private static final byte[] MAP = ascii("{\"M\":{");
    private static final byte[] END_OF_MAP = ascii("}}");
    private static final byte[] SHAPE = ascii("{\"M\":{\"shape\":");
    private static final byte[] ELEMENTS = ascii(",\"elements\":");
    private static final byte[] END_OF_TEXT = ascii("\"}");
    private static final byte[] UTC = ascii("+0000");
    private static final byte[] HEX = ascii("0123456789abcdef");
    private static final int LONGEST_LONG = 20;

    /** From so many characters on, a copy of a text costs less than to look at each character. */
    private static final int LONG_TEXT = 64;

    private static final int LAST_YEAR = 9999;
    private static final long SECONDS_A_DAY = 86_400;

    /** Smaller doubles have at most 15 digits if they are whole millionths. */
    private static final double TOO_LARGE_FOR_MILLIONTHS = 1e9;

    private static final Instant FIRST_INSTANT = Instant.parse("0000-01-01T00:00:00Z");
    private static final Instant LAST_INSTANT = Instant.parse("9999-12-31T23:59:59.999999999Z");

    private final UnstorableNumbers unstorable;
    private byte[] bytes = new byte[512];
    private int length;

    /** The day that was written last, as an epoch day, and its digits. */
    private long lastDay = Long.MIN_VALUE;

    private byte[] lastDayDigits = {};

    /** A writer to which a number that DynamoDB can't store is an error. */
    public AttributeWriter() {
        this(UnstorableNumbers.BAD_ROW);
    }

    /** A writer that does so with numbers that DynamoDB can't store. */
    AttributeWriter(UnstorableNumbers unstorable) {
        this.unstorable = unstorable;
    }

    /** Writes a boolean. */
    public void bool(boolean value) {
        raw(value ? TRUE : FALSE);
    }

    /** Writes the mark of an absent value, {@code {"NULL":true}}. */
    public void absent() {
        raw(ABSENT);
    }

    /** Writes an integer. */
    public void number(long value) {
        raw(NUMBER);
        reserve(LONGEST_LONG);
        length = NumberOutput.outputLong(value, bytes, length);
        raw(END_OF_TEXT);
    }

    /**
     * Writes a double with the shortest digits that round-trip and no exponent.
     *
     * @throws IllegalValueException if the value is no number, infinite, or out of DynamoDB's range, and such numbers are
     *     not stored as strings
     */
    public void number(double value) {
        long millionths = Math.abs(value) < TOO_LARGE_FOR_MILLIONTHS ? (long) Math.rint(value * 1e6) : 0;
        if (millionths != 0 && millionths / 1e6 == value) {
            // No other number of up to 15 digits has this double, so none is shorter.
            raw(NUMBER);
            millionths(millionths);
            raw(END_OF_TEXT);
        } else if (unstorable == UnstorableNumbers.AS_STRING && !Numbers.isStorable(value)) {
            string(Numbers.anyPlain(value));
        } else {
            numberText(Numbers.plain(value));
        }
    }

    /**
     * Writes a float with the shortest digits that round-trip as a float: {@code 0.1f} is {@code 0.1}.
     *
     * @throws IllegalValueException if the value is no number or infinite, and such numbers are not stored as strings
     */
    public void number(float value) {
        if (Float.isFinite(value)) {
            numberText(Numbers.plain(value));
        } else {
            number((double) value);
        }
    }

    /**
     * Writes a decimal in plain digits.
     *
     * @throws IllegalValueException if the value has more than 38 digits or is out of DynamoDB's range, and such numbers
     *     are not stored as strings
     */
    public void number(BigDecimal value) {
        if (unstorable == UnstorableNumbers.AS_STRING && !Numbers.isStorable(value)) {
            string(Numbers.anyPlain(value));
        } else {
            numberText(Numbers.plain(value));
        }
    }

    /** Writes a duration in nanoseconds. */
    public void duration(Duration value) {
        numberText(Numbers.nanoseconds(value));
    }

    /**
     * Writes a string.
     *
     * @throws IllegalValueException if the string has half of a surrogate pair, or is longer than any item
     */
    public void string(String value) {
        requireRoom("string", value.length(), "characters");
        raw(STRING);
        escaped(value);
        raw(END_OF_TEXT);
    }

    /**
     * Writes a string that is there in UTF-8.
     *
     * @throws IllegalValueException if the bytes are no valid UTF-8, or longer than any item
     */
    public void string(byte[] utf8) {
        requireRoom("string", utf8.length, "bytes");
        raw(STRING);
        escaped(utf8);
        raw(END_OF_TEXT);
    }

    /**
     * Writes a binary.
     *
     * @throws IllegalValueException if the binary is longer than any item
     */
    public void binary(byte[] value) {
        requireRoom("binary", value.length, "bytes");
        raw(BINARY);
        raw(Base64.getEncoder().encode(value));
        raw(END_OF_TEXT);
    }

    /**
     * Writes a datetime without zone: {@code 2025-01-17T00:00:00.000000000}.
     *
     * @throws IllegalValueException if the year is not from 0 to 9999
     */
    public void naiveDatetime(LocalDateTime value) {
        raw(STRING);
        datetime(value);
        raw(END_OF_TEXT);
    }

    /**
     * Writes a point in time: {@code 2025-01-17T00:00:00.000000000+0000}.
     *
     * @throws IllegalValueException if the year is not from 0 to 9999
     */
    public void utcDatetime(Instant value) {
        raw(STRING);
        datetime(value);
        raw(END_OF_TEXT);
    }

    /**
     * Writes a datetime without zone, given as if its zone were UTC.
     *
     * @param second the seconds since 1970-01-01T00:00:00
     * @param nano the nanoseconds of that second
     * @throws IllegalValueException if the year is not from 0 to 9999
     */
    public void naiveDatetime(long second, int nano) {
        if (second < FIRST_INSTANT.getEpochSecond() || second > LAST_INSTANT.getEpochSecond()) {
            naiveDatetime(LocalDateTime.ofEpochSecond(second, nano, ZoneOffset.UTC));
            return;
        }
        raw(STRING);
        datetime(second, nano);
        raw(END_OF_TEXT);
    }

    /**
     * Writes a date: {@code 2025-01-17}.
     *
     * @throws IllegalValueException if the year is not from 0 to 9999
     */
    public void date(LocalDate value) {
        raw(STRING);
        dateDigits(value);
        raw(END_OF_TEXT);
    }

    /** Writes a time of day with as many fraction digits as it needs: {@code 10:30:00}, {@code 10:30:00.5}. */
    public void time(LocalTime value) {
        raw(STRING);
        ascii7(timeText(value));
        raw(END_OF_TEXT);
    }

    /**
     * Writes a JSON value: its compact text.
     *
     * @throws IllegalValueException if the text is longer than any item
     */
    public void json(Json value) {
        string(value.toString());
    }

    /** Writes a pointer: {@code ^} and 26 characters. */
    public void pointer(Pointer value) {
        raw(STRING);
        ascii7(value.toString());
        raw(END_OF_TEXT);
    }

    /**
     * Writes an n-dimensional array.
     *
     * @throws IllegalValueException if an element is no number that DynamoDB stores
     */
    public void ndArray(NdArray value) {
        raw(SHAPE);
        numbers(value.shape());
        raw(ELEMENTS);
        if (value instanceof LongNdArray integers) {
            numbers(integers.elements());
        } else if (value instanceof DoubleNdArray floats) {
            numbers(floats.elements());
        }
        raw(END_OF_MAP);
    }

    /** Begins a list; its elements follow, with a {@link #separator} between two, and {@link #endList}. */
    void beginList() {
        raw(LIST);
    }

    void endList() {
        raw(END_OF_LIST);
    }

    /** Begins a map; names, each with its value, follow, with a {@link #separator} between two, and {@link #endMap}. */
    void beginMap() {
        raw(MAP);
    }

    void endMap() {
        raw(END_OF_MAP);
    }

    void separator() {
        one(',');
    }

    /**
     * Writes a name in a map; its value follows.
     *
     * @throws IllegalValueException if the name has half of a surrogate pair
     */
    void name(String name) {
        one('"');
        escaped(name);
        one('"');
        one(':');
    }

    /** What {@link #name} writes. */
    static byte[] encodedName(String name) {
        AttributeWriter out = new AttributeWriter();
        out.name(name);
        return out.toByteArray();
    }

    /**
     * The text that {@link #date} writes.
     *
     * @throws IllegalValueException if the year is not from 0 to 9999
     */
    static String dateText(LocalDate value) {
        AttributeWriter out = new AttributeWriter();
        out.dateDigits(value);
        return out.text();
    }

    /** The text that {@link #time} writes. */
    static String timeText(LocalTime value) {
        return DateTimeFormatter.ISO_LOCAL_TIME.format(value);
    }

    /** The text that {@link #naiveDatetime} writes. */
    static String naiveDatetimeText(LocalDateTime value) {
        AttributeWriter out = new AttributeWriter();
        out.datetime(value);
        return out.text();
    }

    /** The text that {@link #utcDatetime} writes. */
    static String utcDatetimeText(Instant value) {
        AttributeWriter out = new AttributeWriter();
        out.datetime(value);
        return out.text();
    }

    /** Writes a number from its text. */
    void numberText(byte[] ascii) {
        raw(NUMBER);
        raw(ascii);
        raw(END_OF_TEXT);
    }

    /** Writes a number from its text, which is plain ASCII. */
    void numberText(String plain) {
        raw(NUMBER);
        ascii7(plain);
        raw(END_OF_TEXT);
    }

    /** Writes these bytes as they are. */
    void raw(byte[] piece) {
        reserve(piece.length);
        System.arraycopy(piece, 0, bytes, length, piece.length);
        length += piece.length;
    }

    /** Forgets what was written. */
    void clear() {
        length = 0;
    }

    /** A copy of what was written. */
    byte[] toByteArray() {
        return Arrays.copyOf(bytes, length);
    }

    /**
     * The string of its UTF-8.
     *
     * @throws IllegalValueException if the bytes are no valid UTF-8
     */
    public static String validUnicode(byte[] utf8) {
        Utf8.check(utf8);
        return new String(utf8, StandardCharsets.UTF_8);
    }

    /**
     * The string itself, if it is valid Unicode.
     *
     * @throws IllegalValueException if the string has half of a surrogate pair
     */
    public static String validUnicode(String value) {
        for (int i = 0; i < value.length(); i++) {
            if (Character.isSurrogate(value.charAt(i))) {
                requirePair(value, i);
                i++;
            }
        }
        return value;
    }

    /** The text as a JSON string with its quotes. */
    static String jsonString(String text) {
        AttributeWriter out = new AttributeWriter();
        out.one('"');
        out.escaped(text);
        out.one('"');
        return out.text();
    }

    /** Spares what is far too long for an item from being copied. */
    private static void requireRoom(String what, int length, String unit) {
        if (length > ItemSize.MAX) {
            throw new IllegalValueException("the " + what + " has " + length + " " + unit
                    + ", and DynamoDB takes at most " + ItemSize.MAX + " bytes in an item; shorten it or leave it out");
        }
    }

    private String text() {
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }

    private void datetime(Instant value) {
        // Before the conversion, as LocalDateTime's years end before Instant's.
        if (value.compareTo(FIRST_INSTANT) < 0 || value.compareTo(LAST_INSTANT) > 0) {
            throw new IllegalValueException("the year of " + value + " is not from 0 to " + LAST_YEAR);
        }
        datetime(value.getEpochSecond(), value.getNano());
        raw(UTC);
    }

    private void datetime(long second, int nano) {
        dayDigits(Math.floorDiv(second, SECONDS_A_DAY));
        int time = (int) Math.floorMod(second, SECONDS_A_DAY);
        timeDigits(time / 3600, time / 60 % 60, time % 60, nano);
    }

    private void datetime(LocalDateTime value) {
        requireYear(value.getYear(), value);
        dateDigits(value.toLocalDate());
        timeDigits(value.getHour(), value.getMinute(), value.getSecond(), value.getNano());
    }

    /** Writes a date; times of one column are often of one day. */
    private void dayDigits(long epochDay) {
        if (epochDay == lastDay) {
            raw(lastDayDigits);
            return;
        }
        int start = length;
        dateDigits(LocalDate.ofEpochDay(epochDay));
        lastDayDigits = Arrays.copyOfRange(bytes, start, length);
        lastDay = epochDay;
    }

    private void timeDigits(int hour, int minute, int second, int nano) {
        one('T');
        digits(hour, 2);
        one(':');
        digits(minute, 2);
        one(':');
        digits(second, 2);
        one('.');
        digits(nano, 9);
    }

    private static void requireYear(int year, Object value) {
        if (year < 0 || year > LAST_YEAR) {
            throw new IllegalValueException("the year of " + value + " is not from 0 to " + LAST_YEAR);
        }
    }

    private void dateDigits(LocalDate value) {
        requireYear(value.getYear(), value);
        digits(value.getYear(), 4);
        one('-');
        digits(value.getMonthValue(), 2);
        one('-');
        digits(value.getDayOfMonth(), 2);
    }

    private void numbers(long[] values) {
        beginList();
        for (int i = 0; i < values.length; i++) {
            if (i > 0) {
                separator();
            }
            number(values[i]);
        }
        endList();
    }

    private void numbers(double[] values) {
        beginList();
        for (int i = 0; i < values.length; i++) {
            if (i > 0) {
                separator();
            }
            try {
                number(values[i]);
            } catch (IllegalValueException e) {
                throw e.inElement(i).inField("elements");
            }
        }
        endList();
    }

    /** Writes a number of millionths without zeros at its end: {@code -1250000} as {@code -1.25}. */
    private void millionths(long value) {
        if (value < 0) {
            one('-');
        }
        long magnitude = Math.abs(value);
        reserve(LONGEST_LONG);
        length = NumberOutput.outputLong(magnitude / 1_000_000, bytes, length);
        int fraction = (int) (magnitude % 1_000_000);
        if (fraction > 0) {
            one('.');
            digits(fraction, 6);
            while (bytes[length - 1] == '0') {
                length--;
            }
        }
    }

    /** Writes a number in so many digits, with zeros in front. */
    private void digits(int value, int count) {
        reserve(count);
        int rest = value;
        for (int i = length + count - 1; i >= length; i--) {
            bytes[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        length += count;
    }

    private void escaped(byte[] utf8) {
        // A control character takes six bytes.
        reserve(6 * utf8.length);
        int i = 0;
        while (i < utf8.length) {
            int end = PlainText.end(utf8, i);
            System.arraycopy(utf8, i, bytes, length, end - i);
            length += end - i;
            i = end;
            if (i < utf8.length) {
                i += special(utf8, i);
            }
        }
    }

    private void escaped(String text) {
        if (text.length() >= LONG_TEXT) {
            byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
            if (PlainText.isAscii(text, utf8)) {
                escaped(utf8);
                return;
            }
        }
        // A char takes six bytes at most: \u001f.
        reserve(6 * text.length());
        byte[] to = bytes;
        int at = length;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (PlainText.isPlain(c)) {
                to[at++] = (byte) c;
            } else {
                length = at;
                i += special(text, i) - 1;
                at = length;
            }
        }
        length = at;
    }

    /** Writes a character that is not plain; says how many chars of the text it has. */
    private int special(String text, int at) {
        char c = text.charAt(at);
        if (Character.isSurrogate(c)) {
            supplementary(text, at);
            return 2;
        }
        if (c < 0x80) {
            escapedAscii(c);
        } else if (c < 0x800) {
            bytes[length++] = (byte) (0xc0 | (c >> 6));
            bytes[length++] = (byte) (0x80 | (c & 0x3f));
        } else {
            bytes[length++] = (byte) (0xe0 | (c >> 12));
            bytes[length++] = (byte) (0x80 | ((c >> 6) & 0x3f));
            bytes[length++] = (byte) (0x80 | (c & 0x3f));
        }
        return 1;
    }

    /** Writes a character that is not plain; says how many bytes of the text it has. */
    private int special(byte[] utf8, int at) {
        if (utf8[at] >= 0) {
            escapedAscii((char) utf8[at]);
            return 1;
        }
        int sequence = Utf8.sequence(utf8, at);
        System.arraycopy(utf8, at, bytes, length, sequence);
        length += sequence;
        return sequence;
    }

    private void escapedAscii(char c) {
        if (c == '"' || c == '\\') {
            bytes[length++] = '\\';
            bytes[length++] = (byte) c;
        } else if (c >= ' ') {
            bytes[length++] = (byte) c;
        } else {
            bytes[length++] = '\\';
            bytes[length++] = 'u';
            bytes[length++] = '0';
            bytes[length++] = '0';
            bytes[length++] = HEX[c >> 4];
            bytes[length++] = HEX[c & 0xf];
        }
    }

    private void supplementary(String text, int at) {
        requirePair(text, at);
        int point = text.codePointAt(at);
        bytes[length++] = (byte) (0xf0 | (point >> 18));
        bytes[length++] = (byte) (0x80 | ((point >> 12) & 0x3f));
        bytes[length++] = (byte) (0x80 | ((point >> 6) & 0x3f));
        bytes[length++] = (byte) (0x80 | (point & 0x3f));
    }

    private static void requirePair(String text, int at) {
        char high = text.charAt(at);
        if (!Character.isHighSurrogate(high)
                || at + 1 == text.length()
                || !Character.isLowSurrogate(text.charAt(at + 1))) {
            throw new IllegalValueException("the string is no valid Unicode: half of a surrogate pair (U+"
                    + Integer.toHexString(high).toUpperCase(Locale.ROOT) + ") at index " + at);
        }
    }

    private void ascii7(String text) {
        reserve(text.length());
        for (int i = 0; i < text.length(); i++) {
            bytes[length++] = (byte) text.charAt(i);
        }
    }

    private void one(char c) {
        reserve(1);
        bytes[length++] = (byte) c;
    }

    private void reserve(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, Math.addExact(length, more)));
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
