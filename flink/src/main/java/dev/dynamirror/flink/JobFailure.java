package dev.dynamirror.flink;

import dev.dynamirror.error.MirrorException;
import org.apache.flink.util.ExceptionUtils;

/** What is said of a job that failed. */
final class JobFailure {

    private JobFailure() {}

    /** The error of a mirror that Flink has wrapped, or else what is known of the failure. */
    static MirrorException of(Exception failure) {
        ClassLoader classes = JobFailure.class.getClassLoader();
        return ExceptionUtils.findThrowableSerializedAware(failure, MirrorException.class, classes)
                .map(known -> new MirrorException(String.valueOf(known.getMessage()), failure))
                .orElseGet(() -> new MirrorException("the job failed: " + rootCause(failure), failure));
    }

    private static Throwable rootCause(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        return root;
    }
}
