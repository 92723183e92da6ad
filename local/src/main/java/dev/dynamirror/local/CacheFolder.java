package dev.dynamirror.local;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The folder for what we may keep on the user's machine and can fetch or make again. */
final class CacheFolder {

    private CacheFolder() {}

    static Path ofThisUser() {
        return of(System.getenv("XDG_CACHE_HOME"), Path.of(System.getProperty("user.home")));
    }

    /** {@code $XDG_CACHE_HOME/dynamirror}; a relative value is no value, says the specification of that variable. */
    static Path of(@Nullable String xdgCacheHome, Path home) {
        Path caches = xdgCacheHome != null && Path.of(xdgCacheHome).isAbsolute()
                ? Path.of(xdgCacheHome)
                : home.resolve(".cache");
        return caches.resolve("dynamirror");
    }
}
