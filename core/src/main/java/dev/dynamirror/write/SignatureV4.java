package dev.dynamirror.write;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
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

    /** What is hashed; kept, as a session token makes it long. */
    private byte[] text = new byte[1024];

    private int length;

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
     * @param headers those that are signed, by their names in lower case; the host and {@link #DATE} are among them; all
     *     are ASCII, and no value has spaces at its ends, or two in a row
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
        String hash = hashOfRequest(headers, names, body);
        useKey(new KeyOfDay(secretAccessKey, day));
        clear();
        append(ALGORITHM)
                .append("\n")
                .append(date)
                .append("\n")
                .append(scope)
                .append("\n")
                .append(hash);
        hmac.update(text, 0, length);
        return ALGORITHM + " Credential=" + accessKeyId + '/' + scope + ", SignedHeaders=" + names + ", Signature="
                + HEX.formatHex(hmac.doFinal());
    }

    private String hashOfRequest(SortedMap<String, String> headers, String names, List<byte[]> body) {
        body.forEach(sha256::update);
        String bodyHash = HEX.formatHex(sha256.digest());
        clear();
        append("POST\n").append(path).append("\n\n"); // the empty line is the query
        headers.forEach((name, value) -> append(name).append(":").append(value).append("\n"));
        append("\n").append(names).append("\n").append(bodyHash);
        sha256.update(text, 0, length);
        return HEX.formatHex(sha256.digest());
    }

    private void clear() {
        length = 0;
    }

    @SuppressWarnings("deprecation") // takes the low byte of each character, which is all of it in ASCII
    private SignatureV4 append(String ascii) {
        int end = length + ascii.length();
        if (end > text.length) {
            text = Arrays.copyOf(text, 2 * end);
        }
        ascii.getBytes(0, ascii.length(), text, length);
        length = end;
        return this;
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
