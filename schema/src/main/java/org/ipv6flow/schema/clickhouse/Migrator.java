package org.ipv6flow.schema.clickhouse;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.ipv6flow.schema.clickhouse.MigrationStatus.State;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings a database to the schema of this release.
 *
 * <p>ClickHouse has no transaction around DDL. So every statement of a migration may be repeated
 * ({@code IF NOT EXISTS}, {@code OR REPLACE}): a migration that was cut short is run again from its
 * start, and two migrators at once do no harm. {@code docs/decisions/0003-migrations.md} says why
 * this is not left to a library.
 */
public final class Migrator {

  private static final Logger LOG = LoggerFactory.getLogger(Migrator.class);

  private final Connection connection;
  private final SchemaVariables variables;
  private final List<Migration> migrations;

  /**
   * A migrator over an open connection, which stays open.
   *
   * @param variables overrides of {@code database}, {@code engine_prefix}, {@code on_cluster},
   *     {@code cluster} and {@code time_zone}; empty for a single server with the database {@code
   *     ipv6flow}
   */
  public Migrator(Connection connection, Map<String, String> variables) throws MigrationException {
    this(connection, variables, Migrations.load());
  }

  Migrator(Connection connection, Map<String, String> variables, List<Migration> migrations)
      throws MigrationException {
    Migrations.requireConsecutive(migrations);
    this.connection = connection;
    this.variables = new SchemaVariables(variables);
    this.migrations = migrations;
  }

  /**
   * Applies what is missing and returns it, in order; empty when there was nothing to do.
   *
   * @throws MigrationException if the database has a migration that differs from this release's or
   *     is unknown to it, or if a statement fails
   */
  public List<AppliedMigration> apply() throws MigrationException {
    createHistory();
    Map<Integer, AppliedMigration> history = history();
    requireKnown(history);
    List<AppliedMigration> applied = new ArrayList<>();
    for (Migration migration : migrations) {
      if (!history.containsKey(migration.version())) {
        applied.add(apply(migration));
      }
    }
    if (!applied.isEmpty()) {
      LOG.info("database {} is now at schema version {}", variables.database(), migrations.size());
    }
    return List.copyOf(applied);
  }

  /** What {@link #apply} runs on an empty server beside its history, for who wants to read it. */
  public List<String> script() throws MigrationException {
    List<String> script = new ArrayList<>();
    for (Migration migration : migrations) {
      script.addAll(statements(migration, variables));
    }
    return List.copyOf(script);
  }

  /** Every migration of this release and of the database, without changing anything. */
  public List<MigrationStatus> status() throws MigrationException {
    Map<Integer, AppliedMigration> history = hasHistory() ? history() : Map.of();
    List<MigrationStatus> all = new ArrayList<>();
    for (Migration migration : migrations) {
      AppliedMigration applied = history.get(migration.version());
      all.add(
          new MigrationStatus(
              migration.version(),
              migration.description(),
              state(migration, applied),
              applied == null ? null : applied.appliedAt()));
    }
    for (AppliedMigration applied : history.values()) {
      if (applied.version() > migrations.size()) {
        all.add(
            new MigrationStatus(
                applied.version(), applied.description(), State.UNKNOWN, applied.appliedAt()));
      }
    }
    return List.copyOf(all);
  }

  private static State state(Migration migration, @Nullable AppliedMigration applied) {
    if (applied == null) {
      return State.PENDING;
    }
    return applied.checksum().equals(migration.checksum()) ? State.APPLIED : State.CHANGED;
  }

  private void requireKnown(Map<Integer, AppliedMigration> history) throws MigrationException {
    int previous = 0;
    for (AppliedMigration applied : history.values()) {
      if (applied.version() != previous + 1) {
        throw new MigrationException(
            "database %s has migration %d but not %d (expected: no gap)"
                .formatted(variables.database(), applied.version(), previous + 1));
      }
      previous = applied.version();
      if (previous > migrations.size()) {
        throw new MigrationException(
            "database %s is at schema version %d (expected: at most %d, a newer release made it)"
                .formatted(variables.database(), lastOf(history), migrations.size()));
      }
      Migration migration = migrations.get(previous - 1);
      if (!migration.checksum().equals(applied.checksum())) {
        throw new MigrationException(
            ("migration %s: checksum %s in database %s"
                    + " (expected: %s, the file was edited after it was applied)")
                .formatted(
                    migration.fileName(),
                    applied.checksum(),
                    variables.database(),
                    migration.checksum()));
      }
    }
  }

