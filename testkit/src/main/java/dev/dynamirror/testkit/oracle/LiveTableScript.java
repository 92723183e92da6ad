package dev.dynamirror.testkit.oracle;

import java.util.Iterator;

/**
 * The changes of a random live table, made from a seed while they are read: each iterator makes the same commits again.
 * Only the live rows are held in memory.
 *
 * <p>The table is empty at first. If two of its live rows have one key, then the row of the newest put is the one to be
 * seen in a mirror.
 */
public final class LiveTableScript implements Iterable<Commit> {

    private final Builder settings;

    private LiveTableScript(Builder settings) {
        this.settings = settings;
    }

    /** Returns a builder of a script of 1,000 changes over 100 keys. */
    public static Builder seeded(long seed) {
        return new Builder(seed);
    }

    @Override
    public Iterator<Commit> iterator() {
        return new ScriptIterator(settings);
    }

    @Override
    public String toString() {
        return "the script of seed " + settings.seed;
    }

    /** The settings of a script. */
    public static final class Builder {

        final long seed;
        int changes = 1_000;
        int rows = 200;
        int keys = 100;
        KeyForm keyForm = KeyForm.STRING;
        double inserts = 4;
        double updates = 4;
        double deletes = 2;
        double moves = 0.5;
        double sharing = 0;
        double zipfExponent = 0.8;
        int largestBurst = 1;
        int largestCommit = 10;
        int smallestPayload = 0;
        int largestPayload = 100;

        private Builder(long seed) {
            this.seed = seed;
        }

        private Builder(Builder other) {
            seed = other.seed;
            changes = other.changes;
            rows = other.rows;
            keys = other.keys;
            keyForm = other.keyForm;
            inserts = other.inserts;
            updates = other.updates;
            deletes = other.deletes;
            moves = other.moves;
            sharing = other.sharing;
            zipfExponent = other.zipfExponent;
            largestBurst = other.largestBurst;
            largestCommit = other.largestCommit;
            smallestPayload = other.smallestPayload;
            largestPayload = other.largestPayload;
        }

        /** How many changes the script has, 1,000 unless set. */
        public Builder changes(int count) {
            changes = positive("changes", count);
            return this;
        }

        /** How many rows there are, live or not, 200 unless set: also the limit of how many live at once. */
        public Builder rows(int count) {
            rows = positive("rows", count);
            return this;
        }

        /** How many keys there are, 100 unless set. */
        public Builder keys(int count) {
            keys = positive("keys", count);
            return this;
        }

        /** The form of the keys, {@link KeyForm#STRING} unless set. */
        public Builder keyForm(KeyForm form) {
            keyForm = form;
            return this;
        }

        /**
         * How often rows come, change, and go, in relation to each other: 4, 4 and 2 unless set. A key is drawn first:
         * if it has no row yet, one comes; if it has one and may have no second, it changes instead of a new one.
         *
         * @throws IllegalArgumentException if one is negative, or all are 0
         */
        public Builder shares(double ofInserts, double ofUpdates, double ofDeletes) {
            if (!(ofInserts >= 0 && ofUpdates >= 0 && ofDeletes >= 0 && ofInserts + ofUpdates + ofDeletes > 0)) {
                throw new IllegalArgumentException(
                        "shares must be positive, but are %s, %s and %s".formatted(ofInserts, ofUpdates, ofDeletes));
            }
            inserts = ofInserts;
            updates = ofUpdates;
            deletes = ofDeletes;
            return this;
        }

        /** How often updates move a row to another key, in relation to the other shares: 0.5 unless set. */
        public Builder moves(double share) {
            if (!(share >= 0)) {
                throw new IllegalArgumentException("moves must not be negative, but are " + share);
            }
            moves = share;
            return this;
        }

        /** How often a row may come to a key that has a live one, from 0 to 1: never unless set. */
        public Builder sharing(double probability) {
            if (!(probability >= 0 && probability <= 1)) {
                throw new IllegalArgumentException("sharing must be from 0 to 1, but is " + probability);
            }
            sharing = probability;
            return this;
        }

        /** The exponent of Zipf's law for how often a key is drawn, 0.8 unless set; with 0 all keys are equal. */
        public Builder zipfExponent(double exponent) {
            if (!(exponent >= 0)) {
                throw new IllegalArgumentException("zipfExponent must not be negative, but is " + exponent);
            }
            zipfExponent = exponent;
            return this;
        }

        /** How many changes of a key may come one after the other when it is drawn, 1 unless set. */
        public Builder largestBurst(int count) {
            largestBurst = positive("largestBurst", count);
            return this;
        }

        /** How many changes a commit may have, 10 unless set; each has at least one. */
        public Builder largestCommit(int count) {
            largestCommit = positive("largestCommit", count);
            return this;
        }

        /** How many bytes a row carries, from 0 to 100 unless set. */
        public Builder payload(int smallest, int largest) {
            if (smallest < 0 || largest < smallest || largest == Integer.MAX_VALUE) {
                throw new IllegalArgumentException("no range of bytes: from %s to %s".formatted(smallest, largest));
            }
            smallestPayload = smallest;
            largestPayload = largest;
            return this;
        }

        /** Returns the script. */
        public LiveTableScript build() {
            return new LiveTableScript(new Builder(this));
        }

        private static int positive(String name, int count) {
            if (count <= 0) {
                throw new IllegalArgumentException(name + " must be positive, but is " + count);
            }
            return count;
        }
    }
}
