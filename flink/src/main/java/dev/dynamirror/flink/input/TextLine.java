package dev.dynamirror.flink.input;

/**
 * A line of a text.
 *
 * @param number its number, from 1
 * @param text its text, without white space around it
 */
record TextLine(long number, String text) {}
