package org.ipv6flow.collector.session;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.zip.CRC32C;
import org.ipv6flow.collector.sampling.SamplingScope;
import org.ipv6flow.collector.template.FieldSpecifier;
import org.ipv6flow.collector.template.Template;
import org.ipv6flow.schema.flow.SamplingProvenance;

/**
 * Keeps templates and sampling intervals in a file, so that a collector that starts again decodes
 * the first datagram, and not only the first after the next template refresh.
 *
 * <p>A checksum on the first line covers the rest; a file is replaced as a whole or not at all.
 */
public final class StateFile {

  private static final String FORMAT = "ipv6flow-exporter-state-1";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path path;

  public StateFile(Path path) {
    this.path = path;
  }

  /**
   * Writes the state of all domains; atomically, so that a crash leaves the old file or the new.
   */
  public void save(SessionStore store) throws IOException {
    ArrayNode domains = JSON.createArrayNode();
    for (ObservationDomain domain : store.domains()) {
      domains.add(toJson(domain));
    }
    byte[] body = JSON.writeValueAsBytes(domains);
    byte[] header = (FORMAT + " " + checksum(body) + "\n").getBytes(StandardCharsets.US_ASCII);
    Path directory = path.toAbsolutePath().getParent();
    if (directory != null) {
      Files.createDirectories(directory);
    }
    Path written = path.resolveSibling(path.getFileName() + ".new");
    try (FileChannel channel =
        FileChannel.open(
            written,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      ByteBuffer content = ByteBuffer.allocate(header.length + body.length);
      content.put(header).put(body).flip();
      while (content.hasRemaining()) {
        channel.write(content);
      }
      channel.force(true);
    }
    Files.move(written, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /**
   * Reads the file into an empty store; templates that have expired meanwhile are left out.
   *
   * @return the number of templates read
   * @throws IOException if the file cannot be read or is damaged; the message says how. The store
   *     is then as it was, and the collector can start without.
   */
  public int load(SessionStore store, long nowMillis) throws IOException {
    byte[] content = Files.readAllBytes(path);
    int lineEnd = 0;
    while (lineEnd < content.length && content[lineEnd] != '\n') {
      lineEnd++;
    }
    String header = new String(content, 0, lineEnd, StandardCharsets.US_ASCII);
    if (lineEnd == content.length) {
      throw new IOException(path + ": not a state file (expected: first line " + FORMAT + " …)");
    }
    byte[] body = Arrays.copyOfRange(content, lineEnd + 1, content.length);
    String expected = FORMAT + " " + checksum(body);
    if (!header.equals(expected)) {
      throw new IOException(path + ": first line '" + header + "' (expected: '" + expected + "')");
    }
    int templates = 0;
    try {
      for (JsonNode domain : JSON.readTree(body)) {
        templates += load(domain, store, nowMillis);
      }
    } catch (RuntimeException e) {
      // The checksum is right, so another version of the collector wrote it.
      throw new IOException(path + ": not readable by this version: " + e, e);
    }
    return templates;
  }

  private static String checksum(byte[] body) {
    CRC32C checksum = new CRC32C();
    checksum.update(body);
    return Long.toHexString(checksum.getValue());
  }

  private static ObjectNode toJson(ObservationDomain domain) {
    ObjectNode node = JSON.createObjectNode();
    node.put("exporterHigh", domain.exporterHigh());
    node.put("exporterLow", domain.exporterLow());
    node.put("domain", domain.domainId());
    node.put("protocol", domain.protocolVersion());
    node.put("systemInitTimeMillis", domain.systemInitTimeMillis());
    ArrayNode templates = node.putArray("templates");
    List<KnownTemplate> oldestFirst = new ArrayList<>(domain.templates());
    Collections.reverse(oldestFirst);
    for (KnownTemplate known : oldestFirst) {
      ObjectNode template = templates.addObject();
      template.put("id", known.template().templateId());
      template.put("kind", known.template().kind().name());
      template.put("scopeFields", known.template().scopeFieldCount());
      template.put("port", known.sourcePort());
      template.put("refreshedMillis", known.refreshedMillis());
      ArrayNode fields = template.putArray("fields");
      for (FieldSpecifier field : known.template().fields()) {
        fields.add(field.enterpriseNumber()).add(field.elementId()).add(field.length());
      }
    }
    ArrayNode sampling = node.putArray("sampling");
    domain
        .samplingRates()
        .forEach(
            (scope, interval) ->
                sampling
                    .addObject()
                    .put("provenance", scope.provenance().name())
                    .put("id", scope.id())
                    .put("direction", scope.direction())
                    .put("ipVersion", scope.ipVersion())
                    .put("sinceMillis", domain.samplingRates().since(scope))
                    .put("interval", interval));
    return node;
  }

  private static int load(JsonNode node, SessionStore store, long nowMillis) {
    int protocol = node.get("protocol").asInt();
    ObservationDomain domain =
        store.domain(
            node.get("exporterHigh").asLong(),
            node.get("exporterLow").asLong(),
            node.get("domain").asInt(),
            protocol);
    if (domain == null) {
      return 0;
    }
    domain.systemInitTimeMillis(node.get("systemInitTimeMillis").asLong());
    int templates = 0;
    for (JsonNode saved : node.get("templates")) {
      long refreshedMillis = saved.get("refreshedMillis").asLong();
      List<FieldSpecifier> fields = new ArrayList<>();
      JsonNode numbers = saved.get("fields");
      for (int i = 0; i + 2 < numbers.size(); i += 3) {
        fields.add(
            new FieldSpecifier(
                numbers.get(i).asLong(), numbers.get(i + 1).asInt(), numbers.get(i + 2).asInt()));
      }
      Template template =
          new Template(
              protocol,
              saved.get("id").asInt(),
              Template.Kind.valueOf(saved.get("kind").asText()),
              saved.get("scopeFields").asInt(),
              fields);
      domain.learn(template, saved.get("port").asInt(), refreshedMillis, store.limits());
      templates++;
    }
    domain.expireTemplates(nowMillis, store.limits());
    for (JsonNode saved : node.get("sampling")) {
      domain.learn(
          new SamplingScope(
              SamplingProvenance.valueOf(saved.get("provenance").asText()),
              saved.get("id").asLong(),
              saved.get("direction").asInt(),
              saved.path("ipVersion").asInt()),
          saved.get("interval").asDouble(),
          saved.path("sinceMillis").asLong());
    }
    return templates;
  }
}
