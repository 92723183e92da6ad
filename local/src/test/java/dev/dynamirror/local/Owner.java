package dev.dynamirror.local;

import java.io.IOException;

/** A program that owns a database and never closes it: prints the database's process id, then waits for input. */
final class Owner {

    private Owner() {}

    public static void main(String[] args) throws IOException {
        LocalDynamoDb database = LocalDynamoDb.inMemory().start().awaitReady();
        System.out.println(database.pid());
        System.exit(System.in.read() < 0 ? 1 : 0);
    }
}
