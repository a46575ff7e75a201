package org.ipv6flow.embedded.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The unmodified JDBC driver against the embedded engine. */
@ExtendWith(EngineForTests.class)
class JdbcIT {

  private final EmbeddedClickHouse engine;
  private Connection connection;

  JdbcIT(EmbeddedClickHouse engine) {
    this.engine = engine;
  }

  @BeforeEach
  void connect() throws SQLException {
    connection = DriverManager.getConnection(engine.jdbcUrl());
    execute("CREATE DATABASE IF NOT EXISTS jdbc");
  }

  @AfterEach
  void disconnect() throws SQLException {
    execute("DROP DATABASE IF EXISTS jdbc");
    connection.close();
  }

  @Test
  void saysItsVersionAndIsValid() throws SQLException {
    assertThat(connection.isValid(5)).isTrue();
    assertThat(connection.getMetaData().getDatabaseProductVersion()).startsWith("26.7.");
    assertThat(connection.getMetaData().getTables(null, "system", "parts", null).next()).isTrue();
  }

  @Test
  void readsBackEveryTypeOfTheSchema() throws Exception {
    execute(
        """
        CREATE TABLE jdbc.types (
          bucket DateTime('UTC'), received DateTime64(3, 'UTC'), link LowCardinality(String),
          direction Enum8('a_to_b' = 1, 'b_to_a' = 2), exporter IPv6, octets UInt64,
          variance Float64, names Map(String, UInt64), ports Array(UInt16), domain UInt32,
          version UInt8, offset Int64, note Nullable(String)
        ) ENGINE = MergeTree ORDER BY bucket
        """);
    execute(
        """
        INSERT INTO jdbc.types VALUES ('2026-11-24 10:20:30', '2026-11-24 10:20:30.123', 'bj-1',
          'b_to_a', '2001:db8::1', 18446744073709551615, 0.125, {'a': 7}, [80, 443], 4294967295,
          6, -5, NULL)
        """);

    try (ResultSet row = query("SELECT * FROM jdbc.types")) {
      assertThat(row.next()).isTrue();
      assertThat(row.getObject("bucket", ZonedDateTime.class).toInstant())
          .isEqualTo(Instant.parse("2026-11-24T10:20:30Z"));
      assertThat(row.getObject("received", ZonedDateTime.class).toInstant())
          .isEqualTo(Instant.parse("2026-11-24T10:20:30.123Z"));
      assertThat(row.getString("link")).isEqualTo("bj-1");
      assertThat(row.getString("direction")).isEqualTo("b_to_a");
      assertThat(row.getObject("exporter", Inet6Address.class))
          .isEqualTo(InetAddress.getByName("2001:db8::1"));
      assertThat(row.getBigDecimal("octets").toPlainString()).isEqualTo("18446744073709551615");
      assertThat(row.getDouble("variance")).isEqualTo(0.125);
      assertThat(row.getObject("names", Map.class).toString()).isEqualTo("{a=7}");
      assertThat(row.getArray("ports").getArray()).isEqualTo(new Object[] {80, 443});
      assertThat(row.getLong("domain")).isEqualTo(4_294_967_295L);
      assertThat(row.getInt("version")).isEqualTo(6);
      assertThat(row.getLong("offset")).isEqualTo(-5);
      assertThat(row.getString("note")).isNull();
      assertThat(row.next()).isFalse();
    }
  }

  @Test
  void insertsAPreparedBatch() throws Exception {
    execute(
        "CREATE TABLE jdbc.batch (at DateTime('UTC'), link String, octets UInt64)"
            + " ENGINE = MergeTree ORDER BY at");

    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO jdbc.batch (at, link, octets) VALUES (?, ?, ?)")) {
      for (int i = 0; i < 1000; i++) {
        insert.setTimestamp(1, Timestamp.from(Instant.ofEpochSecond(1_700_000_000L + i)));
        insert.setString(2, "it's; FORMAT " + i);
        insert.setLong(3, i);
        insert.addBatch();
      }
      assertThat(insert.executeBatch()).hasSize(1000);
    }

