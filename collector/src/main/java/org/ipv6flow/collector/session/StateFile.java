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
import org.ipv6flow.collector.message.ExportMessage;
import org.ipv6flow.collector.template.FieldSpecifier;

/**
 * Keeps templates and sampling intervals in a file, so that a collector that starts again decodes
 * the first datagram, and not only the first after the next template refresh.
 *
 * <p>A checksum on the first line covers the rest; a file is replaced as a whole or not at all.
 */
public final class StateFile {

  private static final String FORMAT = "ipv6flow-exporter-state-1";
  private static final ObjectMapper JSON = new ObjectMapper();

  /** More than the limits on templates let it grow to. */
  private static final long MAX_OCTETS = 512 << 20;

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
      ObjectNode saved = toJson(domain);
      if (!saved.path("templates").isEmpty() || !saved.path("sampling").isEmpty()) {
        domains.add(saved);
      }
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
    if (directory != null) {
      // Without this the new name may be lost when the machine fails.
      try (FileChannel entry = FileChannel.open(directory, StandardOpenOption.READ)) {
        entry.force(true);
      }
    }
  }

  /**
   * Reads the file into an empty store; templates that have expired meanwhile are left out.
   *
   * @return the number of templates read
   * @throws IOException if the file cannot be read or is damaged; the message says how. The store
   *     is then as it was, and the collector can start without.
   */
  public int load(SessionStore store, long nowMillis) throws IOException {
    long size = Files.size(path);
    if (size > MAX_OCTETS) {
      throw new IOException(
          "%s: %d octets (expected: %d at most)".formatted(path, size, MAX_OCTETS));
    }
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
    List<SavedDomain> domains = new ArrayList<>();
    try {
      for (JsonNode domain : JSON.readTree(body)) {
        domains.add(SavedDomain.read(domain));
      }
    } catch (RuntimeException e) {
      // The checksum is right, so another version of the collector wrote it.
      throw new IOException(path + ": not readable by this version: " + e, e);
    }
    int templates = 0;
    for (SavedDomain domain : domains) {
      templates += load(domain, store, nowMillis);
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
      if (ExportMessage.isConnection(known.sourcePort())) {
        continue; // Ends with its connection.
      }
      ObjectNode template = templates.addObject();
      template.put("id", known.template().templateId());
      template.put("kind", known.template().kind().name());
      template.put("scopeFields", known.template().scopeFieldCount());
      template.put("port", known.sourcePort());
      template.put("refreshedMillis", known.refreshedMillis());
      template.put("refreshIntervalMillis", known.refreshIntervalMillis());
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

  private static int load(SavedDomain saved, SessionStore store, long nowMillis) {
    ObservationDomain domain =
        store.domain(
            saved.exporterHigh(), saved.exporterLow(), saved.domainId(), saved.protocolVersion());
    if (domain == null) {
      return 0;
    }
    domain.systemInitTimeMillis(saved.systemInitTimeMillis());
    int templates = 0;
    for (SavedDomain.SavedTemplate template : saved.templates()) {
      if (domain.restore(template, nowMillis, store.limits())) {
        templates++;
      }
    }
    for (SavedDomain.SavedSampling sampling : saved.sampling()) {
      domain.learn(sampling.scope(), sampling.interval(), sampling.sinceMillis());
    }
    return templates;
  }
}
