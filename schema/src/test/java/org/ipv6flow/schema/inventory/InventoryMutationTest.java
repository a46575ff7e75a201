package org.ipv6flow.schema.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.ipv6flow.schema.config.InvalidConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is done to an inventory, the answer is an inventory or lines that name a place. */
class InventoryMutationTest {

  private static final String RIGHT =
      """
      version: small-1
      nodes: [{id: N1, name-en: Beijing, type: dcp, latitude: 39.9, longitude: 116.4}]
      operators:
        - {id: A, name-en: Carrier A, as-numbers: [4134, 64496-64511]}
        - {id: B, name-en: Carrier B}
      links:
        - id: L1
          node: N1
          a-operator: A
          b-operator: B
          role: interconnect
          ipv6-enabled-on: 2018-09-30
          capacities:
            - {from: 2017-01-01, until: 2019-01-01, gbps: 100}
            - {from: 2019-01-01, gbps: 0.5, members: 3}
      exporters:
        - id: RA
          node: N1
          operator: A
          address: 127.18.0.1
          sampling-override:
            interval: 1000
            even-if-announced: true
            for: [{interface: 1001, direction: in, ip-version: 6, interval: 100}]
          export: {style: x, protocol: ipfix, observation-domain-base: 7, sampling-interval: 1000}
          interfaces:
            - {index: 1001, role: edge, link: L1, counts: in+out, speed-gbps: 100}
            - {index: 2001, role: core, counts: none}
      prefix-sets:
        - name: documentation
          kind: v6-nonglobal
          source: RFC 3849
          as-of: 2026-11-24
          prefixes: ["2001:db8::/32", 3fff::/20]
      """;

  private static final List<String> PIECES =
      List.of(
          "0",
          "9",
          "-",
          "1e400",
          "1e-400",
          "1e99999999999",
          "99999999999999999999999",
          ".inf",
          "~",
          "[",
          "]",
          "{",
          "}",
          ":",
          ": ",
          "- ",
          "\n",
          "\n  ",
          "\t",
          " ",
          "#",
          "&a ",
          "*a",
          "!!int ",
          "\"",
          "'",
          "|",
          "?",
          "<<: ",
          "${",
          "${A:b}",
          "\u0000",
          "\u0007",
          "\uFEFF",
          "中",
          "/",
          "~1",
          "::",
          "256.1.1.1",
          "true",
          "null",
          "2018-02-30",
          "counts: in, ",
          "until: 2018-01-01, ");

  private static final Pattern ONE_LINE_WITH_PLACE =
      Pattern.compile("\\Q%s\\E:[1-9]\\d*: \\S[^\\r\\n]*");

  private final Path file;

  InventoryMutationTest(@TempDir Path directory) {
    file = directory.resolve("mutated.yaml");
  }

  @Test
  void startsFromAnInventory() throws Exception {
    Files.writeString(file, RIGHT);

    assertThat(InventoryLoader.load(file).primaryObservations()).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void answersEveryMutationWithLinesThatNameAPlace(long seed) throws IOException {
    Random random = new Random(seed);
    Pattern finding =
        Pattern.compile(ONE_LINE_WITH_PLACE.pattern().formatted(file), Pattern.DOTALL);
    for (int i = 0; i < 250; i++) {
      String text = mutate(random);
      Files.writeString(file, text);
      try {
        assertThat(InventoryLoader.load(file).links())
            .as("seed %d, mutation %d:%n%s", seed, i, text)
            .flatMap(Link::capacities)
            .allMatch(capacity -> capacity.bitsPerSecond() > 0);
      } catch (InvalidConfigException e) {
        assertThat(e.findings())
            .as("seed %d, mutation %d:%n%s", seed, i, text)
            .isNotEmpty()
            .allMatch(line -> finding.matcher(line).matches());
      }
    }
  }

  private static String mutate(Random random) {
    StringBuilder text = new StringBuilder(RIGHT);
    for (int edits = 1 + random.nextInt(3); edits > 0; edits--) {
      int at = random.nextInt(text.length());
      int end = Math.min(text.length(), at + random.nextInt(6));
      text.replace(at, end, PIECES.get(random.nextInt(PIECES.size())));
    }
    return text.toString();
  }
}
