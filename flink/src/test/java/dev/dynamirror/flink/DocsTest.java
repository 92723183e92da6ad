package dev.dynamirror.flink;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds what the README and the pages in docs name against what there is. */
class DocsTest {

    private static final Path REPOSITORY = Path.of("..");
    private static final Pattern TEST = Pattern.compile("\\b[A-Z]\\w*(?:Test|IT)\\b");
    private static final Pattern PROJECT_VERSION =
            Pattern.compile("<artifactId>dynamirror-parent</artifactId>\\s*<version>(.*?)</version>");
    private static final Pattern DEPENDENCY_VERSION =
            Pattern.compile("<artifactId>dynamirror-\\w+</artifactId>\\s*<version>(.*?)</version>");
    /** A link to another page or a heading, and not to elsewhere. */
    private static final Pattern LINK = Pattern.compile("\\]\\((?!https?:)([^)\\s]+)\\)");

    private static final Pattern FLINK_VERSION = Pattern.compile("<flink.version>(.*?)</flink.version>");

    @Test
    void testsThatTheDocsNameExist() throws IOException {
        Set<String> named = new TreeSet<>();
        for (Path page : list(REPOSITORY.resolve("docs"), ".md")) {
            TEST.matcher(Files.readString(page)).results().forEach(found -> named.add(found.group()));
        }

        Set<String> existing = new TreeSet<>();
        for (String module : modules()) {
            Path tests = REPOSITORY.resolve(module).resolve("src/test/java");
            if (Files.isDirectory(tests)) {
                list(tests, ".java")
                        .forEach(file ->
                                existing.add(file.getFileName().toString().replace(".java", "")));
            }
        }

        assertThat(named).isNotEmpty();
        assertThat(existing).containsAll(named);
    }

    @Test
    void theReadmeNamesTheVersionsOfThePom() throws IOException {
        String readme = Files.readString(REPOSITORY.resolve("README.md"));
        String pom = Files.readString(REPOSITORY.resolve("pom.xml"));

        assertThat(all(DEPENDENCY_VERSION, readme)).isEqualTo(all(PROJECT_VERSION, pom));
        assertThat(readme).contains("`org.apache.flink` in version " + String.join("", all(FLINK_VERSION, pom)) + ":");
    }

    /** Error texts stand in the first column of the page's tables, those of Flink's own in quotes. */
    @Test
    void whatThePageOnTroubleQuotesIsSaid() throws IOException {
        StringBuilder code = new StringBuilder();
        for (String module : modules()) {
            Path sources = REPOSITORY.resolve(module).resolve("src/main/java");
            if (Files.isDirectory(sources)) {
                for (Path source : list(sources, ".java")) {
                    code.append(Files.readString(source).replaceAll("\"\\s*\\+\\s*\"", ""));
                }
            }
        }

        Set<String> quoted = all(
                Pattern.compile("^\\| `(.+?)` .*?\\|", Pattern.MULTILINE),
                Files.readString(REPOSITORY.resolve("docs/troubleshooting.md")));

        assertThat(quoted)
                .hasSizeGreaterThan(30)
                .allSatisfy(text -> assertThat(code).contains(text));
    }

    @Test
    void linksLeadSomewhere() throws IOException {
        Set<Path> pages = list(REPOSITORY.resolve("docs"), ".md");
        pages.add(REPOSITORY.resolve("README.md"));
        pages.add(REPOSITORY.resolve("CONTRIBUTING.md"));
        pages.addAll(list(REPOSITORY.resolve("examples"), ".md"));
        Set<String> broken = new TreeSet<>();
        for (Path page : pages) {
            for (String link : all(LINK, Files.readString(page))) {
                String[] parts = link.split("#", 2);
                Path target = parts[0].isEmpty() ? page : page.resolveSibling(parts[0]);
                if (!Files.exists(target)
                        || (parts.length > 1 && !headings(target).contains(parts[1]))) {
                    broken.add(page + ": " + link);
                }
            }
        }

        assertThat(broken).isEmpty();
    }

    /** The anchors that a page's headings have. */
    private static Set<String> headings(Path page) throws IOException {
        return all(Pattern.compile("^#+ (.*)$", Pattern.MULTILINE), Files.readString(page)).stream()
                .map(heading -> heading.toLowerCase(Locale.ROOT)
                        .replaceAll("[^a-z0-9 _-]", "")
                        .replace(' ', '-'))
                .collect(Collectors.toSet());
    }

    private static Set<String> modules() throws IOException {
        return all(Pattern.compile("<module>(.*?)</module>"), Files.readString(REPOSITORY.resolve("pom.xml")));
    }

    private static Set<String> all(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<Path> list(Path folder, String ending) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(ending)).collect(Collectors.toSet());
        }
    }
}