  private static int lastOf(Map<Integer, AppliedMigration> history) {
    return history.keySet().stream().mapToInt(Integer::intValue).max().orElse(0);
  }

  private AppliedMigration apply(Migration migration) throws MigrationException {
    long startNanos = System.nanoTime();
    List<String> statements = statements(migration, variables);
    for (int i = 0; i < statements.size(); i++) {
      try (Statement statement = connection.createStatement()) {
        statement.execute(statements.get(i));
      } catch (SQLException e) {
        throw new MigrationException(
            "migration %s: statement %d failed: %s"
                .formatted(migration.fileName(), i + 1, firstLine(e)),
            e);
      }
    }
    AppliedMigration applied =
        new AppliedMigration(
            migration.version(),
            migration.description(),
            migration.checksum(),
            Instant.ofEpochMilli(System.currentTimeMillis()),
            Duration.ofNanos(System.nanoTime() - startNanos));
    record(applied);
    return applied;
  }

  /** What is run for a migration, in order. */
  static List<String> statements(Migration migration, SchemaVariables variables)
      throws MigrationException {
    List<String> statements =
        SqlScript.statements(variables.expand(migration.text(), migration.fileName()));
    return variables.isSharded()
        ? ShardedTables.withDistributed(statements, variables.cluster())
        : statements;
  }

  private void createHistory() throws MigrationException {
    execute("CREATE DATABASE IF NOT EXISTS ${database} ${on_cluster}");
    execute(
        """
        CREATE TABLE IF NOT EXISTS ${database}.schema_migrations ${on_cluster}
        (
            version          UInt32,
            description      String,
            checksum         String,
            applied_at       DateTime64(3, 'UTC'),
            execution_millis UInt64
        )
        ENGINE = ${engine_prefix}ReplacingMergeTree${everywhere}
        ORDER BY version
        """);
  }

  private void execute(String sql) throws MigrationException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(variables.expand(sql, "history"));
    } catch (SQLException e) {
      throw unreadable(e);
    }
  }

  private boolean hasHistory() throws MigrationException {
    String sql = "SELECT count() FROM system.tables WHERE database = ? AND name = ?";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, variables.database());
      statement.setString(2, "schema_migrations");
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next() && rows.getLong(1) > 0;
      }
    } catch (SQLException e) {
      throw unreadable(e);
    }
  }

  private Map<Integer, AppliedMigration> history() throws MigrationException {
    String sql =
        """
        SELECT version, description, checksum, toUnixTimestamp64Milli(applied_at), execution_millis
        FROM %s.schema_migrations FINAL
        """
            .formatted(variables.database());
    Map<Integer, AppliedMigration> history = new TreeMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        AppliedMigration applied =
            new AppliedMigration(
                rows.getInt(1),
                rows.getString(2),
                rows.getString(3),
                Instant.ofEpochMilli(rows.getLong(4)),
                Duration.ofMillis(rows.getLong(5)));
        history.put(applied.version(), applied);
      }
    } catch (SQLException e) {
      throw unreadable(e);
    }
    return history;
  }

  private void record(AppliedMigration applied) throws MigrationException {
    String sql =
        "INSERT INTO %s.schema_migrations VALUES (?, ?, ?, fromUnixTimestamp64Milli(?, 'UTC'), ?)"
            .formatted(variables.database());
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setInt(1, applied.version());
      statement.setString(2, applied.description());
      statement.setString(3, applied.checksum());
      statement.setLong(4, applied.appliedAt().toEpochMilli());
      statement.setLong(5, applied.executionTime().toMillis());
      statement.executeUpdate();
    } catch (SQLException e) {
      throw unreadable(e);
    }
  }

  private MigrationException unreadable(SQLException e) {
    return new MigrationException(
        "database %s: %s".formatted(variables.database(), firstLine(e)), e);
  }

  private static String firstLine(SQLException e) {
    String message = e.getMessage();
    return message == null ? e.toString() : message.lines().findFirst().orElse("");
  }
}
