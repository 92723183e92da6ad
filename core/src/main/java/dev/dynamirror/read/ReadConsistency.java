package dev.dynamirror.read;

/** What a read of DynamoDB's may lack, and costs. */
public enum ReadConsistency {
    /** Nothing that was written before; a read unit for 4 KB. */
    STRONG,
    /** What was written shortly before, most often within a second; a read unit for 8 KB. */
    EVENTUAL
}