    assertThat(strings("SELECT count(), sum(octets), min(link) FROM jdbc.batch"))
        .containsExactly("1000", "499500", "it's; FORMAT 0");
  }

  @Test
  void bindsParametersOfAQuery() throws Exception {
    try (PreparedStatement select = connection.prepareStatement("SELECT ? AS text, ? + 1")) {
      select.setString(1, "a 'quoted' \\ text");
      select.setInt(2, 41);
      try (ResultSet row = select.executeQuery()) {
        row.next();
        assertThat(row.getString("text")).isEqualTo("a 'quoted' \\ text");
        assertThat(row.getInt(2)).isEqualTo(42);
      }
    }
  }

  @Test
  void describesAResultWithoutRows() throws Exception {
    try (ResultSet none =
        query("SELECT number AS n, toString(number) AS s FROM numbers(9) WHERE number > 10")) {
      assertThat(none.getMetaData().getColumnCount()).isEqualTo(2);
      assertThat(none.getMetaData().getColumnTypeName(1)).isEqualTo("UInt64");
      assertThat(none.getMetaData().getColumnLabel(2)).isEqualTo("s");
      assertThat(none.next()).isFalse();
    }
  }

  /** More than one chunk of 65,000 rows, whose headers must not reach the driver. */
  @ParameterizedTest
  @CsvSource({"false,false", "true,false", "false,true", "true,true"})
  void streamsALargeResult(boolean compressed, boolean http) throws Exception {
    Properties properties = new Properties();
    properties.setProperty("compress", Boolean.toString(compressed));
    properties.setProperty("client.use_http_compression", Boolean.toString(http));
    try (Connection other = DriverManager.getConnection(engine.jdbcUrl(), properties);
        Statement statement = other.createStatement();
        ResultSet rows =
            statement.executeQuery("SELECT number, toString(number) FROM numbers(300000)")) {
      long expected = 0;
      while (rows.next()) {
        assertThat(rows.getLong(1)).isEqualTo(expected);
        assertThat(rows.getString(2)).isEqualTo(Long.toString(expected));
        expected++;
      }
      assertThat(expected).isEqualTo(300_000);
    }
  }

  @Test
  void tellsTheCodeOfAnError() {
    assertThatThrownBy(() -> query("SELECT * FROM jdbc.missing"))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("Code: 60")
        .hasMessageContaining("UNKNOWN_TABLE");
    assertThatThrownBy(() -> query("SELECT FROM WHERE"))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("Code: 62");
  }

  /** A result that fails after its first chunks were sent must not look like a shorter one. */
  @Test
  void noticesAResultThatBreaksOff() throws Exception {
    try (Statement statement = connection.createStatement()) {
      assertThatThrownBy(
              () -> {
                try (ResultSet rows =
                    statement.executeQuery(
                        "SELECT number, throwIf(number = 3000000) FROM numbers(4000000)"
                            + " SETTINGS max_threads = 1")) {
                  while (rows.next()) {
                    assertThat(rows.getLong(1)).isLessThan(3_000_000);
                  }
                }
              })
          .isInstanceOf(SQLException.class);
    }
  }

  @Test
  void cancelsAStatement() throws Exception {
    try (Statement slow = connection.createStatement()) {
      CompletableFuture<Void> running =
          CompletableFuture.runAsync(
              () -> {
                try (ResultSet rows =
                    slow.executeQuery("SELECT count() FROM numbers(1e12) WHERE sqrt(number) < 0")) {
                  rows.next();
                } catch (SQLException e) {
                  throw new CompletionException(e);
                }
              });
      Awaitility.await().atMost(20, TimeUnit.SECONDS).until(() -> runningStatements("1e12") == 1);

      slow.cancel();

      assertThat(running)
          .failsWithin(20, TimeUnit.SECONDS)
          .withThrowableOfType(ExecutionException.class)
          .withMessageContaining("394");
      assertThat(runningStatements("1e12")).isZero();
    }
  }

  @Test
  void givesUpAfterTheQueryTimeout() throws SQLException {
    try (Statement slow = connection.createStatement()) {
      slow.setQueryTimeout(1);
      assertThatThrownBy(
              () -> slow.executeQuery("SELECT count() FROM numbers(1e12) WHERE sqrt(number) < 0"))
          .isInstanceOf(SQLTimeoutException.class)
          .rootCause()
          .hasMessageContaining("TIMEOUT_EXCEEDED");
    }
  }

  @Test
  void servesEightClientsAtOnce() throws Exception {
    execute(
        "CREATE TABLE jdbc.many (client UInt8, n UInt32) ENGINE = MergeTree ORDER BY (client, n)");
    List<CompletableFuture<Void>> clients = new ArrayList<>();
    for (int client = 0; client < 8; client++) {
      int id = client;
      clients.add(CompletableFuture.runAsync(() -> insertAndCount(id)));
    }

    CompletableFuture.allOf(clients.toArray(CompletableFuture[]::new)).get(60, TimeUnit.SECONDS);

    assertThat(strings("SELECT count(), uniqExact(client, n) FROM jdbc.many"))
        .containsExactly("800", "800");
  }

  private void insertAndCount(int client) {
    try (Connection own = DriverManager.getConnection(engine.jdbcUrl());
        Statement statement = own.createStatement()) {
      for (int i = 0; i < 10; i++) {
        statement.executeUpdate(
            "INSERT INTO jdbc.many SELECT %d, number + %d FROM numbers(10)"
                .formatted(client, i * 10));
        try (ResultSet row =
            statement.executeQuery("SELECT count() FROM jdbc.many WHERE client = " + client)) {
          row.next();
          assertThat(row.getInt(1)).isEqualTo((i + 1) * 10);
        }
      }
    } catch (SQLException e) {
      throw new CompletionException(e);
    }
  }

  private int runningStatements(String mark) throws SQLException {
    return Integer.parseInt(
        strings(
                "SELECT count() FROM system.processes WHERE query LIKE '%"
                    + mark
                    + "%' AND query NOT LIKE '%processes%'")
            .get(0));
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private ResultSet query(String sql) throws SQLException {
    return connection.createStatement().executeQuery(sql);
  }

  /** The first row as text. */
  private List<String> strings(String sql) throws SQLException {
    try (ResultSet row = query(sql)) {
      row.next();
      List<String> values = new ArrayList<>();
      for (int i : IntStream.rangeClosed(1, row.getMetaData().getColumnCount()).toArray()) {
        values.add(row.getString(i));
      }
      return values;
    }
  }
}
