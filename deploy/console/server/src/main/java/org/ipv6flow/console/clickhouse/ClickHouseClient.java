package org.ipv6flow.console.clickhouse;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Asks ClickHouse over its HTTP interface. Every query is read-only and bounded in time, rows and
 * memory; what a user said travels as query parameters, apart from the SQL.
 */
public final class ClickHouseClient {

  /** As in a definition's view to the last digit: integers of 64 bits and exact decimals. */
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .nodeFactory(JsonNodeFactory.withExactBigDecimals(true))
          .build();

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(3);
  private static final Duration GRACE = Duration.ofSeconds(3);
  private static final long QUEUE_MILLIS = 5_000;
  private static final int MAX_MESSAGE = 400;

  private final ClickHouseAccount account;
  private final QueryLimits limits;
  private final HttpClient http;
  private final Semaphore running;

  public ClickHouseClient(ClickHouseAccount account, QueryLimits limits) {
    this.account = account;
    this.limits = limits;
    http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_TIMEOUT)
            .build();
    running = new Semaphore(limits.maxConcurrent(), true);
  }

  public QueryLimits limits() {
    return limits;
  }

  public ClickHouseAccount account() {
    return account;
  }

  /** Runs a SELECT and reads its result. */
  public QueryResult query(Statement statement) throws ClickHouseException {
    long started = System.nanoTime();
    JsonNode answer;
    try (InputStream in = stream(statement, "JSONColumnsWithMetadata")) {
      answer = MAPPER.readTree(in);
    } catch (IOException e) {
      throw unreachable(e);
    }
    List<QueryResult.Column> columns = new ArrayList<>();
    for (JsonNode column : answer.path("meta")) {
      columns.add(
          new QueryResult.Column(column.path("name").asText(), column.path("type").asText()));
    }
    int rows = answer.path("rows").asInt();
    if (!(answer.path("data") instanceof ObjectNode data)) {
      throw new ClickHouseException(
          ClickHouseException.Kind.FAILED, 0, "an answer without data from " + account);
    }
    return new QueryResult(statement, columns, data, rows, (System.nanoTime() - started) / 1e6);
  }

  /** Runs a SELECT whose result is not looked at, such as one in Arrow's format. */
  public byte[] query(Statement statement, String format) throws ClickHouseException {
    try (InputStream in = stream(statement, format)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw unreachable(e);
    }
  }

  /** Whether it answers. */
  public boolean isReachable() {
    try {
      return query(Statement.of("SELECT 1")).rows() == 1;
    } catch (ClickHouseException e) {
      return false;
    }
  }

  private InputStream stream(Statement statement, String format) throws ClickHouseException {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("database", account.database());
    settings.put("default_format", format);
    settings.put("readonly", "2");
    settings.put("max_execution_time", Long.toString(limits.maxExecution().toSeconds()));
    settings.put("max_result_rows", Integer.toString(limits.maxResultRows()));
    settings.put("result_overflow_mode", "throw");
    settings.put("max_memory_usage", Long.toString(limits.maxMemoryBytes()));
    settings.put("date_time_output_format", "iso");
    settings.put("output_format_json_quote_64bit_integers", "0");
    settings.put("output_format_json_quote_denormals", "0");
    settings.put("output_format_arrow_string_as_string", "1");
    settings.put("join_use_nulls", "0");
    // The answer begins when all of it is known, so that a failure is an error and not half a
    // table.
    settings.put("wait_end_of_query", "1");
    statement.parameters().forEach((name, value) -> settings.put("param_" + name, value));
    StringBuilder uri = new StringBuilder(account.url().toString());
    char separator = '?';
    if (account.url().getRawPath().isEmpty()) {
      uri.append('/');
    }
    for (Map.Entry<String, String> setting : settings.entrySet()) {
      uri.append(separator)
          .append(encode(setting.getKey()))
          .append('=')
          .append(encode(setting.getValue()));
      separator = '&';
    }
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(uri.toString()))
            .timeout(limits.maxExecution().plus(GRACE))
            .header("X-ClickHouse-User", account.user())
            .header("X-ClickHouse-Key", account.password())
            .POST(HttpRequest.BodyPublishers.ofString(statement.sql()))
            .build();
    return send(request);
  }

  private InputStream send(HttpRequest request) throws ClickHouseException {
    try {
      if (!running.tryAcquire(QUEUE_MILLIS, TimeUnit.MILLISECONDS)) {
        throw new ClickHouseException(
            ClickHouseException.Kind.BUSY,
            0,
            "%d queries are running already".formatted(limits.maxConcurrent()));
      }
      try {
        HttpResponse<InputStream> response =
            http.send(request, HttpResponse.BodyHandlers.ofInputStream());
        if (response.statusCode() != 200) {
          throw failure(response);
        }
        return response.body();
      } finally {
        running.release();
      }
    } catch (HttpTimeoutException e) {
      throw new ClickHouseException(
          ClickHouseException.Kind.TIMED_OUT,
          0,
          "no answer within %d s".formatted(limits.maxExecution().toSeconds()));
    } catch (IOException e) {
      throw unreachable(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ClickHouseException(ClickHouseException.Kind.UNREACHABLE, 0, "interrupted");
    }
  }

  private static ClickHouseException failure(HttpResponse<InputStream> response)
      throws IOException {
    String text;
    try (InputStream body = response.body()) {
      text = new String(body.readNBytes(1 << 14), StandardCharsets.UTF_8).strip();
    }
    int code =
        response
            .headers()
            .firstValue("X-ClickHouse-Exception-Code")
            .filter(value -> value.matches("[0-9]{1,6}"))
            .map(Integer::parseInt)
            .orElse(0);
    return ClickHouseException.ofAnswer(
        code, text.length() > MAX_MESSAGE ? text.substring(0, MAX_MESSAGE) : text);
  }

  private ClickHouseException unreachable(IOException e) {
    return new ClickHouseException(
        ClickHouseException.Kind.UNREACHABLE,
        0,
        "%s: %s".formatted(account, e.getMessage() == null ? e.getClass() : e.getMessage()));
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
