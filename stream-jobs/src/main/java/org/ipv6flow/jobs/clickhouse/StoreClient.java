package org.ipv6flow.jobs.clickhouse;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Inserts and queries of programs that run once, over ClickHouse's HTTP interface. */
public final class StoreClient {

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration QUERY_TIMEOUT = Duration.ofMinutes(5);
  private static final int OK = 200;
  private static final int MAX_MESSAGE_LENGTH = 300;

  private final ClickHouseEndpoint endpoint;
  private final InsertClient inserts;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT_TIMEOUT)
          .build();

  public StoreClient(ClickHouseEndpoint endpoint) {
    this.endpoint = endpoint;
    inserts = new InsertClient(endpoint);
  }

  /** Inserts rows, once for a token. */
  public void insert(RowBlock rows, String token) throws IOException, InterruptedException {
    inserts.insert(InsertCommittable.of(rows, token));
  }

  /** The answer to a query, in the format that it names. */
  public byte[] query(String sql) throws IOException, InterruptedException {
    String base = endpoint.url().toString();
    URI uri =
        URI.create(
            (base.endsWith("/") ? base : base + "/")
                + "?wait_end_of_query=1&database="
                + endpoint.database());
    HttpResponse<byte[]> response =
        http.send(
            HttpRequest.newBuilder(uri)
                .timeout(QUERY_TIMEOUT)
                .header("X-ClickHouse-User", endpoint.user())
                .header("X-ClickHouse-Key", endpoint.password())
                .POST(BodyPublishers.ofString(sql))
                .build(),
            BodyHandlers.ofByteArray());
    if (response.statusCode() != OK) {
      String message = new String(response.body(), StandardCharsets.UTF_8).strip();
      throw new IOException(
          "ClickHouse at %s: HTTP %d: %s"
              .formatted(
                  endpoint,
                  response.statusCode(),
                  message.substring(0, Math.min(MAX_MESSAGE_LENGTH, message.length()))));
    }
    return response.body();
  }
}
