package dev.dynamirror.write;

import dev.dynamirror.item.AttributeJson;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.protocols.jsoncore.JsonNode;
import software.amazon.awssdk.protocols.jsoncore.JsonNodeParser;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** The bytes of changes as the SDK's own types. */
final class SdkRequests {

    private static final JsonNodeParser JSON = JsonNodeParser.create();

    private SdkRequests() {}

    /** An element of a batch. */
    static WriteRequest element(byte[] wire) {
        JsonNode change = JSON.parse(wire);
        return change.field("PutRequest")
                .map(put -> WriteRequest.builder()
                        .putRequest(request -> request.item(attributes(put, "Item")))
                        .build())
                .orElseGet(() -> WriteRequest.builder()
                        .deleteRequest(request -> request.key(
                                attributes(change.field("DeleteRequest").orElseThrow(), "Key")))
                        .build());
    }

    static PutItemRequest put(byte[] wire) {
        JsonNode body = JSON.parse(wire);
        return PutItemRequest.builder()
                .tableName(text(body, "TableName"))
                .item(attributes(body, "Item"))
                .conditionExpression(text(body, "ConditionExpression"))
                .expressionAttributeNames(names(body))
                .expressionAttributeValues(attributes(body, "ExpressionAttributeValues"))
                .returnValuesOnConditionCheckFailure(text(body, "ReturnValuesOnConditionCheckFailure"))
                .returnConsumedCapacity(text(body, "ReturnConsumedCapacity"))
                .build();
    }

    static UpdateItemRequest update(byte[] wire) {
        JsonNode body = JSON.parse(wire);
        return UpdateItemRequest.builder()
                .tableName(text(body, "TableName"))
                .key(attributes(body, "Key"))
                .updateExpression(text(body, "UpdateExpression"))
                .conditionExpression(text(body, "ConditionExpression"))
                .expressionAttributeNames(names(body))
                .expressionAttributeValues(attributes(body, "ExpressionAttributeValues"))
                .returnValuesOnConditionCheckFailure(text(body, "ReturnValuesOnConditionCheckFailure"))
                .returnConsumedCapacity(text(body, "ReturnConsumedCapacity"))
                .build();
    }

    static DeleteItemRequest delete(byte[] wire) {
        JsonNode body = JSON.parse(wire);
        return DeleteItemRequest.builder()
                .tableName(text(body, "TableName"))
                .key(attributes(body, "Key"))
                .conditionExpression(text(body, "ConditionExpression"))
                .expressionAttributeNames(names(body))
                .expressionAttributeValues(attributes(body, "ExpressionAttributeValues"))
                .returnValuesOnConditionCheckFailure(text(body, "ReturnValuesOnConditionCheckFailure"))
                .returnConsumedCapacity(text(body, "ReturnConsumedCapacity"))
                .build();
    }

    private static @Nullable String text(JsonNode body, String name) {
        return body.field(name).map(JsonNode::asString).orElse(null);
    }

    private static @Nullable Map<String, String> names(JsonNode body) {
        return body.field("ExpressionAttributeNames")
                .map(object -> {
                    Map<String, String> names = new LinkedHashMap<>();
                    object.asObject().forEach((placeholder, name) -> names.put(placeholder, name.asString()));
                    return names;
                })
                .orElse(null);
    }

    private static @Nullable Map<String, AttributeValue> attributes(JsonNode body, String name) {
        return body.field(name).map(AttributeJson::attributes).orElse(null);
    }
}
