package dev.dynamirror.write;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dynamirror.item.Change;
import dev.dynamirror.item.Key;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A transport whose requests stay in flight until the test says what becomes of them; checks what it is sent. */
final class ScriptedTransport implements BatchTransport {

    private final List<Request> inFlight = new ArrayList<>();

    /** The changes that were done, in order. */
    final List<Change> applied = new ArrayList<>();

    /** What the table holds for each key that was ever written: the last change. */
    final Map<Key, Change> table = new HashMap<>();

    /** Thrown by the next request, if set. */
    @Nullable
    RuntimeException defect;

    /** A request that waits for its answer. */
    final class Request {

        final List<Change> changes;
        private final CompletableFuture<BatchReply> reply = new CompletableFuture<>();

        private Request(List<Change> changes) {
            this.changes = List.copyOf(changes);
        }

        /** All of it is done. */
        void answer() {
            unprocessed();
        }

        /** All of it is done but the changes of these keys. */
        void unprocessed(String... keys) {
            unprocessed(Arrays.stream(keys).map(Changes::key).collect(Collectors.toSet()));
        }

        void unprocessed(Set<Key> keys) {
            for (Change change : changes) {
                if (!keys.contains(change.key())) {
                    apply(change);
                }
            }
            reply(new BatchReply.Answered(keys, changes.size() - keys.size()));
        }

        void throttle() {
            reply(new BatchReply.Throttled("ThrottlingException: slow down", Set.of()));
        }

        /** The reply is lost; what was done of it is for {@link #apply} to say before. */
        void lose() {
            reply(new BatchReply.Unknown("no reply"));
        }

        void refuse() {
            reply(new BatchReply.Refused("AccessDeniedException: no"));
        }

        /** One of its changes is none that DynamoDB takes. */
        void callInvalid() {
            reply(new BatchReply.Invalid("ValidationException: no"));
        }

        void fail(RuntimeException failure) {
            inFlight.remove(this);
            reply.completeExceptionally(failure);
        }

        void apply(Change change) {
            applied.add(change);
            table.put(change.key(), change);
        }

        void reply(BatchReply answer) {
            inFlight.remove(this);
            reply.complete(answer);
        }

        @Override
        public String toString() {
            return "[" + Changes.text(changes) + "]";
        }
    }

    @Override
    public CompletableFuture<BatchReply> send(List<Change> changes) {
        if (defect != null) {
            RuntimeException thrown = defect;
            defect = null;
            throw thrown;
        }
        assertThat(changes).hasSizeBetween(1, MAX_CHANGES);
        assertThat(changes.size() == 1
                        || changes.stream()
                                        .mapToLong(change -> change.wire().length)
                                        .sum()
                                <= MAX_REQUEST_BYTES)
                .as("within the bytes of a request")
                .isTrue();
        Set<Key> muted = inFlight.stream()
                .flatMap(request -> request.changes.stream())
                .map(Change::key)
                .collect(Collectors.toCollection(HashSet::new));
        for (Change change : changes) {
            assertThat(muted.add(change.key()))
                    .as("one change in flight for " + change.key())
                    .isTrue();
        }
        Request request = new Request(changes);
        inFlight.add(request);
        return request.reply;
    }

    @Override
    public void close() {}

    /** The requests that wait for their answers, in the order in which they were sent. */
    List<Request> inFlight() {
        return List.copyOf(inFlight);
    }

    Request oldest() {
        return inFlight.get(0);
    }

    /** Answers the oldest request, if there is one. */
    boolean answeredOldest() {
        if (inFlight.isEmpty()) {
            return false;
        }
        oldest().answer();
        return true;
    }

    String appliedText() {
        return Changes.text(applied);
    }
}
