package dev.dynamirror;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** System properties that are set until this is closed. Tests that use it must not run beside one another. */
public final class SystemProperties implements AutoCloseable {

    private final Map<String, @Nullable String> before = new HashMap<>();

    /** Sets a property. */
    public SystemProperties set(String name, String value) {
        before.putIfAbsent(name, System.getProperty(name));
        System.setProperty(name, value);
        return this;
    }

    /** Makes sure that a property is not set. */
    public SystemProperties clear(String name) {
        before.putIfAbsent(name, System.getProperty(name));
        System.clearProperty(name);
        return this;
    }

    @Override
    public void close() {
        before.forEach((name, value) -> {
            if (value == null) {
                System.clearProperty(name);
            } else {
                System.setProperty(name, value);
            }
        });
    }
}
