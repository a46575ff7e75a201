package org.ipv6flow.schema.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublishedInventoryTest {

  private static final Path DEMO_NATION = Path.of("../deploy/inventory/demo-nation");

  @Test
  void aNationTravelsWhole() throws Exception {
    PublishedInventory published =
        new PublishedInventory(1_790_000_000_000L, InventoryLoader.load(DEMO_NATION));

    byte[] octets = published.encode();

    assertThat(PublishedInventory.decode(octets)).isEqualTo(published);
    // A Kafka record takes a megabyte.
    assertThat(octets.length).isLessThan(200_000);
  }

  /** As a later release might write it. */
  @Test
  void fieldsThatAreNotKnownAreSkipped() throws Exception {
    byte[] octets =
        gzip(
            """
            {"format": 1, "publishedMillis": 5, "later": [1],
             "inventory": {"version": "v", "effectiveFrom": "2026-11-25T00:00:00Z", "nodes": [],
              "operators": [], "links": [], "exporters": [], "prefixSets": [],
              "organisations": [], "accessPools": [], "more": {}}}
            """);

    PublishedInventory published = PublishedInventory.decode(octets);

    assertThat(published.key()).isEqualTo("2026-11-25T00:00:00Z");
    assertThat(published.publishedMillis()).isEqualTo(5);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "{}",
        "{\"format\": 2}",
        "{\"format\": 1, \"inventory\": {}}",
        "{\"format\": 1, \"inventory\": {\"effectiveFrom\": \"yesterday\"}}"
      })
  void anythingElseIsRefused(String json) throws IOException {
    byte[] octets = gzip(json);

    assertThatThrownBy(() -> PublishedInventory.decode(octets)).isInstanceOf(IOException.class);
  }

  @Test
  void whatIsNoGzipIsRefused() {
    assertThatThrownBy(() -> PublishedInventory.decode(new byte[] {1, 2, 3}))
        .isInstanceOf(IOException.class);
  }

  private static byte[] gzip(String json) throws IOException {
    ByteArrayOutputStream octets = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(octets)) {
      out.write(json.getBytes(StandardCharsets.UTF_8));
    }
    return octets.toByteArray();
  }
}
