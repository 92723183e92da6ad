package dev.dynamirror.testkit.faulty;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The access keys that are given and those that have expired. */
final class Credentials {

    private static final Pattern ACCESS_KEY = Pattern.compile("Credential=([^/,\\s]+)/");

    private final Set<String> expired = ConcurrentHashMap.newKeySet();
    private volatile Given given = new Given("AKID1", Duration.ofHours(1));

    /**
     * What the endpoint of credentials gives.
     *
     * @param accessKeyId the access key
     * @param validity how long it says it is valid
     */
    private record Given(String accessKeyId, Duration validity) {}

    void expire(String accessKeyId) {
        expired.add(accessKeyId);
    }

    void give(String accessKeyId, Duration validity) {
        given = new Given(accessKeyId, validity);
    }

    /** Refuses a request that is not signed, or with a key that has expired. */
    void check(@Nullable String authorization) {
        if (authorization == null) {
            throw new Refusal(400, "MissingAuthenticationTokenException", "Request is missing Authentication Token");
        }
        Matcher key = ACCESS_KEY.matcher(authorization);
        if (!key.find()) {
            throw new Refusal(400, "IncompleteSignatureException", "Authorization header requires 'Credential'");
        }
        if (expired.contains(key.group(1))) {
            throw new Refusal(400, "ExpiredTokenException", "The security token included in the request is expired");
        }
    }

    ObjectNode json() {
        Given now = given;
        Instant end = Instant.now().plus(now.validity).truncatedTo(ChronoUnit.SECONDS);
        return Json.object()
                .put("AccessKeyId", now.accessKeyId)
                .put("SecretAccessKey", "secret")
                .put("Token", "token")
                .put("Expiration", end.toString());
    }
}
