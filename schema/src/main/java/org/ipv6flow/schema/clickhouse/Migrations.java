package org.ipv6flow.schema.clickhouse;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The migrations of this release, in order; {@code migrations.list} names their files. */
final class Migrations {

  private static final String FOLDER = "/org/ipv6flow/schema/clickhouse/";
  private static final String LIST = "migrations.list";

  private Migrations() {}

  static List<Migration> load() throws MigrationException {
    List<Migration> migrations = new ArrayList<>();
    for (String fileName : read(LIST).lines().filter(line -> !line.isBlank()).toList()) {
      migrations.add(Migration.of(fileName, Template.expand(read(fileName), fileName)));
    }
    requireConsecutive(migrations);
    return List.copyOf(migrations);
  }

  /** Versions count 1, 2, 3 …: a gap means that a file is missing. */
  static void requireConsecutive(List<Migration> migrations) throws MigrationException {
    for (int i = 0; i < migrations.size(); i++) {
      Migration migration = migrations.get(i);
      if (migration.version() != i + 1) {
        throw new MigrationException(
            "migration %s: version %d (expected: %d)"
                .formatted(migration.fileName(), migration.version(), i + 1));
      }
    }
  }

  private static String read(String fileName) {
    try (InputStream in = Migrations.class.getResourceAsStream(FOLDER + fileName)) {
      if (in == null) {
        throw new IllegalStateException("resource " + FOLDER + fileName + " is missing");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
