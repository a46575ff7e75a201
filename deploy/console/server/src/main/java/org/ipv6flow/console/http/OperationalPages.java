package org.ipv6flow.console.http;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * {@code /healthz} (the process answers at all), {@code /readyz} (ClickHouse answers and has the
 * schema), {@code /metrics} and {@code /version}.
 */
public final class OperationalPages {

  private static final String TEXT = "text/plain; charset=utf-8";
  private static final String PROMETHEUS_TEXT = "text/plain; version=0.0.4; charset=utf-8";

  /** Whether a thing that the server needs is there; with a word on it if it is not. */
  public record Dependency(String name, boolean isReady, String detail) {}

  private final String version;
  private final Supplier<String> metrics;
  private final Supplier<Dependency> clickHouse;

  public OperationalPages(
      String version, Supplier<String> metrics, Supplier<Dependency> clickHouse) {
    this.version = version;
    this.metrics = metrics;
    this.clickHouse = clickHouse;
  }

  Optional<Answer> find(String path) {
    return switch (path) {
      case "/healthz" -> Optional.of(text(TEXT, "ok\n"));
      case "/version" -> Optional.of(text(TEXT, version + "\n"));
      case "/metrics" -> Optional.of(text(PROMETHEUS_TEXT, metrics.get()));
      case "/readyz" -> Optional.of(readiness());
      default -> Optional.empty();
    };
  }

  private Answer readiness() {
    Dependency dependency = clickHouse.get();
    ObjectNode node = JsonMapper.builder().build().createObjectNode();
    node.put("ready", dependency.isReady());
    ObjectNode one = node.putObject("dependencies").putObject(dependency.name());
    one.put("ready", dependency.isReady());
    one.put("detail", dependency.detail());
    return Answer.of("application/json", node.toString().getBytes(StandardCharsets.UTF_8))
        .withStatus(dependency.isReady() ? 200 : 503);
  }

  private static Answer text(String type, String body) {
    return Answer.of(type, body.getBytes(StandardCharsets.UTF_8));
  }
}
