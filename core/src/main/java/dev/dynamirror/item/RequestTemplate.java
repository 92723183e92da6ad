package dev.dynamirror.item;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A request in UTF-8 JSON, with gaps for what differs from change to change.
 *
 * <p>Made once for a mirror, so that a change costs the copying of some bytes beside its values.
 *
 * @param request which request it is
 * @param texts what stands before, between and behind the gaps: one more than there are gaps
 * @param gaps what comes into them, in order
 * @param keyNames what stands before the value of each part of the key
 * @param columnNames what stands before the value of each other column
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record RequestTemplate(Change.Request request, byte[][] texts, Gap[] gaps, byte[][] keyNames, byte[][] columnNames) {

    /** What differs from change to change. */
    enum Gap {
        /** The parts of the key, each behind its name. */
        KEY,
        /** All other columns, each behind its name. */
        COLUMNS,
        /** The change's version. */
        VERSION,
        /** When the tombstone may go. */
        EXPIRES
    }

    /** Puts a template together, piece by piece. */
    static final class Builder {

        private final Change.Request request;
        private final List<byte[]> texts = new ArrayList<>();
        private final List<Gap> gaps = new ArrayList<>();
        private final StringBuilder text = new StringBuilder();
        private byte[][] keyNames = {};
        private byte[][] columnNames = {};

        Builder(Change.Request request) {
            this.request = request;
        }

        Builder text(String piece) {
            text.append(piece);
            return this;
        }

        /** A member of the current object, whose value is a string. */
        Builder member(String name, String value) {
            return text(AttributeWriter.jsonString(name) + ":" + AttributeWriter.jsonString(value));
        }

        Builder version() {
            return gap(Gap.VERSION);
        }

        Builder expires() {
            return gap(Gap.EXPIRES);
        }

        /** The key's attributes, separated by commas. */
        Builder key(List<String> names) {
            keyNames = members(names, "");
            return gap(Gap.KEY);
        }

        /**
         * The other columns' attributes, separated by commas.
         *
         * @param separator what stands before the first one
         */
        Builder columns(List<String> names, String separator) {
            columnNames = members(names, separator);
            return gap(Gap.COLUMNS);
        }

        private static byte[][] members(List<String> names, String separator) {
            byte[][] members = new byte[names.size()][];
            for (int i = 0; i < members.length; i++) {
                members[i] = utf8((i == 0 ? separator : ",") + AttributeWriter.jsonString(names.get(i)) + ":");
            }
            return members;
        }

        private Builder gap(Gap gap) {
            endText();
            gaps.add(gap);
            return this;
        }

        private void endText() {
            texts.add(utf8(text.toString()));
            text.setLength(0);
        }

        RequestTemplate build() {
            endText();
            return new RequestTemplate(
                    request, texts.toArray(byte[][]::new), gaps.toArray(Gap[]::new), keyNames, columnNames);
        }

        private static byte[] utf8(String text) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
    }
}
