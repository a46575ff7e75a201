package org.ipv6flow.console.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The other processes: whether their metrics page answers, and the numbers on it that matter. */
final class Parts {

  private static final Duration TIMEOUT = Duration.ofSeconds(2);
  private static final int MOST_METRICS = 60;

  /** Sums over labels of what tells whether a part keeps up. */
  private static final Pattern SHOWN =
      Pattern.compile(
          "(collector_\\w+_total|collector_\\w*(waiting|memory|queue|templates|exporters)\\w*|"
              + "flink_taskmanager_job_task_operator_(currentInputWatermark|pendingRecords|"
              + "KafkaSourceReader_KafkaConsumer_records_lag_max)|"
              + "flink_jobmanager_job_(lastCheckpointDuration|numberOfCompletedCheckpoints|"
              + "numberOfFailedCheckpoints|lastCheckpointSize|numRestarts|uptime)|jobs_\\w+)");

  private static final Pattern LINE =
      Pattern.compile(
          "([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{[^}]*})? ([-+0-9.eE]+|NaN|[-+]Inf)(?: [0-9]+)?");

  private final Map<String, String> addresses;
  private final HttpClient http = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();

  /**
   * @param addresses URL of the metrics page of each process; names that are no kind of process
   *     have the kind before a hyphen
   */
  Parts(Map<String, String> addresses) {
    this.addresses = new TreeMap<>(addresses);
  }

  /** A look at all of them at a time. */
  ArrayNode look() {
    List<CompletableFuture<ObjectNode>> looks = new ArrayList<>();
    addresses.forEach(
        (name, url) -> looks.add(CompletableFuture.supplyAsync(() -> look(name, url))));
    ArrayNode parts = JsonNodeFactory.instance.arrayNode();
    looks.forEach(look -> parts.add(look.join()));
    return parts;
  }

  private ObjectNode look(String name, String url) {
    ObjectNode part = JsonNodeFactory.instance.objectNode();
    part.put("name", name);
    part.put("kind", name.replaceFirst("-.*", ""));
    if (!url.startsWith("http")) {
      // Kafka has no page of its own: it is what the others say of it.
      return part.put("state", "unknown").put("detail", url);
    }
    try {
      HttpResponse<String> response =
          http.send(
              HttpRequest.newBuilder(URI.create(url)).timeout(TIMEOUT).build(),
              HttpResponse.BodyHandlers.ofString());
      part.put("state", response.statusCode() == 200 ? "up" : "down");
      part.put("url", url);
      ObjectNode metrics = part.putObject("metrics");
      metrics(response.body()).forEach(metrics::put);
    } catch (IOException e) {
      part.put("state", "down").put("detail", "does not answer").put("url", url);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      part.put("state", "unknown");
    }
    return part;
  }

  static Map<String, Double> metrics(String page) {
    Map<String, Double> sums = new LinkedHashMap<>();
    page.lines()
        .forEach(
            line -> {
              Matcher matcher = LINE.matcher(line);
              if (matcher.matches()
                  && SHOWN.matcher(matcher.group(1)).matches()
                  && (sums.size() < MOST_METRICS || sums.containsKey(matcher.group(1)))) {
                double value = number(matcher.group(2));
                if (Double.isFinite(value)) {
                  sums.merge(matcher.group(1), value, Double::sum);
                }
              }
            });
    return sums;
  }

  private static double number(String text) {
    return text.endsWith("Inf") || text.equals("NaN") ? Double.NaN : Double.parseDouble(text);
  }
}
