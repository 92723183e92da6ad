package dev.dynamirror.testkit.faulty;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What belongs to a table and DescribeTable says nothing of: its TTL, tags, backups and policy. */
final class TableExtras {

    private static final int LONGEST_RECOVERY = 35;

    private final ArrayNode tags;
    private final @Nullable String policy;
    private @Nullable String timeToLive;
    private @Nullable Integer recoveryDays;

    /** Those that a CreateTable asks for. */
    TableExtras(ObjectNode create) {
        ArrayNode asked = Json.optionalArray(create, "Tags");
        this.tags = asked == null ? Json.object().putArray("Tags") : asked.deepCopy();
        this.policy = Json.optionalText(create, "ResourcePolicy");
    }

    synchronized ObjectNode updateTimeToLive(ObjectNode request) {
        ObjectNode specification = Json.requiredObject(request, "TimeToLiveSpecification");
        String attribute = Json.requiredText(specification, "AttributeName");
        boolean enabled = Json.flag(specification, "Enabled");
        if (enabled == (timeToLive != null)) {
            throw Refusal.invalid("TimeToLive is already " + (enabled ? "enabled" : "disabled"));
        }
        timeToLive = enabled ? attribute : null;
        ObjectNode reply = Json.object();
        reply.set("TimeToLiveSpecification", specification);
        return reply;
    }

    synchronized ObjectNode describeTimeToLive() {
        ObjectNode reply = Json.object();
        ObjectNode description = reply.putObject("TimeToLiveDescription");
        description.put("TimeToLiveStatus", timeToLive == null ? "DISABLED" : "ENABLED");
        if (timeToLive != null) {
            description.put("AttributeName", timeToLive);
        }
        return reply;
    }

    /** One tag a page, so that whoever asks must turn pages. */
    synchronized ObjectNode listTags(ObjectNode request) {
        String token = Json.optionalText(request, "NextToken");
        int page = token == null ? 0 : Integer.parseInt(token);
        ObjectNode reply = Json.object();
        ArrayNode listed = reply.putArray("Tags");
        if (page < tags.size()) {
            listed.add(tags.get(page));
        }
        if (page + 1 < tags.size()) {
            reply.put("NextToken", Integer.toString(page + 1));
        }
        return reply;
    }

    synchronized ObjectNode updateContinuousBackups(ObjectNode request) {
        ObjectNode wish = Json.requiredObject(request, "PointInTimeRecoverySpecification");
        recoveryDays = Json.flag(wish, "PointInTimeRecoveryEnabled")
                ? Objects.requireNonNullElse(Json.optionalInt(wish, "RecoveryPeriodInDays"), LONGEST_RECOVERY)
                : null;
        return describeContinuousBackups();
    }

    synchronized ObjectNode describeContinuousBackups() {
        ObjectNode reply = Json.object();
        ObjectNode backups = reply.putObject("ContinuousBackupsDescription").put("ContinuousBackupsStatus", "ENABLED");
        ObjectNode recovery = backups.putObject("PointInTimeRecoveryDescription");
        recovery.put("PointInTimeRecoveryStatus", recoveryDays == null ? "DISABLED" : "ENABLED");
        if (recoveryDays != null) {
            recovery.put("RecoveryPeriodInDays", recoveryDays);
        }
        return reply;
    }

    synchronized ObjectNode policy() {
        if (policy == null) {
            throw new Refusal(
                    400, "PolicyNotFoundException", "Resource-based policy not found for the provided ResourceArn");
        }
        return Json.object().put("Policy", policy).put("RevisionId", "1");
    }
}
