package dev.dynamirror.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dynamirror.error.MirrorException;
import java.io.IOException;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;

class SdkErrorsTest {

    private final Connection connection =
            Connection.open(new ConnectionSettings(URI.create("http://127.0.0.1:1"), "us-east-1"));

    @AfterEach
    void close() {
        connection.close();
    }

    @Test
    void onlyTheFirstLineOfAnAnswerIsTold() {
        assertThat(describe(answer(AwsErrorDetails.builder()
                        .errorCode("InvalidSignatureException")
                        .errorMessage(
                                "The signature does not match.\n\nThe Canonical String was\n'x-amz-security-token:TOKEN'")
                        .build())))
                .isEqualTo("InvalidSignatureException: The signature does not match.");
    }

    @Test
    void anAnswerWithoutACodeIsItsStatus() {
        assertThat(describe(answer(null))).isEqualTo("HTTP status 503");
        assertThat(describe(answer(AwsErrorDetails.builder().build()))).isEqualTo("HTTP status 503");
        assertThat(describe(answer(AwsErrorDetails.builder().errorCode("Slow").build())))
                .isEqualTo("Slow");
    }

    @Test
    void whatGotNoAnswerNamesTheEndpointAndTheReason() {
        assertThat(SdkErrors.describe(
                        connection.client(),
                        SdkClientException.create("tried 9 times", new RuntimeException("socket closed"))))
                .isEqualTo("no answer from http://127.0.0.1:1: socket closed");
    }

    @Test
    void throttlingServiceErrorsAndMissingAnswersMayPass() {
        assertThat(SdkErrors.mayPass(new MirrorException("can't be read", answer(null))))
                .isTrue();
        assertThat(SdkErrors.mayPass(ProvisionedThroughputExceededException.builder()
                        .statusCode(400)
                        .awsErrorDetails(AwsErrorDetails.builder()
                                .errorCode("ProvisionedThroughputExceededException")
                                .build())
                        .build()))
                .isTrue();
        assertThat(SdkErrors.mayPass(SdkClientException.create("no answer", new IOException("socket closed"))))
                .isTrue();
        assertThat(SdkErrors.mayPass(new MirrorException(
                        "gone",
                        ResourceNotFoundException.builder()
                                .statusCode(400)
                                .awsErrorDetails(AwsErrorDetails.builder()
                                        .errorCode("ResourceNotFoundException")
                                        .build())
                                .build())))
                .isFalse();
        assertThat(SdkErrors.mayPass(SdkClientException.create("no credentials")))
                .isFalse();
        assertThat(SdkErrors.mayPass(new MirrorException("doesn't fit"))).isFalse();
    }

    private String describe(DynamoDbException answered) {
        return SdkErrors.describe(connection.client(), answered);
    }

    private static DynamoDbException answer(@Nullable AwsErrorDetails details) {
        return (DynamoDbException) DynamoDbException.builder()
                .statusCode(503)
                .awsErrorDetails(details)
                .build();
    }
}
