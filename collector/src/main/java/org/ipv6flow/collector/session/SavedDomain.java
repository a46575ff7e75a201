package org.ipv6flow.collector.session;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.ipv6flow.collector.sampling.SamplingScope;
import org.ipv6flow.collector.template.FieldSpecifier;
import org.ipv6flow.collector.template.Template;
import org.ipv6flow.schema.flow.SamplingProvenance;

/** An observation domain as a {@link StateFile} holds it. */
record SavedDomain(
    long exporterHigh,
    long exporterLow,
    int domainId,
    int protocolVersion,
    long systemInitTimeMillis,
    List<SavedTemplate> templates,
    List<SavedSampling> sampling) {

  /** A template, and when it was announced. */
  record SavedTemplate(
      Template template, int sourcePort, long refreshedMillis, long refreshIntervalMillis) {}

  /** A sampling interval, and since when it applies. */
  record SavedSampling(SamplingScope scope, double interval, long sinceMillis) {}

  /**
   * Reads a domain.
   *
   * @throws RuntimeException if something is missing, or is of an unknown kind
   */
  static SavedDomain read(JsonNode node) {
    int protocol = node.get("protocol").asInt();
    List<SavedTemplate> templates = new ArrayList<>();
    for (JsonNode saved : node.get("templates")) {
      templates.add(
          new SavedTemplate(
              template(saved, protocol),
              saved.get("port").asInt(),
              saved.get("refreshedMillis").asLong(),
              saved.path("refreshIntervalMillis").asLong()));
    }
    List<SavedSampling> sampling = new ArrayList<>();
    for (JsonNode saved : node.get("sampling")) {
      sampling.add(
          new SavedSampling(
              new SamplingScope(
                  SamplingProvenance.valueOf(saved.get("provenance").asText()),
                  saved.get("id").asLong(),
                  saved.get("direction").asInt(),
                  saved.path("ipVersion").asInt()),
              saved.get("interval").asDouble(),
              saved.path("sinceMillis").asLong()));
    }
    return new SavedDomain(
        node.get("exporterHigh").asLong(),
        node.get("exporterLow").asLong(),
        node.get("domain").asInt(),
        protocol,
        node.get("systemInitTimeMillis").asLong(),
        templates,
        sampling);
  }

  private static Template template(JsonNode saved, int protocol) {
    List<FieldSpecifier> fields = new ArrayList<>();
    JsonNode numbers = saved.get("fields");
    for (int i = 0; i + 2 < numbers.size(); i += 3) {
      fields.add(
          new FieldSpecifier(
              numbers.get(i).asLong(), numbers.get(i + 1).asInt(), numbers.get(i + 2).asInt()));
    }
    return new Template(
        protocol,
        saved.get("id").asInt(),
        Template.Kind.valueOf(saved.get("kind").asText()),
        saved.get("scopeFields").asInt(),
        fields);
  }
}
