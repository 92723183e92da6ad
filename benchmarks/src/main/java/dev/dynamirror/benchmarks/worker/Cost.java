package dev.dynamirror.benchmarks.worker;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * What this process has used so far.
 *
 * @param nanos the time on the wall since some moment
 * @param cpuNanos the time on all cores, of all threads and the JVM's own
 * @param allocatedBytes what the threads that live have allocated on the heap
 */
public record Cost(long nanos, long cpuNanos, long allocatedBytes) {

    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** What it has used until now. */
    public static Cost now() {
        long allocated = Arrays.stream(THREADS.getThreadAllocatedBytes(THREADS.getAllThreadIds()))
                .filter(bytes -> bytes > 0)
                .sum();
        return new Cost(System.nanoTime(), SYSTEM.getProcessCpuTime(), allocated);
    }

    /** What it has used since then. */
    public Cost since(Cost earlier) {
        return new Cost(nanos - earlier.nanos, cpuNanos - earlier.cpuNanos, allocatedBytes - earlier.allocatedBytes);
    }

    /** The most memory that this process has had so far, in bytes; 0 where Linux is not. */
    public static long peakMemory() {
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return 0;
        }
        try {
            return Files.readAllLines(status).stream()
                    .filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024)
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
