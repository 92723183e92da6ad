package dev.dynamirror.item;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The mirror's columns set or removed by UpdateItem requests, with all other attributes of the item left as they are.
 *
 * <p>In the expressions a column is {@code #0}, {@code #1}, …, the version {@code #v}, the marks of a tombstone {@code #d}
 * and {@code #e}, the partition key {@code #k}.
 */
final class MergeForm extends ChangeForm {

    /** What a delete removes. */
    enum Deletes {
        ITEM,
        COLUMNS
    }

    /** The longest expression that DynamoDB takes, in bytes. */
    private static final int MAX_EXPRESSION = 4096;

    /** A put ends a tombstone. */
    private static final String REMOVING_MARKS = " REMOVE #d,#e";

    /** With which the longest expression, that of a put with the mirror's own version, is not too long. */
    static final int MOST_COLUMNS = IntStream.iterate(1, count -> count + 1)
            .takeWhile(count -> (setting(indices(count)) + ",#v=:v" + REMOVING_MARKS).length() <= MAX_EXPRESSION)
            .max()
            .orElseThrow();

    private final @Nullable Versioning versioning;
    private final Deletes deletes;

    MergeForm(@Nullable Versioning versioning, Deletes deletes) {
        this.versioning = versioning;
        this.deletes = deletes;
    }

    @Override
    @Nullable
    Versioning versioning() {
        return versioning;
    }

    @Override
    RequestTemplate put(ItemNames names) {
        List<String> placeholders = placeholders(names);
        RequestTemplate.Builder request = request(Change.Request.UPDATE_ITEM, names)
                .text(",\"Key\":{")
                .key(names.key())
                .text("}");
        if (versioning == null && placeholders.isEmpty()) {
            // Without an expression the item comes into being if it isn't there, and nothing else happens.
            return end(request);
        }
        List<String> set = new ArrayList<>(placeholders);
        if (versioning != null && versioning.column() == null) {
            set.add("v");
        }
        request.text(",").member("UpdateExpression", setting(set) + (versioning == null ? "" : REMOVING_MARKS));
        if (versioning != null) {
            VersionCondition.OLDER.addTo(request);
        }
        request.text(",\"ExpressionAttributeNames\":{");
        nameColumns(request, names, placeholders);
        if (versioning != null) {
            if (versioning.column() == null) {
                request.text(separator(placeholders)).member("#v", versioning.attribute());
            }
            request.text(",").member("#d", OwnAttributes.DELETED).text(",").member("#e", OwnAttributes.EXPIRES);
        }
        request.text("},\"ExpressionAttributeValues\":{")
                .columns(placeholders.stream().map(name -> ":" + name).toList(), "");
        if (versioning != null && versioning.column() == null) {
            request.text(separator(placeholders) + "\":v\":").version();
        }
        request.text("}");
        return versioning == null ? end(request) : VersionCondition.end(request);
    }

    @Override
    RequestTemplate delete(ItemNames names) {
        if (deletes == Deletes.COLUMNS) {
            return versioning == null ? removal(names) : versionedRemoval(names, versioning);
        }
        if (versioning != null) {
            return VersionedItemForm.delete(names, versioning);
        }
        return end(request(Change.Request.DELETE_ITEM, names)
                .text(",\"Key\":{")
                .key(names.key())
                .text("}"));
    }

    /** Removes the columns of an item that is there; without the condition one of the key alone would come into being. */
    private static RequestTemplate removal(ItemNames names) {
        List<String> placeholders = indices(names.columns().size());
        RequestTemplate.Builder request = request(Change.Request.UPDATE_ITEM, names)
                .text(",\"Key\":{")
                .key(names.key())
                .text("}");
        if (!placeholders.isEmpty()) {
            request.text(",").member("UpdateExpression", removing(placeholders));
        }
        request.text(",").member("ConditionExpression", "attribute_exists(#k)").text(",\"ExpressionAttributeNames\":{");
        nameColumns(request, names, placeholders);
        request.text(separator(placeholders)).member("#k", names.key().get(0)).text("}");
        return end(request);
    }

    private RequestTemplate versionedRemoval(ItemNames names, Versioning versions) {
        List<String> placeholders = placeholders(names);
        List<String> removed =
                placeholders.stream().filter(name -> !name.equals("v")).toList();
        RequestTemplate.Builder request = request(Change.Request.UPDATE_ITEM, names)
                .text(",\"Key\":{")
                .key(names.key())
                .text("},")
                .member("UpdateExpression", setting(List.of("v")) + (removed.isEmpty() ? "" : " " + removing(removed)));
        VersionCondition.NOT_NEWER.addTo(request).text(",\"ExpressionAttributeNames\":{");
        nameColumns(request, names, placeholders);
        if (versions.column() == null) {
            request.text(separator(placeholders)).member("#v", versions.attribute());
        }
        request.text("},\"ExpressionAttributeValues\":{\":v\":").version().text("}");
        return VersionCondition.end(request);
    }

    /** What follows the sign of a column's placeholder: {@code v} for the version, the index for others. */
    private List<String> placeholders(ItemNames names) {
        String version = versionColumn();
        return IntStream.range(0, names.columns().size())
                .mapToObj(i -> names.columns().get(i).equals(version) ? "v" : Integer.toString(i))
                .toList();
    }

    private static List<String> indices(int count) {
        return IntStream.range(0, count).mapToObj(Integer::toString).toList();
    }

    private static void nameColumns(RequestTemplate.Builder request, ItemNames names, List<String> placeholders) {
        for (int i = 0; i < placeholders.size(); i++) {
            request.text(i == 0 ? "" : ",")
                    .member("#" + placeholders.get(i), names.columns().get(i));
        }
    }

    private static String setting(List<String> placeholders) {
        return placeholders.stream().map(name -> "#" + name + "=:" + name).collect(Collectors.joining(",", "SET ", ""));
    }

    private static String removing(List<String> placeholders) {
        return placeholders.stream().map(name -> "#" + name).collect(Collectors.joining(",", "REMOVE ", ""));
    }

    private static String separator(List<String> before) {
        return before.isEmpty() ? "" : ",";
    }

    private static RequestTemplate end(RequestTemplate.Builder request) {
        return request.text(",\"ReturnConsumedCapacity\":\"TOTAL\"}").build();
    }
}
