package dev.dynamirror.write;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * AWS's Signature Version 4 of POST requests to one path, region and service.
 *
 * <p>Not safe for use by several threads at once.
 */
final class SignatureV4 {

    /** The header that says when a request was signed: {@code 20150830T123600Z}. */
    static final String DATE = "x-amz-date";

    private static final String ALGORITHM = "AWS4-HMAC-SHA256";
    private static final String END = "aws4_request";
    private static final int DAY_LENGTH = 8;
    private static final HexFormat HEX = HexFormat.of();

    private final String path;
    private final String region;
    private final String service;
    private final MessageDigest sha256;
    private final Mac hmac;
    private final StringBuilder text = new StringBuilder();

    /** What the {@link #hmac} is keyed with; null at first. */
    private @Nullable KeyOfDay keyed;

    /**
     * What a signing key is derived from.
     *
     * @param secret the secret access key
     * @param day the date in UTC: {@code 20150830}
     */
    private record KeyOfDay(String secret, String day) {
        @Override
        public String toString() {
            return day;
        }
    }

    /**
     * Creates a signature.
     *
     * @param path the path as the canonical request has it: percent-encoded once more than it is sent
     */
    SignatureV4(String path, String region, String service) {
        this.path = path;
        this.region = region;
        this.service = service;
        try {
            this.sha256 = MessageDigest.getInstance("SHA-256");
            this.hmac = Mac.getInstance("HmacSHA256");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has SHA-256 and HmacSHA256", e);
        }
    }

    /**
     * The value of a request's Authorization header.
     *
     * @param headers those that are signed, by their names in lower case; the host and {@link #DATE} are among them; no
     *     value has spaces at its ends, or two in a row
     * @param body the body's pieces
     * @param accessKeyId who signs
     * @param secretAccessKey the secret that belongs to it
     */
    String authorization(
            SortedMap<String, String> headers, List<byte[]> body, String accessKeyId, String secretAccessKey) {
        String date = Objects.requireNonNull(headers.get(DATE));
        String day = date.substring(0, DAY_LENGTH);
        String scope = day + '/' + region + '/' + service + '/' + END;
        String names = String.join(";", headers.keySet());
        String toSign = ALGORITHM + '\n' + date + '\n' + scope + '\n' + hashOfRequest(headers, names, body);
        useKey(new KeyOfDay(secretAccessKey, day));
        return ALGORITHM + " Credential=" + accessKeyId + '/' + scope + ", SignedHeaders=" + names + ", Signature="
                + HEX.formatHex(hmac.doFinal(utf8(toSign)));
    }

    private String hashOfRequest(SortedMap<String, String> headers, String names, List<byte[]> body) {
        text.setLength(0);
        text.append("POST\n").append(path).append("\n\n"); // the empty line is the query
        headers.forEach(
                (name, value) -> text.append(name).append(':').append(value).append('\n'));
        body.forEach(sha256::update);
        text.append('\n').append(names).append('\n').append(HEX.formatHex(sha256.digest()));
        return HEX.formatHex(sha256.digest(utf8(text.toString())));
    }

    private void useKey(KeyOfDay wanted) {
        if (wanted.equals(keyed)) {
            return;
        }
        keyed = null;
        setKey(utf8("AWS4" + wanted.secret));
        for (String part : List.of(wanted.day, region, service, END)) {
            setKey(hmac.doFinal(utf8(part)));
        }
        keyed = wanted;
    }

    private void setKey(byte[] key) {
        try {
            hmac.init(new SecretKeySpec(key, hmac.getAlgorithm()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every key is one of HmacSHA256", e);
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
