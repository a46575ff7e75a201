package org.ipv6flow.console;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import org.ipv6flow.console.clickhouse.ClickHouseAccount;
import org.ipv6flow.console.config.ConsoleConfig;
import org.ipv6flow.embedded.clickhouse.ChdbLibrary;
import org.ipv6flow.embedded.clickhouse.EmbeddedClickHouse;
import org.ipv6flow.schema.clickhouse.InventoryTables;
import org.ipv6flow.schema.clickhouse.Migrator;
import org.ipv6flow.schema.inventory.Inventory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * An embedded engine for all test classes, a database for each, and a console in demo mode on it.
 * {@code $db} in a statement stands for the database.
 */
public final class TestConsole implements BeforeAllCallback, AfterAllCallback, ParameterResolver {

  private static final DateTimeFormatter DATE_TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .nodeFactory(JsonNodeFactory.withExactBigDecimals(true))
          .build();

  private final HttpClient http = HttpClient.newHttpClient();
  private @Nullable Engine engine;
  private @Nullable ConsoleServer server;
  private String database = "";

  @Override
  public void beforeAll(ExtensionContext context) throws Exception {
    assumeTrue(
        ChdbLibrary.obstacle().isEmpty(),
        () -> "no ClickHouse engine here: " + ChdbLibrary.obstacle().orElse(""));
    engine =
        context
            .getRoot()
            .getStore(ExtensionContext.Namespace.create(TestConsole.class))
            .getOrComputeIfAbsent("engine", key -> new Engine(), Engine.class);
    database = context.getRequiredTestClass().getSimpleName();
    server =
        new ConsoleServer(
            ConsoleConfig.demo(
                0, ClickHouseAccount.of(engine.process.httpUrl(), database), null, Map.of()),
            "test");
    server.start();
  }

  @Override
  public void afterAll(ExtensionContext context) {
    if (server != null) {
      server.close();
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == TestConsole.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return this;
  }

  public ClickHouseAccount account() {
    return ClickHouseAccount.of(engine().process.httpUrl(), database);
  }

  public ConsoleServer server() {
    if (server == null) {
      throw new IllegalStateException("not started");
    }
    return server;
  }

  /** The database as migrations from nothing make it, with an inventory. */
  public void recreate(Inventory inventory) throws Exception {
    execute("DROP DATABASE IF EXISTS $db SYNC");
    new Migrator(engine().connection, Map.of("database", database)).apply();
    InventoryTables.publish(engine().connection, database, inventory);
  }

  public void execute(String sql) throws SQLException {
    try (Statement statement = engine().connection.createStatement()) {
      statement.execute(sql.replace("$db", database));
    }
  }

  /** The only column of the only row, as the engine writes it. */
  public String value(String sql) throws SQLException {
    try (Statement statement = engine().connection.createStatement();
        ResultSet result = statement.executeQuery(sql.replace("$db", database))) {
      result.next();
      return String.valueOf(result.getString(1));
    }
  }

  /** Adds to link_traffic_10s. */
  public void traffic(
      Instant bucket, String link, String direction, String trafficClass, long octets, double q)
      throws SQLException {
    int ipVersion = trafficClass.startsWith("v4") || trafficClass.endsWith("_in_v4") ? 4 : 6;
    execute(
        "INSERT INTO $db.link_traffic_10s VALUES ('%s', '%s', '%s', %d, '%s', %d, %d, %d, %d, 1, %s)"
            .formatted(
                time(bucket),
                link,
                direction,
                ipVersion,
                trafficClass,
                octets,
                octets / 1000,
                octets / 1000,
                octets / 1000,
                q));
  }

  /** What an exporter said in each of some minutes: that it is there. */
  public void reports(String exporter, Instant from, int minutes) throws SQLException {
    execute(
        """
        INSERT INTO $db.exporter_quality_10s (bucket, exporter, observation_domain, collector,
          protocol_version, datagrams, last_received)
        SELECT toDateTime('%s', 'UTC') + 60 * number AS bucket, '::ffff:%s', 1, 'c1', 10, 1,
          bucket + 59
        FROM numbers(%d)
        """
            .formatted(time(from), exporter, minutes));
  }

  /** Asks as a role: {@code noc}, or {@code operator:A}. */
  public HttpResponse<byte[]> get(String role, String path) throws Exception {
    return http.send(request(role, path).GET().build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  /** A request with a role, to be completed. */
  public HttpRequest.Builder request(String role, String path) {
    String[] parts = role.split(":", 2);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d%s".formatted(server().port(), path)))
            .header("X-Ipv6flow-Role", parts[0]);
    if (parts.length > 1) {
      request.header("X-Ipv6flow-Operator", parts[1]);
    }
    return request;
  }

  /** The body of an answer that must be a success. */
  public JsonNode json(String role, String path) throws Exception {
    HttpResponse<byte[]> response = get(role, path);
    String body = new String(response.body(), StandardCharsets.UTF_8);
    if (response.statusCode() != 200) {
      throw new AssertionError("%s: %d %s".formatted(path, response.statusCode(), body));
    }
    return JSON.readTree(body);
  }

  /** As a literal of a DateTime in UTC. */
  public static String time(Instant instant) {
    return DATE_TIME.format(instant);
  }

  private Engine engine() {
    if (engine == null) {
      throw new IllegalStateException("no engine before the first test class");
    }
    return engine;
  }

  /** Closed by JUnit with the store it is in. */
  private static final class Engine implements AutoCloseable {

    private final EmbeddedClickHouse process;
    private final Connection connection;

    private Engine() {
      try {
        Path directory = Files.createDirectories(Path.of("target", "engines"));
        process =
            EmbeddedClickHouse.builder()
                .dataDir(Files.createTempDirectory(directory, "console"))
                .start();
        connection = DriverManager.getConnection(process.jdbcUrl());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public void close() throws SQLException {
      connection.close();
      process.close();
    }
  }
}
