package org.ipv6flow.embedded.clickhouse.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class RowBinaryHeaderTest {

  @Test
  void measuresNamesAndTypes() {
    byte[] header = header(2, "a", "octets", "UInt8", "LowCardinality(String)");

    assertThat(RowBinaryHeader.length(header, header.length)).isEqualTo(header.length);
  }

  @Test
  void readsLengthsOfMoreThanOneOctet() {
    String type = "Enum16(" + "'x' = 1, ".repeat(3000) + ")";
    byte[] header = header(1, "a".repeat(200), type);

    assertThat(RowBinaryHeader.length(header, header.length)).isEqualTo(header.length);
  }

  @Test
  void waitsForMoreIfTheHeaderGoesOn() {
    byte[] header = header(2, "a", "octets", "UInt8", "LowCardinality(String)");
    for (int limit = 0; limit < header.length; limit++) {
      assertThat(RowBinaryHeader.length(header, limit)).as("first %d octets", limit).isEqualTo(-1);
    }
  }

  private static byte[] header(int columns, String... texts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    writeVarint(out, columns);
    for (String text : texts) {
      byte[] octets = text.getBytes(StandardCharsets.UTF_8);
      writeVarint(out, octets.length);
      out.writeBytes(octets);
    }
    return out.toByteArray();
  }

  private static void writeVarint(ByteArrayOutputStream out, int value) {
    int left = value;
    while (left >= 0x80) {
      out.write(left & 0x7f | 0x80);
      left >>>= 7;
    }
    out.write(left);
  }
}
