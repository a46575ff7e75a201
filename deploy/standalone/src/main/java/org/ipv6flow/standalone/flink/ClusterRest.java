package org.ipv6flow.standalone.flink;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.ipv6flow.standalone.process.ChildFailedException;
import org.ipv6flow.standalone.process.ChildProcess;

/** What is asked of a job manager over its REST interface. */
final class ClusterRest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(30);
  private static final long POLL_MILLIS = 200;

  private final String base;
  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

  ClusterRest(String base) {
    this.base = base;
  }

  /** Waits until the dispatcher takes jobs. */
  void awaitServing(ChildProcess process, Duration timeout)
      throws ChildFailedException, InterruptedException {
    long deadline = System.nanoTime() + timeout.toNanos();
    while (System.nanoTime() < deadline && process.isAlive()) {
      try {
        get("/jobs/overview");
        return;
      } catch (IOException e) {
        Thread.sleep(POLL_MILLIS);
      }
    }
    throw new ChildFailedException(
        process.isAlive()
            ? "jobmanager: %s did not serve within %d s".formatted(base, timeout.toSeconds())
            : "jobmanager ended while it started");
  }

  /** Returns when the job has ended and its last rows are inserted. */
  void stopWithSavepoint(String job, Path directory, Duration timeout)
      throws IOException, InterruptedException, ChildFailedException {
    long deadline = System.nanoTime() + timeout.toNanos();
    byte[] body =
        JSON.writeValueAsBytes(
            Map.of(
                "drain",
                false,
                "formatType",
                "NATIVE",
                "targetDirectory",
                directory.toUri().toString()));
    JsonNode trigger =
        send(
            request("/jobs/" + job + "/stop")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(body))
                .build());
    String savepoint = "/jobs/" + job + "/savepoints/" + trigger.path("request-id").asText();
    while (System.nanoTime() < deadline) {
      JsonNode status = get(savepoint);
      if (status.at("/status/id").asText().equals("COMPLETED")) {
        JsonNode failure = status.at("/operation/failure-cause/stack-trace");
        if (!failure.isMissingNode()) {
          throw new ChildFailedException(
              "savepoint: " + failure.asText().lines().findFirst().orElse(""));
        }
        awaitEnd(job, deadline);
        return;
      }
      Thread.sleep(POLL_MILLIS);
    }
    throw new ChildFailedException("no savepoint within %d s".formatted(timeout.toSeconds()));
  }

  private void awaitEnd(String job, long deadline)
      throws IOException, InterruptedException, ChildFailedException {
    while (System.nanoTime() < deadline) {
      if (get("/jobs/" + job).path("state").asText().equals("FINISHED")) {
        return;
      }
      Thread.sleep(POLL_MILLIS);
    }
    throw new ChildFailedException("the job did not end after its savepoint");
  }

  /** State of a job, such as RUNNING. */
  String state(String job) throws IOException, InterruptedException {
    return get("/jobs/" + job).path("state").asText();
  }

  private JsonNode get(String path) throws IOException, InterruptedException {
    return send(request(path).GET().build());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(base + path)).timeout(REQUEST_TIMEOUT);
  }

  private JsonNode send(HttpRequest request) throws IOException, InterruptedException {
    HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
    if (response.statusCode() / 100 != 2) {
      throw new IOException(
          "Flink answered %d to %s".formatted(response.statusCode(), request.uri()));
    }
    return JSON.readTree(response.body());
  }
}
