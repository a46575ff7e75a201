package org.ipv6flow.schema.inventory;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.ipv6flow.schema.config.YamlFile;
import org.jspecify.annotations.Nullable;

/** Turns YAML that passed the schema into inventory records. */
final class InventoryReader {

  private static final BigDecimal GIGA = BigDecimal.valueOf(1_000_000_000L);
  private static final String EXPORTERS = "exporters";

  private final Findings findings;
  private final Places places = new Places();
  private final List<Node> nodes = new ArrayList<>();
  private final List<Operator> operators = new ArrayList<>();
  private final List<Link> links = new ArrayList<>();
  private final List<Exporter> exporters = new ArrayList<>();
  private final List<PrefixSet> prefixSets = new ArrayList<>();
  private final List<Organisation> organisations = new ArrayList<>();
  private final List<AccessPool> accessPools = new ArrayList<>();
  private String version = "";
  private @Nullable Instant effectiveFrom;

  InventoryReader(Findings findings) {
    this.findings = findings;
  }

  Places places() {
    return places;
  }

  Inventory inventory() {
    return new Inventory(
        version.isEmpty() ? "unversioned" : version,
        effectiveFrom == null ? Instant.EPOCH : effectiveFrom,
        nodes,
        operators,
        links,
        exporters,
        prefixSets,
        organisations,
        accessPools);
  }

  void read(YamlFile file) {
    JsonNode root = file.root();
    if (root.has("version")) {
      String named = root.get("version").asText();
      if (!version.isEmpty() && !version.equals(named)) {
        findings.add(
            file.position("/version"), "version '%s' (expected: '%s')".formatted(named, version));
      }
      version = named;
    }
    if (root.has("effective-from")) {
      readEffectiveFrom(file, root.get("effective-from").asText());
    }
    each(file, "nodes", (at, json) -> nodes.add(placed(file, at, node(json))));
    each(
        file, "operators", (at, json) -> operators.add(placed(file, at, operator(file, at, json))));
    each(file, "links", (at, json) -> links.add(placed(file, at, link(file, at, json))));
    each(file, EXPORTERS, (at, json) -> exporters.add(placed(file, at, exporter(file, at, json))));
    each(
        file,
        "prefix-sets",
        (at, json) -> prefixSets.add(placed(file, at, prefixSet(file, at, json))));
    each(
        file,
        "organisations",
        (at, json) -> organisations.add(placed(file, at, organisation(file, at, json))));
    each(
        file,
        "access-pools",
        (at, json) -> accessPools.add(placed(file, at, accessPool(file, at, json))));
  }

  private void readEffectiveFrom(YamlFile file, String text) {
    Instant instant;
    try {
      instant = OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      findings.add(
          file.position("/effective-from"),
          "'%s' is no time (expected: such as 2026-11-25T00:00:00+08:00)".formatted(text));
      return;
    }
    if (effectiveFrom != null && !effectiveFrom.equals(instant)) {
      findings.add(
          file.position("/effective-from"),
          "effective-from %s (expected: %s, as in another file)".formatted(instant, effectiveFrom));
    }
    effectiveFrom = instant;
  }

  private interface Part {
    void read(String pointer, JsonNode json);
  }

  private static void each(YamlFile file, String key, Part part) {
    JsonNode list = file.root().path(key);
    for (int i = 0; i < list.size(); i++) {
      part.read("/" + key + "/" + i, list.get(i));
    }
  }

  private <T> T placed(YamlFile file, String pointer, T part) {
    places.put(part, file.position(pointer));
    return part;
  }

  private static Node node(JsonNode json) {
    return new Node(
        text(json, "id"),
        text(json, "name-en"),
        text(json, "name-zh"),
        text(json, "type"),
        text(json, "province-en"),
        text(json, "province-zh"),
        json.path("latitude").asDouble(),
        json.path("longitude").asDouble());
  }

  private Operator operator(YamlFile file, String pointer, JsonNode json) {
    return new Operator(
        text(json, "id"),
        text(json, "name-en"),
        text(json, "name-zh"),
        asNumbers(file, pointer, json));
  }

  private List<AsRange> asNumbers(YamlFile file, String pointer, JsonNode json) {
    List<AsRange> ranges = new ArrayList<>();
    JsonNode list = json.path("as-numbers");
    for (int i = 0; i < list.size(); i++) {
      try {
        ranges.add(AsRange.parse(list.get(i).asText()));
      } catch (IllegalArgumentException e) {
        findings.add(file.position(pointer + "/as-numbers/" + i), String.valueOf(e.getMessage()));
      }
    }
    return List.copyOf(ranges);
  }

  private Link link(YamlFile file, String pointer, JsonNode json) {
    List<LinkCapacity> capacities = new ArrayList<>();
    JsonNode list = json.path("capacities");
    for (int i = 0; i < list.size(); i++) {
      String at = pointer + "/capacities/" + i;
      JsonNode capacity = list.get(i);
      LocalDate from = date(file, at + "/from", capacity.path("from"));
      LocalDate until = date(file, at + "/until", capacity.path("until"));
      if (from == null || (until == null && capacity.has("until"))) {
        continue; // a finding by now
      }
      capacities.add(
          placed(
              file,
              at,
              new LinkCapacity(
                  from,
                  until,
                  bitsPerSecond(capacity.path("gbps")),
                  capacity.path("members").asInt(1))));
    }
    capacities.sort(Comparator.comparing(LinkCapacity::from));
    return new Link(
        text(json, "id"),
        text(json, "node"),
        text(json, "a-operator"),
        text(json, "b-operator"),
        text(json, "role"),
        date(file, pointer + "/ipv6-enabled-on", json.path("ipv6-enabled-on")),
        List.copyOf(capacities));
  }

