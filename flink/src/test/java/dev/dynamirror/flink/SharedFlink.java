package dev.dynamirror.flink;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.DeploymentOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.util.MiniClusterPipelineExecutorServiceLoader;
import org.jspecify.annotations.Nullable;

/** One Flink for the tests of a JVM: to start one takes a second, which is longer than most jobs of tests run. */
final class SharedFlink {

    private static final int SLOTS = 16;

    private static @Nullable MiniCluster cluster;

    private SharedFlink() {}

    /** An environment whose jobs run there, with that configuration. */
    static StreamExecutionEnvironment environment(Configuration settings) {
        Configuration configuration = new Configuration(settings);
        configuration.set(DeploymentOptions.TARGET, MiniClusterPipelineExecutorServiceLoader.NAME);
        configuration.set(DeploymentOptions.ATTACHED, true);
        return new StreamExecutionEnvironment(
                new MiniClusterPipelineExecutorServiceLoader(cluster()), configuration, null);
    }

    /** Ends with the JVM. */
    private static synchronized MiniCluster cluster() {
        if (cluster == null) {
            Configuration configuration = Embedded.littleMemory();
            configuration.set(RestOptions.BIND_PORT, "0");
            configuration.set(TaskManagerOptions.NETWORK_MEMORY_MIN, MemorySize.ofMebiBytes(64));
            configuration.set(TaskManagerOptions.NETWORK_MEMORY_MAX, MemorySize.ofMebiBytes(64));
            configuration.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(128));
            MiniCluster started = new MiniCluster(new MiniClusterConfiguration.Builder()
                    .setConfiguration(configuration)
                    .setNumTaskManagers(1)
                    .setNumSlotsPerTaskManager(SLOTS)
                    .build());
            try {
                started.start();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
            cluster = started;
        }
        return cluster;
    }
}
