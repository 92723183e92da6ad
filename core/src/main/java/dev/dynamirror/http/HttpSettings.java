package dev.dynamirror.http;

import java.time.Duration;

/**
 * The bounds of an {@link HttpSender}. No time is ended too early, nor more than two seconds late.
 *
 * @param connections how many connections there may be, and so how many requests at once
 * @param longestConnect how long it may take to find an address, to be connected with it, to get through a proxy, and to
 *     agree on encryption: each of them
 * @param longestSilence how long nothing may arrive while a reply is waited for
 * @param longestRequest how long a request may take in all
 * @param longestIdle how long a connection is kept without a request: shorter than the server keeps it, or requests meet its
 *     end
 * @param longestLife how long a connection is used, so that addresses that are new in DNS come into use
 */
public record HttpSettings(
        int connections,
        Duration longestConnect,
        Duration longestSilence,
        Duration longestRequest,
        Duration longestIdle,
        Duration longestLife) {

    /** What suits DynamoDB, which closes connections that were idle for about a minute. */
    public static HttpSettings of(int connections) {
        return new HttpSettings(
                connections,
                Duration.ofSeconds(5),
                Duration.ofSeconds(30),
                Duration.ofSeconds(60),
                Duration.ofSeconds(20),
                Duration.ofMinutes(10));
    }

    /** These settings with another time for a request. */
    public HttpSettings withLongestRequest(Duration newLongestRequest) {
        return new HttpSettings(
                connections, longestConnect, longestSilence, newLongestRequest, longestIdle, longestLife);
    }
}
