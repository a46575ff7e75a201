package org.ipv6flow.console.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * All numbers of a report, as the views gave them. The same numbers are the same octets, and have
 * the same checksum: when it was made is not in it.
 */
public final class Snapshot {

  /** Numbers with all their digits. */
  static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .nodeFactory(JsonNodeFactory.withExactBigDecimals(true))
          .build();

  private final ObjectNode content;
  private final byte[] octets;
  private final String sha256;

  Snapshot(ObjectNode content) {
    this.content = content;
    try {
      octets = (MAPPER.writeValueAsString(content) + "\n").getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
    sha256 = sha256(octets);
  }

  /** Reads what {@link #octets} wrote. */
  public static Snapshot read(byte[] json) throws IOException {
    if (MAPPER.readTree(json) instanceof ObjectNode content && content.has("tables")) {
      return new Snapshot(content);
    }
    throw new IOException("no snapshot of a report (expected: the JSON file of one)");
  }

  /** The JSON file. */
  public byte[] octets() {
    return octets.clone();
  }

  /** Of {@link #octets}, in hexadecimal digits. */
  public String sha256() {
    return sha256;
  }

  public YearMonth month() {
    return YearMonth.parse(content.path("month").asText());
  }

  public ZoneId zone() {
    return ZoneId.of(content.path("time_zone").asText());
  }

  Instant from() {
    return Instant.parse(content.path("from").asText());
  }

  Instant until() {
    return Instant.parse(content.path("until").asText());
  }

  String text(String field) {
    return content.path(field).asText();
  }

  /** Whether later data may still be added. */
  public boolean isProvisional() {
    return content.path("provisional").asBoolean();
  }

  /** Whether the traffic is made up. */
  public boolean isSynthetic() {
    return content.path("synthetic").asBoolean();
  }

  /** Coverage of all links; null if nothing was expected. */
  public JsonNode completeness() {
    return content.path("completeness");
  }

  SnapshotTable table(ReportTable table) {
    return new SnapshotTable(table.id(), content.path("tables").path(table.id()));
  }

  /** All tables, in the order of the report. */
  List<SnapshotTable> tables() {
    List<SnapshotTable> tables = new ArrayList<>();
    content
        .path("tables")
        .properties()
        .forEach(table -> tables.add(new SnapshotTable(table.getKey(), table.getValue())));
    return tables;
  }

  static String sha256(byte[] octets) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(octets));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
