package org.ipv6flow.jobs.clickhouse;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * One insert over ClickHouse's HTTP interface.
 *
 * <p>On the JDK's own client: the body is already RowBinary, the interface is one POST, and the
 * call ends at once when its thread is interrupted, which a job that is being cancelled needs.
 */
final class InsertClient {

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration INSERT_TIMEOUT = Duration.ofSeconds(60);
  private static final int OK = 200;
  private static final String EXCEPTION_CODE = "X-ClickHouse-Exception-Code";
  private static final int MAX_MESSAGE_LENGTH = 300;

  /**
   * async_insert=0: the answer must mean "stored". The two deduplication settings make a repeated
   * token be dropped here and in the tables that materialized views feed. wait_end_of_query: errors
   * come as a status, not in the middle of a body.
   */
  private static final String SETTINGS =
      "&async_insert=0&insert_deduplicate=1"
          + "&deduplicate_blocks_in_dependent_materialized_views=1&wait_end_of_query=1";

  private final ClickHouseEndpoint endpoint;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT_TIMEOUT)
          .build();

  InsertClient(ClickHouseEndpoint endpoint) {
    this.endpoint = endpoint;
  }

  /**
   * Returns when the rows are stored, now or by an earlier call with the same token.
   *
   * @throws InsertFailedException if ClickHouse refused them
   * @throws IOException if it is not known whether they were stored
   */
  void insert(InsertCommittable insert) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(uri(insert))
            .timeout(INSERT_TIMEOUT)
            .header("X-ClickHouse-User", endpoint.user())
            .header("X-ClickHouse-Key", endpoint.password())
            .header("Content-Type", "application/octet-stream")
            .POST(BodyPublishers.ofByteArray(insert.rowBinary()))
            .build();
    HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
    if (response.statusCode() != OK || response.headers().firstValue(EXCEPTION_CODE).isPresent()) {
      String exceptionCode = response.headers().firstValue(EXCEPTION_CODE).orElse("none");
      throw new InsertFailedException(
          "HTTP %d, code %s".formatted(response.statusCode(), exceptionCode),
          "HTTP %d: %s".formatted(response.statusCode(), shortened(response.body())));
    }
  }

  private URI uri(InsertCommittable insert) {
    String statement =
        "INSERT INTO %s (%s) FORMAT RowBinary"
            .formatted(insert.table().tableName(), insert.table().columns());
    String base = endpoint.url().toString();
    return URI.create(
        (base.endsWith("/") ? base : base + "/")
            + "?database="
            + encoded(endpoint.database())
            + "&query="
            + encoded(statement)
            + "&insert_deduplication_token="
            + encoded(insert.token())
            + SETTINGS);
  }

  private static String encoded(String value) {
    // In a query string both %20 and + mean a space to ClickHouse; %20 does everywhere.
    return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static String shortened(String body) {
    String line = body.strip().replace('\n', ' ');
    return line.length() <= MAX_MESSAGE_LENGTH ? line : line.substring(0, MAX_MESSAGE_LENGTH) + "…";
  }
}
