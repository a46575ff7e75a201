package org.ipv6flow.embedded.clickhouse;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;

/** Requests of a client that is no driver. */
final class HttpRequests {

  private final HttpClient client = HttpClient.newHttpClient();
  private final EmbeddedClickHouse engine;

  HttpRequests(EmbeddedClickHouse engine) {
    this.engine = engine;
  }

  /** Runs {@code sql} and returns its result, which must be one. */
  String run(String sql) throws IOException, InterruptedException {
    HttpResponse<String> response = post("/", sql);
    if (response.statusCode() != 200) {
      throw new IOException(response.body());
    }
    return response.body().stripTrailing();
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofString(StandardCharsets.UTF_8));
  }

  HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(uri(path)).POST(BodyPublishers.ofString(body)).build(),
        BodyHandlers.ofString(StandardCharsets.UTF_8));
  }

  HttpResponse<byte[]> postOctets(String path, byte[] body, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri(path)).POST(BodyPublishers.ofByteArray(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), BodyHandlers.ofByteArray());
  }

  static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private URI uri(String path) {
    return URI.create(engine.httpUrl() + path);
  }
}