  private Exporter exporter(YamlFile file, String pointer, JsonNode json) {
    List<ExporterInterface> interfaces = new ArrayList<>();
    JsonNode list = json.path("interfaces");
    for (int i = 0; i < list.size(); i++) {
      interfaces.add(placed(file, pointer + "/interfaces/" + i, exporterInterface(list.get(i))));
    }
    JsonNode export = json.path("export");
    return new Exporter(
        text(json, "id"),
        text(json, "node"),
        text(json, "operator"),
        text(json, "address"),
        text(export, "style"),
        export.path("protocol").asText("ipfix"),
        export.path("observation-domain-base").asLong(),
        export.path("sampling-interval").asLong(),
        export.path("sampling-algorithm").asText("random"),
        text(export, "sampling-signalling"),
        export.path("active-timeout-seconds").asInt(60),
        export.path("idle-timeout-seconds").asInt(15),
        export.path("interface-index-octets").asInt(4),
        List.copyOf(interfaces),
        samplingOverride(file, pointer + "/sampling-override", json.path("sampling-override")));
  }

  private @Nullable SamplingOverride samplingOverride(
      YamlFile file, String pointer, JsonNode json) {
    if (json.isMissingNode()) {
      return null;
    }
    if (!json.has("interval") && !json.has("for")) {
      findings.add(
          file.position(pointer), "sampling-override without interval (expected: interval or for)");
      return null;
    }
    List<SamplingOverride.Narrower> narrower = new ArrayList<>();
    for (JsonNode part : json.path("for")) {
      narrower.add(
          new SamplingOverride.Narrower(
              part.path("interface").asLong(),
              switch (part.path("direction").asText("")) {
                case "in" -> 1;
                case "out" -> 2;
                default -> 0;
              },
              part.path("ip-version").asInt(),
              part.path("interval").asDouble()));
    }
    return new SamplingOverride(
        json.path("interval").asDouble(), json.path("even-if-announced").asBoolean(), narrower);
  }

  private static ExporterInterface exporterInterface(JsonNode json) {
    long index = json.path("index").asLong();
    return new ExporterInterface(
        index,
        json.path("name").asText("if" + index),
        json.has("link") ? text(json, "link") : null,
        text(json, "role"),
        CountMode.ofLabel(json.path("counts").asText("none")),
        json.has("speed-gbps") ? bitsPerSecond(json.path("speed-gbps")) : 0,
        members(json.path("members")));
  }

  private static List<Long> members(JsonNode list) {
    List<Long> members = new ArrayList<>();
    list.forEach(member -> members.add(member.asLong()));
    return members;
  }

  private PrefixSet prefixSet(YamlFile file, String pointer, JsonNode json) {
    return new PrefixSet(
        text(json, "name"),
        text(json, "kind"),
        text(json, "source"),
        asOf(file, pointer, json),
        prefixes(file, pointer, json));
  }

  private Organisation organisation(YamlFile file, String pointer, JsonNode json) {
    return new Organisation(
        text(json, "id"),
        text(json, "kind"),
        text(json, "name-en"),
        text(json, "name-zh"),
        text(json, "industry"),
        text(json, "source"),
        asOf(file, pointer, json),
        asNumbers(file, pointer, json),
        prefixes(file, pointer, json));
  }

  private AccessPool accessPool(YamlFile file, String pointer, JsonNode json) {
    return new AccessPool(
        text(json, "id"),
        text(json, "operator"),
        text(json, "province"),
        text(json, "region"),
        text(json, "access"),
        text(json, "source"),
        asOf(file, pointer, json),
        prefixes(file, pointer, json));
  }

  private LocalDate asOf(YamlFile file, String pointer, JsonNode json) {
    LocalDate asOf = date(file, pointer + "/as-of", json.path("as-of"));
    return asOf == null ? LocalDate.EPOCH : asOf;
  }

  private List<String> prefixes(YamlFile file, String pointer, JsonNode json) {
    List<String> prefixes = new ArrayList<>();
    JsonNode list = json.path("prefixes");
    for (int i = 0; i < list.size(); i++) {
      String prefix = list.get(i).asText();
      String problem = Prefixes.problem(prefix);
      if (problem != null) {
        findings.add(file.position(pointer + "/prefixes/" + i), problem);
      }
      prefixes.add(prefix);
    }
    return List.copyOf(prefixes);
  }

  private @Nullable LocalDate date(YamlFile file, String pointer, JsonNode json) {
    if (json.isMissingNode()) {
      return null;
    }
    try {
      return LocalDate.parse(json.asText());
    } catch (DateTimeException e) {
      findings.add(
          file.position(pointer),
          "'%s' is no date (expected: year-month-day)".formatted(json.asText()));
      return null;
    }
  }

  private static long bitsPerSecond(JsonNode gbps) {
    return gbps.decimalValue().multiply(GIGA).longValue();
  }

  private static String text(JsonNode json, String key) {
    return json.path(key).asText("");
  }
}
