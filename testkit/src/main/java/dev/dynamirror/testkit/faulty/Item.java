package dev.dynamirror.testkit.faulty;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * An item that is stored. Its JSON is never changed.
 *
 * @param json the attributes, in the form in which DynamoDB gives them back
 * @param size in bytes, by DynamoDB's model
 */
record Item(ObjectNode json, int size) {}
