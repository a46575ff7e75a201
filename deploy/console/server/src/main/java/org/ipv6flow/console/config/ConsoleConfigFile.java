package org.ipv6flow.console.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.ipv6flow.console.access.PasswordHash;
import org.ipv6flow.console.access.Principal;
import org.ipv6flow.console.access.Role;
import org.ipv6flow.console.access.Users;
import org.ipv6flow.console.alerts.AlertSettings;
import org.ipv6flow.console.clickhouse.ClickHouseAccount;
import org.ipv6flow.console.clickhouse.QueryLimits;
import org.ipv6flow.schema.config.InvalidConfigException;
import org.ipv6flow.schema.config.YamlFile;
import org.jspecify.annotations.Nullable;

/** Reads {@code console.yaml} and the file of its users. */
public final class ConsoleConfigFile {

  private static final String SCHEMA = "/org/ipv6flow/console/config/console.schema.json";
  private static final String USERS = "/org/ipv6flow/console/config/users.schema.json";
  private static final int DEFAULT_PORT = 8080;

  private ConsoleConfigFile() {}

  /** Reads and checks a file; relative paths in it are relative to its directory. */
  public static ConsoleConfig load(Path file) throws InvalidConfigException {
    YamlFile yaml = YamlFile.read(file, SCHEMA);
    JsonNode console = yaml.root().path("console");
    JsonNode limits = console.path("limits");
    QueryLimits defaults = QueryLimits.DEFAULT;
    int maxRows = limits.path("result-rows").asInt(ConsoleConfig.DEFAULT_MAX_ROWS);
    ConsoleConfig config =
        new ConsoleConfig(
            listen(yaml, console.path("listen")),
            clickHouse(yaml, file, console.path("clickhouse")),
            new QueryLimits(
                Duration.ofSeconds(
                    limits.path("execution-seconds").asLong(defaults.maxExecution().toSeconds())),
                maxRows + 1_000,
                limits.path("memory-bytes").asLong(defaults.maxMemoryBytes()),
                limits.path("queries").asInt(defaults.maxConcurrent())),
            zone(yaml, console.path("time-zone").asText("Asia/Shanghai")),
            path(file, console.path("data")),
            path(file, console.path("audit-log")),
            console.path("demo").asBoolean(false),
            console.path("synthetic").asBoolean(false),
            proxies(yaml, console.path("proxies")),
            users(path(file, console.path("users"))),
            limits.path("requests-per-minute").asInt(ConsoleConfig.DEFAULT_REQUESTS_PER_MINUTE),
            maxRows,
            parts(console.path("parts")),
            AlertSettings.of(console.path("alerts"), directory(file)));
    if (config.demo() && !config.listen().getAddress().isLoopbackAddress()) {
      throw yaml.error(
          "/console/demo", "demo mode has no login (expected: a loopback address in listen)");
    }
    return config;
  }

  private static InetSocketAddress listen(YamlFile yaml, JsonNode listen)
      throws InvalidConfigException {
    InetSocketAddress address =
        new InetSocketAddress(
            listen.path("address").asText("127.0.0.1"), listen.path("port").asInt(DEFAULT_PORT));
    if (address.isUnresolved()) {
      throw yaml.error(
          "/console/listen/address",
          "'%s' is no address (expected: one of this machine, such as 127.0.0.1 or '::')"
              .formatted(address.getHostString()));
    }
    return address;
  }

  private static ClickHouseAccount clickHouse(YamlFile yaml, Path file, JsonNode node)
      throws InvalidConfigException {
    ClickHouseAccount of =
        ClickHouseAccount.of(node.path("url").asText(), node.path("database").asText("ipv6flow"));
    String password = node.path("password").asText(of.password());
    Path secret = path(file, node.path("password-file"));
    if (secret != null) {
      try {
        password = Files.readString(secret).strip();
      } catch (IOException e) {
        throw yaml.error("/console/clickhouse/password-file", secret + " cannot be read");
      }
    }
    return new ClickHouseAccount(
        of.url(), node.path("user").asText(of.user()), password, of.database());
  }

  private static ZoneId zone(YamlFile yaml, String name) throws InvalidConfigException {
    try {
      return ZoneId.of(name);
    } catch (DateTimeException e) {
      throw yaml.error(
          "/console/time-zone",
          "'%s' is no time zone (expected: an IANA name such as Asia/Shanghai)".formatted(name));
    }
  }

  private static Set<InetAddress> proxies(YamlFile yaml, JsonNode list)
      throws InvalidConfigException {
    Set<InetAddress> proxies = new HashSet<>();
    for (int i = 0; i < list.size(); i++) {
      String text = list.get(i).asText();
      try {
        if (!text.matches("[0-9A-Fa-f:.]+")) {
          throw new UnknownHostException(text);
        }
        proxies.add(InetAddress.getByName(text));
      } catch (UnknownHostException e) {
        throw yaml.error("/console/proxies/" + i, "'%s' is no IP address".formatted(text));
      }
    }
    return proxies;
  }

  /** Reads the file of the people. */
  public static Users users(@Nullable Path file) throws InvalidConfigException {
    Map<String, Users.User> users = new HashMap<>();
    if (file == null) {
      return new Users(users);
    }
    YamlFile yaml = YamlFile.read(file, USERS);
    JsonNode list = yaml.root().path("users");
    for (int i = 0; i < list.size(); i++) {
      JsonNode node = list.get(i);
      String name = node.path("name").asText();
      Role role = Role.of(node.path("role").asText()).orElse(Role.AUDITOR);
      String operator = node.path("operator").isTextual() ? node.path("operator").asText() : null;
      if ((role == Role.OPERATOR) != (operator != null)) {
        throw yaml.error(
            "/users/" + i,
            "%s: operator goes with the role operator, and it alone".formatted(name));
      }
      PasswordHash hash;
      try {
        hash = PasswordHash.parse(node.path("password-hash").asText());
      } catch (IllegalArgumentException e) {
        throw yaml.error("/users/%d/password-hash".formatted(i), String.valueOf(e.getMessage()));
      }
      if (users.put(name, new Users.User(new Principal(name, role, operator), hash)) != null) {
        throw yaml.error("/users/%d/name".formatted(i), name + " is there twice");
      }
    }
    return new Users(users);
  }

  private static Map<String, String> parts(JsonNode node) {
    Map<String, String> parts = new LinkedHashMap<>();
    node.fields().forEachRemaining(part -> parts.put(part.getKey(), part.getValue().asText()));
    return parts;
  }

  private static Path directory(Path file) {
    Path parent = file.toAbsolutePath().normalize().getParent();
    return parent == null ? Path.of("/") : parent;
  }

  private static @Nullable Path path(Path file, JsonNode relative) {
    return relative.isMissingNode()
        ? null
        : file.toAbsolutePath().resolveSibling(relative.asText()).normalize();
  }
}
