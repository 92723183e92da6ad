package dev.dynamirror.item;

import java.math.BigDecimal;
import java.util.Arrays;

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

    /** The condition of that change. */
    static VersionCondition of(Change change) {
        return change instanceof Change.Put ? OLDER : NOT_NEWER;
    }

    /**
     * Whether the condition of a change holds, as DynamoDB would say.
     *
     * @param there the version that is there
     * @param given the change's version, of the same column
     */
    boolean holds(KeyAttribute there, KeyAttribute given) {
        int order = compare(there, given);
        return switch (this) {
            case OLDER -> order < 0;
            case NOT_NEWER -> order <= 0;
        };
    }

    private static int compare(KeyAttribute one, KeyAttribute other) {
        if (one instanceof KeyAttribute.NumberKey number && other instanceof KeyAttribute.NumberKey otherNumber) {
            return new BigDecimal(number.value()).compareTo(new BigDecimal(otherNumber.value()));
        }
        if (one instanceof KeyAttribute.StringKey string && other instanceof KeyAttribute.StringKey otherString) {
            return Arrays.compareUnsigned(string.utf8(), otherString.utf8());
        }
        throw new IllegalArgumentException(
                "versions of one column are numbers or strings, and not " + one + " and " + other);
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
