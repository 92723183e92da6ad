package dev.dynamirror.flinksql;

import dev.dynamirror.testkit.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** A JobManager and TaskManagers, each in a process of its own, on loopback; the connector's jar is in their class path. */
final class FlinkCluster implements AutoCloseable {

    private static final String OPEN = "--add-opens=java.base/java.util=ALL-UNNAMED";

    private final Path folder;
    private final int restPort;
    private final Map<Process, String> names = new LinkedHashMap<>();
    private final Connector connector;
    private int taskManagers;

    /** Whether the cluster has the connector, or the jobs bring it. */
    enum Connector {
        IN_LIB,
        IN_JOBS
    }

    private FlinkCluster(Path folder, int restPort, Connector connector) {
        this.folder = folder;
        this.restPort = restPort;
        this.connector = connector;
    }

    /** Starts a JobManager whose files are in that folder. */
    static FlinkCluster start(Path folder, Connector connector) throws IOException {
        int rpcPort = Ports.free();
        int restPort = Ports.free();
        Files.writeString(folder.resolve("config.yaml"), """
                jobmanager.rpc.address: 127.0.0.1
                jobmanager.rpc.port: %d
                jobmanager.bind-host: 127.0.0.1
                rest.address: 127.0.0.1
                rest.bind-address: 127.0.0.1
                rest.port: %d
                taskmanager.host: 127.0.0.1
                taskmanager.bind-host: 127.0.0.1
                taskmanager.numberOfTaskSlots: 2
                taskmanager.cpu.cores: 2
                taskmanager.memory.framework.heap.size: 64mb
                taskmanager.memory.framework.off-heap.size: 64mb
                taskmanager.memory.task.heap.size: 256mb
                taskmanager.memory.task.off-heap.size: 64mb
                taskmanager.memory.network.min: 32mb
                taskmanager.memory.network.max: 32mb
                taskmanager.memory.managed.size: 64mb
                taskmanager.memory.jvm-metaspace.size: 256mb
                taskmanager.memory.jvm-overhead.min: 64mb
                taskmanager.memory.jvm-overhead.max: 64mb
                heartbeat.interval: 500
                heartbeat.timeout: 3000
                execution.checkpointing.interval: 300ms
                execution.checkpointing.dir: %s
                restart-strategy.type: fixed-delay
                restart-strategy.fixed-delay.attempts: 100
                restart-strategy.fixed-delay.delay: 200ms
                """.formatted(
                        rpcPort, restPort, folder.resolve("checkpoints").toUri()));
        FlinkCluster cluster = new FlinkCluster(folder, restPort, connector);
        cluster.run("jobmanager", "org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint");
        return cluster;
    }

    /** Starts one more TaskManager. */
    Process startTaskManager() throws IOException {
        taskManagers++;
        return run("taskmanager-" + taskManagers, "org.apache.flink.runtime.taskexecutor.TaskManagerRunner");
    }

    /** Starts a program that runs a script of SQL in this cluster. */
    Process submit(Path script) throws IOException {
        return java("client", SqlScript.class.getName(), Integer.toString(restPort), script.toString());
    }

    /**
     * Starts {@code flink run} with a jar that has a class, whose main method is the job, and the connector if the cluster hasn't
     * got it.
     */
    Process submit(Class<?> job, String... arguments) throws IOException {
        List<String> all = new ArrayList<>(List.of(
                "run", "--jobmanager", "127.0.0.1:" + restPort, jarOf(job).toString()));
        all.addAll(List.of(arguments));
        return java(job.getSimpleName(), "org.apache.flink.client.cli.CliFrontend", all.toArray(new String[0]));
    }

    private Path jarOf(Class<?> job) throws IOException {
        Path jar = folder.resolve(job.getSimpleName() + ".jar");
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, job.getName());
        String file = job.getName().replace('.', '/') + ".class";
        try (JarOutputStream entries = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
            entries.putNextEntry(new JarEntry(file));
            Files.copy(Path.of("target", "test-classes", file), entries);
            if (connector == Connector.IN_JOBS) {
                copyConnector(entries);
            }
        }
        return jar;
    }

    private static void copyConnector(JarOutputStream entries) throws IOException {
        try (java.util.jar.JarFile connector =
                new java.util.jar.JarFile(JarFile.path().toFile())) {
            for (JarEntry entry : Collections.list(connector.entries())) {
                if (!entry.getName().equals(java.util.jar.JarFile.MANIFEST_NAME) && !entry.isDirectory()) {
                    entries.putNextEntry(new JarEntry(entry.getName()));
                    connector.getInputStream(entry).transferTo(entries);
                }
            }
        }
    }

    /** What a process has said. */
    String log(Process process) throws IOException {
        return Files.readString(folder.resolve(names.get(process) + ".log"));
    }

    private Process run(String name, String main) throws IOException {
        return java(name, main, "--configDir", folder.toString());
    }

    private Process java(String name, String main, String... arguments) throws IOException {
        String classPath =
                Files.readString(Path.of("target", "flink-class-path")).strip();
        if (connector == Connector.IN_LIB) {
            // The tests' own classes, of which one runs scripts.
            classPath = String.join(
                    System.getProperty("path.separator"),
                    classPath,
                    JarFile.path().toString(),
                    Path.of("target", "test-classes").toAbsolutePath().toString());
        }
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                OPEN,
                "-Xmx512m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=info",
                "-cp",
                classPath,
                main));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(name + ".log").toFile());
        builder.environment().put("FLINK_CONF_DIR", folder.toString());
        Process process = builder.start();
        names.put(process, name);
        return process;
    }

    @Override
    public void close() {
        names.keySet().forEach(Process::destroyForcibly);
        names.keySet().forEach(process -> process.onExit().join());
    }
}
