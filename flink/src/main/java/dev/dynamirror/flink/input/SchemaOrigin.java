package dev.dynamirror.flink.input;

/** Where a file's schema comes from. */
enum SchemaOrigin {
    GIVEN(""),
    INFERRED("; the columns were inferred from the first %,d rows, and a schema (--schema) can say otherwise"
            .formatted(SchemaInference.SAMPLE_ROWS)),
    /** From what Parquet files say of themselves. */
    FOOTERS("; the columns are those of the first files, and a schema (--schema) can say otherwise");

    private final String note;

    SchemaOrigin(String note) {
        this.note = note;
    }

    /** What an error of a row that doesn't fit the schema ends with. */
    String note() {
        return note;
    }
}
