package dev.dynamirror.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.dynamodb.model.PointInTimeRecoverySpecification;

/** Commands of the AWS CLI, as text to be copied into a shell. */
final class AwsCommands {

    private AwsCommands() {}

    static String turnOnTtl(String table, String attribute) {
        String simple = "aws dynamodb update-time-to-live --table-name " + table + " --time-to-live-specification ";
        String specification = "Enabled=true,AttributeName=" + attribute;
        return simple + (attribute.matches("[\\w.-]+") ? specification : quoted(specification));
    }

    static String turnOnRecovery(String table, PointInTimeRecoverySpecification recovery) {
        return "aws dynamodb update-continuous-backups --table-name " + table
                + " --point-in-time-recovery-specification PointInTimeRecoveryEnabled=true"
                + (recovery.recoveryPeriodInDays() == null
                        ? ""
                        : ",RecoveryPeriodInDays=" + recovery.recoveryPeriodInDays());
    }

    /** The text as one word of a shell. */
    static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }

    /** A request as the AWS CLI takes it: what is not set is left out. */
    static String json(SdkPojo request) {
        List<String> members = new ArrayList<>();
        for (SdkField<?> field : request.sdkFields()) {
            Object value = field.getValueOrDefault(request);
            boolean empty = value == null || (value instanceof List<?> list && list.isEmpty());
            if (!empty) {
                members.add(string(field.locationName()) + ":" + value(value));
            }
        }
        return "{" + String.join(",", members) + "}";
    }

    private static String value(@Nullable Object value) {
        if (value instanceof SdkPojo object) {
            return json(object);
        }
        if (value instanceof List<?> list) {
            return list.stream().map(AwsCommands::value).collect(Collectors.joining(",", "[", "]"));
        }
        return value instanceof String text ? string(text) : String.valueOf(value);
    }

    private static String string(String text) {
        StringBuilder json = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            switch (character) {
                case '"', '\\' -> json.append('\\').append(character);
                default -> {
                    if (character < ' ') {
                        json.append(String.format(Locale.ROOT, "\\u%04x", (int) character));
                    } else {
                        json.append(character);
                    }
                }
            }
        }
        return json.append('"').toString();
    }
}
