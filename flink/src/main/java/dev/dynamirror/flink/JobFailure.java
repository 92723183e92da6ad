package dev.dynamirror.flink;

import dev.dynamirror.error.MirrorException;
import java.util.Optional;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.util.ExceptionUtils;

/** What is said of a job that failed. */
final class JobFailure {

    private JobFailure() {}

    /** The error of a mirror that Flink has wrapped, or else what is known of the failure. */
    static MirrorException of(Exception failure) {
        return known(failure).orElseGet(() -> new MirrorException("the job failed: " + rootCause(failure), failure));
    }

    /** What is said of a class that a connector or a format needs, and that isn't there. */
    static MirrorException ofMissing(NoClassDefFoundError missing) {
        return new MirrorException(
                "the class " + String.valueOf(missing.getMessage()).replace('/', '.')
                        + " is missing; add the jar that has it to the class path (on the command line by --jars)",
                missing);
    }

    /** What is said of a statement of SQL that Flink doesn't take. */
    static MirrorException ofStatement(Exception failure) {
        Optional<NoClassDefFoundError> missing = ExceptionUtils.findThrowable(failure, NoClassDefFoundError.class);
        if (missing.isPresent()) {
            return ofMissing(missing.get());
        }
        return known(failure).orElseGet(() -> {
            // Flink's own error behind others that only say in which table, or else the first.
            Throwable root = rootCause(failure);
            Throwable telling = root instanceof ValidationException ? root : failure;
            // Without the list of all words that could have stood there.
            String said = String.valueOf(telling.getMessage()).replaceFirst("(?s)\\s*Was expecting.*", "");
            return new MirrorException(said, failure);
        });
    }

    private static Optional<MirrorException> known(Exception failure) {
        ClassLoader classes = JobFailure.class.getClassLoader();
        return ExceptionUtils.findThrowableSerializedAware(failure, MirrorException.class, classes)
                .map(known -> new MirrorException(String.valueOf(known.getMessage()), failure));
    }

    private static Throwable rootCause(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        return root;
    }
}
