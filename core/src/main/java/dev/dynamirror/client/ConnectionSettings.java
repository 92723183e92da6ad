package dev.dynamirror.client;

import dev.dynamirror.error.MirrorException;
import java.io.Serializable;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Which DynamoDB to talk to; what is null is taken from the environment as the AWS SDK reads it.
 *
 * @param endpoint where DynamoDB answers, for a database that is not AWS's own in the region; null for
 *     {@code AWS_ENDPOINT_URL_DYNAMODB}, {@code AWS_ENDPOINT_URL}, the profile, or AWS itself
 * @param region an AWS region such as {@code eu-central-1}; null for {@code AWS_REGION} or the profile
 */
public record ConnectionSettings(
        @Nullable URI endpoint, @Nullable String region) implements Serializable {

    /**
     * Checks the settings.
     *
     * @throws MirrorException if the endpoint is no http or https address or names a user, or the region is empty
     */
    public ConnectionSettings {
        if (endpoint != null && hasUser(endpoint)) {
            throw new MirrorException(
                    "the endpoint names a user or a password before an @; expected an address like"
                            + " https://host: credentials are given by AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE");
        }
        if (endpoint != null && (endpoint.getHost() == null || !isHttp(endpoint.getScheme()))) {
            throw new MirrorException(
                    "the endpoint \"" + endpoint + "\" is no address like https://host or http://127.0.0.1:8000");
        }
        if (region != null && region.isBlank()) {
            throw new MirrorException("the region is empty; expected one like eu-central-1");
        }
    }

    /** All from the environment. */
    public static ConnectionSettings fromEnvironment() {
        return new ConnectionSettings(null, null);
    }

    /** What can't be read as an address may have a user, too. */
    private static boolean hasUser(URI endpoint) {
        String authority = endpoint.getRawAuthority();
        return (authority == null ? endpoint.toString() : authority).contains("@");
    }

    private static boolean isHttp(@Nullable String scheme) {
        return "http".equalsIgnoreCase(scheme) || "https".equalsIgnoreCase(scheme);
    }
}
