package dev.dynamirror.testkit.faulty;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/** Which fault befalls which request; asked from several threads at once. */
@FunctionalInterface
public interface Faults {

    /** The fault of this request. */
    Fault of(Request request);

    /** Whether requests like this are asked about at all; item writes are, unless {@link #on} says otherwise. */
    default boolean concern(Request request) {
        return request.isItemWrite();
    }

    /** These faults, for requests of these operations instead of item writes. */
    default Faults on(String... operations) {
        Set<String> chosen = Set.of(operations);
        Faults faults = this;
        return new Faults() {
            @Override
            public Fault of(Request request) {
                return faults.of(request);
            }

            @Override
            public boolean concern(Request request) {
                return chosen.contains(request.operation());
            }
        };
    }

    /** No faults. */
    static Faults none() {
        return request -> Fault.NONE;
    }

    /** Random faults: those that are added, each with its share. What befalls the n-th request is in the seed. */
    static Seeded seeded(long seed) {
        return new Seeded(seed, List.of());
    }

    /** Random faults that are the same for the same seed. */
    final class Seeded implements Faults {

        private final long seed;
        private final List<Share> shares;

        private Seeded(long seed, List<Share> shares) {
            this.seed = seed;
            this.shares = shares;
        }

        /**
         * These faults, and this share of requests meets another.
         *
         * @throws IllegalArgumentException if the shares are together more than 1
         */
        public Seeded with(Fault fault, double share) {
            double sum = share;
            for (Share other : shares) {
                sum += other.share;
            }
            if (!(share >= 0) || sum > 1 + 1e-9) {
                throw new IllegalArgumentException(
                        "shares are at least 0, and together at most 1, but these are " + sum);
            }
            List<Share> more = new ArrayList<>(shares);
            more.add(new Share(fault, share));
            return new Seeded(seed, List.copyOf(more));
        }

        @Override
        public Fault of(Request request) {
            // A generator of its own for each request, so that the order in which threads ask does not matter.
            double chance = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + request.number()).nextDouble();
            for (Share each : shares) {
                chance -= each.share;
                if (chance < 0) {
                    return each.fault;
                }
            }
            return Fault.NONE;
        }
    }

    /**
     * A fault and how often it comes.
     *
     * @param fault the fault
     * @param share of requests
     */
    record Share(Fault fault, double share) {}
}
