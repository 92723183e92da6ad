package dev.dynamirror.write;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The cases of AWS's published Signature Version 4 test suite that are POST requests without a query. What their names
 * speak of beside (spaces in values, names in capitals) our own headers don't have.
 */
final class SignatureV4Test {

    private static final String TOKEN =
            "AQoDYXdzEPT//////////wEXAMPLEtc764bNrC9SAPBSM22wDOk4x4HIZ8j4FZTwdQWLWsKWHGBuFqwAeMicRXmxfpSPfIeoIYRqTflfKD8YUuwt"
                    + "hAx7mSEI/qkPpKPi/kMcGdQrmGdeehM4IC1NtBmUpp2wUE8phUZampKsburEDy0KPkyQDYwT7WZ0wq5VSXDvp75YU9HFvlRd8Tx6q6fE8"
                    + "YQcHNVXAkiY9q6d+xo0rKwT38xVqr7ZD0u0iPPkUL64lIZbqBAz+scqKmlzm8FDrypNC9Yjc8fPOLn9FX9KSYvKTr4rvx3iSIlTJabI"
                    + "Qwj2ICCR/oLxBA==";
    private static final String ACCESS_KEY_ID = "AKIDEXAMPLE";
    private static final String SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

    private final SignatureV4 signature = new SignatureV4("/", "us-east-1", "service");

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', ignoreLeadingAndTrailingWhitespace = true, textBlock = """
            post-vanilla             | | | host;x-amz-date | 5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b
            post-header-key-sort     | my-header1=value1 | | host;my-header1;x-amz-date | c5410059b04c1ee005303aed430f6e6645f61f4dc9e1461ec8f8916fdf18852c
            post-header-value-case   | my-header1=VALUE1 | | host;my-header1;x-amz-date | cdbc9802e29d2942e5e10b5bccfdd67c5f22c7c4e8ae67b53629efa58b974b7d
            post-sts-header-before   | x-amz-security-token=TOKEN | | host;x-amz-date;x-amz-security-token | 85d96828115b5dc0cfc3bd16ad9e210dd772bbebba041836c64533a82be05ead
            post-x-www-form-urlencoded | content-type=application/x-www-form-urlencoded | Param1=value1 | content-type;host;x-amz-date | ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a
            post-x-www-form-urlencoded-parameters | content-type=application/x-www-form-urlencoded; charset=utf8 | Param1=value1 | content-type;host;x-amz-date | 1a72ec8f64bd914b0e42e42607c7fbce7fb2c7465f63e3092b3b0d39fa77a6fe
            """)
    void publishedCases(String name, String header, String body, String names, String expected) {
        TreeMap<String, String> headers = new TreeMap<>(Map.of("host", "example.amazonaws.com"));
        headers.put("x-amz-date", "20150830T123600Z");
        if (header != null) {
            String[] parts = header.replace("TOKEN", TOKEN).split("=", 2);
            headers.put(parts[0], parts[1]);
        }
        assertThat(signature.authorization(headers, bytes(body), ACCESS_KEY_ID, SECRET))
                .isEqualTo("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request,"
                        + " SignedHeaders=" + names + ", Signature=" + expected);
    }

    /** Each change by itself gives what a signature gives that remembers no key. */
    @Test
    void theKeyIsDerivedAnewForAnotherDayAndAnotherSecret() {
        for (String[] each : new String[][] {
            {"20150830T123600Z", SECRET},
            {"20150831T123600Z", SECRET},
            {"20150831T123600Z", "other"},
            {"20150830T123600Z", "other"},
            {"20150830T123600Z", SECRET},
        }) {
            TreeMap<String, String> headers = new TreeMap<>(Map.of("host", "h", "x-amz-date", each[0]));
            assertThat(signature.authorization(headers, bytes("b"), ACCESS_KEY_ID, each[1]))
                    .isEqualTo(new SignatureV4("/", "us-east-1", "service")
                            .authorization(headers, bytes("b"), ACCESS_KEY_ID, each[1]));
        }
    }

    /** The body in pieces of one byte. */
    private static List<byte[]> bytes(String body) {
        return body == null
                ? List.of()
                : Arrays.stream(body.split(""))
                        .map(each -> each.getBytes(StandardCharsets.UTF_8))
                        .collect(Collectors.toList());
    }
}
