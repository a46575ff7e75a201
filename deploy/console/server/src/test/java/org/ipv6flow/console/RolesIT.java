package org.ipv6flow.console;

import static java.time.temporal.ChronoUnit.HOURS;
import static java.time.temporal.ChronoUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.ValidationMessage;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Asks every path of openapi.yaml that reads as each role: nobody gets what is not theirs, and
 * whatever is answered is as the file says. With {@code -Dipv6flow.roles=all} with the values of
 * all enumerations as well, which takes some ten minutes.
 */
@ExtendWith(TestConsole.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class RolesIT {

  /** Devices, their ports and addresses, and the prefixes of the samples. */
  private static final List<String> SECRETS =
      List.of(
          "\"R1\"",
          "\"R2\"",
          "\"R3\"",
          "127.18.0.",
          "port1",
          "port2",
          "192.0.2.",
          "198.51.100.",
          "3fff:",
          "\"exporter\"",
          "\"interface\"",
          "\"address\"",
          "\"source_prefix\"");

  private static final boolean ALL = "all".equals(System.getProperty("ipv6flow.roles"));

  /** Parameters that choose what an answer is about; others choose the time, unit or order. */
  private static final Set<String> SUBJECTS =
      ALL
          ? Set.of("dimension", "by", "split", "subject", "side", "kind", "failed_kind")
          : Set.of("by", "split", "subject");

  private static final Map<String, String> PATH_VALUES =
      Map.of(
          "link", "L1",
          "exporter", "R1",
          "definition", "ipv6_share_wire",
          "member", "A-B",
          "view", "none",
          "alert", "none",
          "month", "2026-10",
          "file", "report.pdf",
          "silence", "none");

  private final TestConsole console;
  private final OpenApiFile file;
  private final Instant start = Instant.now().truncatedTo(HOURS).minus(3, HOURS);

  RolesIT(TestConsole console) throws Exception {
    this.console = console;
    file = OpenApiFile.load();
  }

  @BeforeAll
  void fill() throws Exception {
    console.recreate(TinyNation.inventory());
    for (int minute = 0; minute < 120; minute += 10) {
      Instant bucket = start.plus(minute, MINUTES);
      console.traffic(bucket, "L1", "a_to_b", "v6_native", 3_000_000, 1e9);
      console.traffic(bucket, "L1", "b_to_a", "v4_native", 2_000_000, 1e9);
      console.traffic(bucket, "L2", "a_to_b", "v6_native", 1_000_000, 1e9);
      // Some hundred packets: below the minimum cell.
      console.traffic(bucket, "L3", "a_to_b", "v4_native", 20_000, 1e6);
    }
    console.reports(TinyNation.R1, start, 120);
    console.reports(TinyNation.R2, start, 120);
    console.execute(
        """
        INSERT INTO $db.flow_samples (time, exporter, interface, link, direction, ip_version,
          traffic_class, source_prefix, destination_prefix, service, octets, packets, one_in)
        VALUES ('%1$s', '::ffff:127.18.0.1', 1, 'L1', 'a_to_b', 6, 'v6_native',
            '3fff:1:2::', '3fff:3:4::', 'https', 1000, 1, 1000),
          ('%1$s', '::ffff:127.18.0.1', 1, 'L1', 'b_to_a', 4, 'v4_native',
            '::ffff:192.0.2.0', '::ffff:198.51.100.0', 'https', 1000, 1, 1000)
        """
            .formatted(TestConsole.time(start)));
    console.execute(
        """
        INSERT INTO $db.organisation_traffic_5m (bucket, link, direction, ip_version, side,
          organisation, organisation_kind, industry, operator, province, region, access, octets,
          packets, observed_octets, observed_packets, records, octets_variance)
        VALUES ('%s', 'L1', 'a_to_b', 6, 'source', 'big', 'idc', 'web', 'A', 'P1', 'East', 'idc',
            9000000, 9000, 9000000, 9000, 90, 1e9),
          ('%s', 'L1', 'a_to_b', 6, 'source', 'small-customer', 'enterprise', 'steel', 'A', 'P1',
            'East', 'fixed', 9000, 9, 9000, 9, 9, 1e3)
        """
            .formatted(TestConsole.time(start), TestConsole.time(start)));
  }

  @Test
  void theRegulatorNeverGetsAnAddressAPortOrADevice() throws Exception {
    int answered = 0;
    for (OpenApiFile.Operation operation : reading()) {
      for (String query : queries(operation, SUBJECTS)) {
        for (String format : formats(operation, query)) {
          String path = path(operation, query + format);
          HttpResponse<byte[]> response = console.get("regulator", path);
          String body = new String(response.body(), StandardCharsets.UTF_8);

          assertThat(SECRETS)
              .as(path + "\n" + body)
              .noneMatch(secret -> isTold(body, secret, operation));
          assertThat(body).as(path).doesNotContain("small-customer");
          assertThat(response.statusCode()).as(path + "\n" + body).isIn(200, 400, 403, 404);
          if (!operation.roles().contains("regulator")) {
            assertThat(response.statusCode()).as(path).isEqualTo(403);
          }
          answered += response.statusCode() == 200 ? 1 : 0;
        }
      }
    }
    // Not because nothing was answered at all.
    assertThat(answered).isGreaterThan(ALL ? 100 : 30);
  }

  /** The documents themselves speak of exporters and addresses. */
  private static boolean isTold(String body, String secret, OpenApiFile.Operation operation) {
    boolean isText =
        Set.of("getOpenApi", "getDefinition", "listDefinitions").contains(operation.id());
    return !isText && body.contains(secret);
  }

  @Test
  void theRegulatorSeesNoCellBelowTheMinimumAndNoLink() throws Exception {
    JsonNode share = console.json("regulator", path("/ipv6/share?dimension=operator_pair"));
    assertThat(share.at("/data/member").toString()).contains("A-B").doesNotContain("B-C");
    assertThat(share.at("/meta/suppressedCells").asInt()).isPositive();
    JsonNode traffic = console.json("regulator", path("/traffic?dimension=operator_pair"));
    assertThat(traffic.at("/data/member").toString()).contains("A-B").doesNotContain("B-C");
    for (String dimension : List.of("link", "node_pair", "operator_path")) {
      for (String path : List.of("/ipv6/share", "/traffic", "/ipv6/transition", "/ipv6/months")) {
        assertThat(console.get("regulator", path(path + "?dimension=" + dimension)).statusCode())
            .isEqualTo(403);
      }
    }
    assertThat(console.get("regulator", path("/ipv6/share/series?step=1m")).statusCode())
        .isEqualTo(400);
  }

  @Test
  void anOperatorSeesItsOwnLinksAlone() throws Exception {
    for (OpenApiFile.Operation operation : reading()) {
      if (!operation.roles().contains("operator") || answer(operation).isMissingNode()) {
        continue;
      }
      for (String query : queries(operation, ALL ? SUBJECTS : Set.of())) {
        String path = path(operation, query);
        HttpResponse<byte[]> response = console.get("operator:B", path);
        if (response.statusCode() == 200 && operation.path().startsWith("/")) {
          JsonNode body = parse(response);
          // L2 is between A and C, and L1's and L3's other ends are seen as counterparts.
          assertThat(body.findValues("data").toString()).as(path).doesNotContain("\"L2\"");
          assertThat(body.findValues("series").toString()).as(path).doesNotContain("\"L2\"");
          assertThat(body.findValues("data").toString()).as(path).doesNotContain("\"A-C\"");
        }
      }
    }
    JsonNode load = console.json("operator:B", path("/links/utilisation?stat=p95"));
    assertThat(new TreeSet<>(texts(load.at("/data/link")))).containsExactly("L1", "L3");
    assertThat(console.json("operator:B", path("/links/L2/traffic?split=none")).path("series"))
        .isEmpty();
  }

  @Test
  void everyAnswerIsAsTheFileSays() throws Exception {
    for (OpenApiFile.Operation operation : reading()) {
      JsonNode schema = answer(operation);
      if (schema.isMissingNode()) {
        continue;
      }
      for (String query : queries(operation, Set.of())) {
        String path = path(operation, query);
        HttpResponse<byte[]> response = console.get("admin", path);
        if (response.statusCode() == 404 || response.statusCode() == 400) {
          assertThat(file.schema(problem()).validate(parse(response))).as(path).isEmpty();
          continue;
        }
        String body = new String(response.body(), StandardCharsets.UTF_8);
        assertThat(response.statusCode()).as(path + "\n" + body).isEqualTo(200);
        Set<ValidationMessage> findings = file.schema(schema).validate(parse(response));
        assertThat(findings).as(path + "\n" + body).isEmpty();
      }
    }
  }

  /** Missing where the answer is no JSON, such as the OpenAPI file itself. */
  private static JsonNode answer(OpenApiFile.Operation operation) {
    return operation.node().at("/responses/200/content/application~1json/schema");
  }

  private JsonNode problem() {
    return file.root()
        .at("/components/responses/Forbidden/content/application~1problem+json/schema");
  }

  private List<OpenApiFile.Operation> reading() {
    return file.operations().stream()
        .filter(operation -> operation.method().equals("GET"))
        .filter(operation -> !operation.path().matches("/(alerts|silences|reports).*"))
        .toList();
  }

  /** All formats are of one result; so one question of each path is asked in a second one. */
  private static List<String> formats(OpenApiFile.Operation operation, String query) {
    boolean hasFormats = !operation.node().at("/responses/200/content/text~1csv").isMissingNode();
    boolean isDefault = query.isEmpty() || query.startsWith("&");
    return hasFormats && isDefault ? List.of("", "&format=csv") : List.of("");
  }

  /**
   * The defaults, then each parameter with an enumeration: in turn all values of those in {@code
   * whole}, and if all is asked the last of others, since the first is mostly the default.
   */
  private List<String> queries(OpenApiFile.Operation operation, Set<String> whole) {
    Map<String, String> always = new LinkedHashMap<>();
    List<String> more = new ArrayList<>(List.of(""));
    for (JsonNode reference : operation.node().path("parameters")) {
      JsonNode parameter = file.resolve(reference);
      String name = parameter.path("name").asText();
      if (!parameter.path("in").asText().equals("query") || name.equals("format")) {
        continue;
      }
      switch (name) {
        case "from" -> always.put(name, start.toString());
        case "to", "at" -> always.put(name, start.plus(2, HOURS).toString());
        case "dimensions" -> {
          String asked =
              operation.id().equals("queryMatrix") ? "from_operator,to_operator" : "source_prefix";
          more.add("dimensions=" + asked);
        }
        case "filter" -> {
          if (ALL) {
            more.add("filter=" + encode("ip_version = 6"));
          }
        }
        default -> {
          List<String> values = texts(file.resolve(parameter.path("schema")).path("enum"));
          for (int i = 0; i < values.size(); i++) {
            if (whole.contains(name) || (ALL && i == values.size() - 1)) {
              more.add(name + "=" + encode(values.get(i)));
            }
          }
        }
      }
    }
    if (operation.id().equals("getLinkSeries")) {
      always.put("link", "L1");
    }
    StringBuilder fixed = new StringBuilder();
    always.forEach((name, value) -> fixed.append("&%s=%s".formatted(name, encode(value))));
    return more.stream().map(query -> query + fixed).toList();
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static String path(OpenApiFile.Operation operation, String query) {
    String path = operation.path();
    for (Map.Entry<String, String> value : PATH_VALUES.entrySet()) {
      path = path.replace("{" + value.getKey() + "}", value.getValue());
    }
    return "/api/v1" + path + "?" + query.replaceFirst("^&", "");
  }

  private String path(String path) {
    return "/api/v1%s&from=%s&to=%s".formatted(path, start, start.plus(2, HOURS));
  }

  private static JsonNode parse(HttpResponse<byte[]> response) throws Exception {
    return new ObjectMapper().readTree(response.body());
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(value -> texts.add(value.asText()));
    return texts;
  }
}
