package dev.dynamirror.flink;

import dev.dynamirror.local.LocalDynamoDb;
import dev.dynamirror.mirror.DynamoDb;
import dev.dynamirror.mirror.MirrorSettings;
import java.time.Duration;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Small Flinks inside this JVM, and mirrors in DynamoDB Local. */
public final class Embedded {

    /** Where DynamoDB Local is said to be. */
    public static final String REGION = "eu-central-1";

    private Embedded() {}

    /** An environment of that parallelism, whose jobs run in the one Flink that the tests of this JVM share. */
    public static StreamExecutionEnvironment environment(int parallelism) {
        return environment(parallelism, new Configuration());
    }

    /** The same, with these settings of its jobs. */
    public static StreamExecutionEnvironment environment(int parallelism, Configuration settings) {
        return SharedFlink.environment(with(CoreOptions.DEFAULT_PARALLELISM, parallelism, settings));
    }

    /** An environment whose every job has a Flink of its own, as for users: it begins and ends with the job. */
    static StreamExecutionEnvironment ownFlink(int parallelism, Configuration settings) {
        Configuration configuration = with(CoreOptions.DEFAULT_PARALLELISM, parallelism, settings);
        configuration.addAll(littleMemory());
        return StreamExecutionEnvironment.getExecutionEnvironment(configuration);
    }

    /** What a Flink of tests gets by with. */
    static Configuration littleMemory() {
        Configuration configuration = new Configuration();
        configuration.set(TaskManagerOptions.NETWORK_MEMORY_MIN, MemorySize.ofMebiBytes(16));
        configuration.set(TaskManagerOptions.NETWORK_MEMORY_MAX, MemorySize.ofMebiBytes(16));
        configuration.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(32));
        return configuration;
    }

    private static <T> Configuration with(ConfigOption<T> option, T value, Configuration settings) {
        Configuration configuration = new Configuration();
        configuration.set(option, value);
        configuration.addAll(settings);
        return configuration;
    }

    /** A checkpoint every few milliseconds. */
    static Configuration checkpoints() {
        Configuration configuration = new Configuration();
        configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(20));
        return configuration;
    }

    /** A job that fails begins again, up to five times. */
    public static Configuration restarts() {
        Configuration configuration = new Configuration();
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 5);
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(1));
        return configuration;
    }

    /** The settings of a mirror in that database. */
    public static MirrorSettings.Builder mirror(LocalDynamoDb database, String table) {
        return DynamoDb.table(table).endpoint(database.endpoint()).region(REGION);
    }
}
