package dev.dynamirror.item;

/** The condition of a change that a newer one must not be overwritten, in the words of DynamoDB's expressions. */
enum VersionCondition {
    /** Of a put: what is there is older. The same version is there already. */
    OLDER("<"),
    /** Of a delete: what is there is not newer. The row that goes has the version that it was put with. */
    NOT_NEWER("<=");

    private final String expression;

    VersionCondition(String comparator) {
        this.expression = "attribute_not_exists(#v) OR #v " + comparator + " :v";
    }

    /** Adds the condition, behind something else. */
    RequestTemplate.Builder addTo(RequestTemplate.Builder request) {
        return request.text(",").member("ConditionExpression", expression);
    }

    /** Adds the condition and what its placeholders mean, and ends the request. */
    RequestTemplate finish(RequestTemplate.Builder request, Versioning versioning) {
        addTo(request)
                .text(",\"ExpressionAttributeNames\":{")
                .member("#v", versioning.attribute())
                .text("},\"ExpressionAttributeValues\":{\":v\":")
                .version()
                .text("}");
        return end(request);
    }

    /** Ends a request that has a condition: an item that is refused comes back, so that one can see why. */
    static RequestTemplate end(RequestTemplate.Builder request) {
        return request.text(
                        ",\"ReturnConsumedCapacity\":\"TOTAL\",\"ReturnValuesOnConditionCheckFailure\":\"ALL_OLD\"}")
                .build();
    }
}
