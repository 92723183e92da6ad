package dev.dynamirror.cli;

import dev.dynamirror.flink.Live;
import java.time.Duration;
import org.apache.flink.configuration.ConfigConstants;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.plugin.PluginUtils;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Where a job runs: in a Flink inside this JVM, or in a cluster. */
final class EngineOption {

    private static final Duration LONGEST_CONNECT = Duration.ofSeconds(10);

    /** The address of a JobManager's REST interface. */
    private record Address(String host, int port) {
        @Override
        public String toString() {
            return host + ":" + port;
        }
    }

    @Option(
            names = "--cluster",
            paramLabel = "HOST:PORT",
            converter = Addresses.class,
            order = 64,
            description = "Submit the job to that Flink cluster, and don't wait for it.")
    private @Nullable Address cluster;

    boolean isCluster() {
        return cluster != null;
    }

    /** Declares the job's tables where it runs. */
    Live open(Counts counts, MonitoringOptions monitoring) {
        if (cluster == null) {
            Configuration configuration = embedded();
            monitoring.addTo(configuration, counts);
            return Live.create(configuration);
        }
        Configuration configuration = new Configuration();
        configuration.set(RestOptions.RETRY_MAX_ATTEMPTS, 1);
        configuration.set(RestOptions.CONNECTION_TIMEOUT, LONGEST_CONNECT);
        return Live.create(
                StreamExecutionEnvironment.createRemoteEnvironment(cluster.host, cluster.port, configuration));
    }

    /** Submits the job to the cluster, and tells its id. */
    String submit(MirrorJob job) throws InterruptedException {
        return "job " + job.submit() + " is submitted to " + cluster;
    }

    /** Loads Flink's plugins if its variable FLINK_PLUGINS_DIR names their folder: file systems, set as its own configuration says. */
    static void loadFileSystems() {
        if (System.getenv(ConfigConstants.ENV_FLINK_PLUGINS_DIR) != null) {
            Configuration configuration = GlobalConfiguration.loadConfiguration();
            FileSystem.initialize(configuration, PluginUtils.createPluginManagerFromRootFolder(configuration));
        }
    }

    /** The configuration of a Flink inside this JVM. */
    static Configuration embedded() {
        Configuration configuration = new Configuration();
        // Any free port, so that two commands don't meet, and nothing that others on the network could reach.
        configuration.set(RestOptions.BIND_PORT, "0");
        configuration.set(JobManagerOptions.BIND_HOST, "127.0.0.1");
        return configuration;
    }

    static final class Addresses implements ITypeConverter<Address> {
        @Override
        public Address convert(String text) {
            int colon = text.lastIndexOf(':');
            try {
                int port = Integer.parseInt(text.substring(colon + 1));
                if (colon > 0 && port > 0 && port <= 65_535) {
                    return new Address(text.substring(0, colon), port);
                }
            } catch (NumberFormatException e) {
                throw wrong(text);
            }
            throw wrong(text);
        }

        private static TypeConversionException wrong(String text) {
            return new TypeConversionException(
                    "expected the JobManager's address like localhost:8081, but was '" + text + "'");
        }
    }
}
