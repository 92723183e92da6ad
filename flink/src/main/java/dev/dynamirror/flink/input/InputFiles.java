package dev.dynamirror.flink.input;

import dev.dynamirror.error.MirrorException;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.FileSystems;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;

/**
 * What files an input is made of, which may be other ones from time to time: each of its parts is a file, a directory with
 * all below it, or a pattern of names ({@code *}, {@code ?}, {@code [ab]}, {@code {a,b}}, {@code **} for any directories).
 *
 * <p>Of a directory, and by a pattern, only files whose names don't begin with a dot or an underscore are taken, as by Flink.
 */
final class InputFiles implements Serializable {

    private static final long serialVersionUID = 1L;

    private static final Pattern URI = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:/.*");
    private static final Pattern WILDCARD = Pattern.compile("[*?\\[{]");

    /** The parts; an array list, as Flink's serialization wants. */
    private final ArrayList<String> parts;

    InputFiles(List<String> parts) {
        this.parts = new ArrayList<>(parts);
    }

    /**
     * Whether there is one part, which names a file, that may be missing.
     *
     * @throws MirrorException if that can't be seen
     */
    boolean isOneFile() {
        if (parts.size() > 1 || WILDCARD.matcher(parts.get(0)).find()) {
            return false;
        }
        Path path = path(parts.get(0));
        try {
            FileSystem system = path.getFileSystem();
            return !system.exists(path) || !system.getFileStatus(path).isDir();
        } catch (IOException e) {
            throw Place.file(parts.get(0)).error("it can't be looked at: " + e.getMessage(), e);
        }
    }

    /** The parts in words. */
    @Override
    public String toString() {
        return String.join(", ", parts);
    }

    /**
     * The files of a format that there are now, each once: of each part in the order of their names.
     *
     * @throws MirrorException if a part is no file and no directory, or they can't be listed
     */
    List<InputFile> list(FileFormat format) {
        return files(file -> format.isOf(file.getName()));
    }

    /**
     * The format that the names of the files tell.
     *
     * @throws MirrorException if they tell none, or several; the message lists the formats
     */
    FileFormat format() {
        Map<FileFormat, String> found = new LinkedHashMap<>();
        for (InputFile file : files(file -> FileFormat.isKnown(file.getName()))) {
            found.putIfAbsent(FileFormat.ofName(file.name()), file.name());
        }
        if (found.isEmpty()) {
            throw new MirrorException(
                    this + ": there is no file whose name tells its format; the formats are " + FileFormat.list());
        }
        if (found.size() > 1) {
            throw new MirrorException(
                    this + ": there are files of several formats, as " + String.join(", ", found.values())
                            + "; say which one is meant, one of "
                            + found.keySet().stream().map(FileFormat::toString).collect(Collectors.joining(", ")));
        }
        return found.keySet().iterator().next();
    }

    private List<InputFile> files(Filter ofDirectories) {
        Map<Path, InputFile> files = new LinkedHashMap<>();
        for (String part : parts) {
            try {
                files(part, ofDirectories).forEach(file -> files.putIfAbsent(file.path(), file));
            } catch (IOException e) {
                throw Place.file(part).error("it can't be listed: " + e.getMessage(), e);
            }
        }
        return List.copyOf(files.values());
    }

    /** Which of a directory's files are meant. */
    private interface Filter {
        boolean takes(Path file);
    }

    private static List<InputFile> files(String part, Filter ofDirectories) throws IOException {
        Path path = path(part);
        FileSystem system = path.getFileSystem();
        if (system.exists(path)) {
            return system.getFileStatus(path).isDir()
                    ? below(path, part, Integer.MAX_VALUE, ofDirectories)
                    : List.of(new InputFile(path, part));
        }
        if (!WILDCARD.matcher(part).find()) {
            throw Place.file(part).error("there is no such file");
        }
        return matching(part);
    }

    /** The files whose names match a pattern, whatever their endings. */
    private static List<InputFile> matching(String pattern) throws IOException {
        List<String> segments = Arrays.asList(pattern.split("/", -1));
        int fixed = 0;
        while (!WILDCARD.matcher(segments.get(fixed)).find()) {
            fixed++;
        }
        String folder = String.join("/", segments.subList(0, fixed));
        String names = String.join("/", segments.subList(fixed, segments.size()));
        Path start = path(fixed == 0 ? "." : folder + "/");
        if (!start.getFileSystem().exists(start)) {
            return List.of();
        }
        PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + names);
        int depth = names.contains("**") ? Integer.MAX_VALUE : segments.size() - fixed;
        String prefix = prefix(start);
        return below(
                start,
                fixed == 0 ? "" : folder,
                depth,
                file -> matcher.matches(java.nio.file.Path.of(file.getPath().substring(prefix.length()))));
    }

    private static List<InputFile> below(Path folder, String name, int depth, Filter filter) throws IOException {
        List<Path> found = new ArrayList<>();
        walk(folder, depth, found);
        String prefix = prefix(folder);
        String before = name.isEmpty() || name.endsWith("/") ? name : name + "/";
        return found.stream()
                .filter(filter::takes)
                .sorted(Comparator.comparing(Path::getPath))
                .map(file -> new InputFile(file, before + file.getPath().substring(prefix.length())))
                .toList();
    }

    private static void walk(Path folder, int depth, List<Path> found) throws IOException {
        FileStatus[] entries = folder.getFileSystem().listStatus(folder);
        // Null if it has just been removed.
        for (FileStatus entry : entries == null ? new FileStatus[0] : entries) {
            String name = entry.getPath().getName();
            if (name.startsWith(".") || name.startsWith("_")) {
                continue;
            }
            if (!entry.isDir()) {
                found.add(entry.getPath());
            } else if (depth > 1) {
                walk(entry.getPath(), depth - 1, found);
            }
        }
    }

    private static String prefix(Path folder) {
        String path = folder.getPath();
        return path.endsWith("/") ? path : path + "/";
    }

    private static Path path(String part) {
        return URI.matcher(part).matches()
                ? new Path(part)
                : new Path(
                        java.nio.file.Path.of(part).toAbsolutePath().normalize().toUri());
    }
}
