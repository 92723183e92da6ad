package dev.dynamirror.testkit.oracle;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Commits written by hand: each a text of changes, {@code 1@a} puts row 1 at key a, {@code -1} deletes it. */
final class WrittenScript {

    private WrittenScript() {}

    static List<Commit> commits(String... texts) {
        Map<Long, Row> live = new HashMap<>();
        List<Commit> commits = new ArrayList<>();
        long number = 0;
        for (String text : texts) {
            List<Change> changes = new ArrayList<>();
            for (String change : text.split(" ", -1)) {
                number++;
                if (change.startsWith("-")) {
                    changes.add(new Change(number, live.remove(Long.parseLong(change.substring(1))), null));
                } else {
                    int at = change.indexOf('@');
                    long id = Long.parseLong(change.substring(0, at));
                    Row after = new Row(id, key(change.substring(at + 1)), number, 0);
                    changes.add(new Change(number, live.put(id, after), after));
                }
            }
            commits.add(new Commit(commits.size() + 1, changes));
        }
        return commits;
    }

    static RowKey key(String partition) {
        return new RowKey(partition, null);
    }
}
