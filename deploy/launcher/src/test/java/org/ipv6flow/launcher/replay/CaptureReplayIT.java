package org.ipv6flow.launcher.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.ipv6flow.schema.inventory.InventoryLoader;
import org.ipv6flow.standalone.Standalone;
import org.ipv6flow.standalone.StandaloneOptions;
import org.ipv6flow.standalone.store.ClickHouseAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Captures of real routers through the whole path: the octets per IP version that ClickHouse holds
 * equal what was derived from the captures by other means.
 *
 * <p>Their exporters are in no inventory, so that all octets are kept as unattributed.
 */
class CaptureReplayIT {

  private static final Path DEMO_NATION = Path.of("../inventory/demo-nation");
  private static final int FIRST_LOOPBACK_NETWORK = 100;
  private static final double DATAGRAMS_PER_SECOND = 1_000;

  /** One of each vendor and habit that carriers have; all are strict. */
  private static final List<String> CAPTURES =
      List.of(
          "na-ms-juniper-a",
          "na-ms-huawei-a",
          "na-ms-xr-a",
          "pm-100-ipfix-xr",
          "pm-102-nf9-xr-2domains",
          "pm-104-ipfix-xr-v6-sampling",
          "ng-ipfix-srv6",
          "ak-nf9-options-sampling",
          "ak-ipfix-physicalinterfaces",
          "ak-ipfix-ipfixprobe",
          "ls-nf9-h3c",
          "ls-nf9-asr9k-260",
          "ls-nf9-paloalto-panos",
          "gl-nf9-nprobe3",
          "bk-ipfix-reorder",
          "ce-01-odid0");

  @TempDir private Path data;

  @Test
  void octetsPerIpVersionOfRealRoutersArriveInClickHouse() throws Exception {
    Path captures = captures();
    assumeTrue(Files.isDirectory(captures), "no captures at " + captures);
    try (Standalone standalone =
        new Standalone(options(), InventoryLoader.load(DEMO_NATION), System.out::println)) {
      standalone.start();
      InetSocketAddress target = new InetSocketAddress("127.0.0.1", standalone.udpPort());
      for (int i = 0; i < CAPTURES.size(); i++) {
        try (CaptureReplay replay = new CaptureReplay(target, FIRST_LOOPBACK_NETWORK + i)) {
          replay.send(captures.resolve(CAPTURES.get(i) + ".pcap"), DATAGRAMS_PER_SECOND);
        }
      }
      standalone.drain();

      for (int i = 0; i < CAPTURES.size(); i++) {
        assertThat(storedOctets(standalone.clickHouse(), FIRST_LOOPBACK_NETWORK + i))
            .as(CAPTURES.get(i))
            .isEqualTo(expectedOctets(captures, CAPTURES.get(i)));
      }
    }
  }

  /** Octets by IP version, as observed; versions without octets are left out. */
  private static Map<Integer, Long> storedOctets(ClickHouseAddress clickHouse, int network)
      throws SQLException {
    Map<Integer, Long> octets = new TreeMap<>();
    try (Connection connection = clickHouse.connect();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                """
                SELECT ip_version, sum(observed_octets) FROM ipv6flow.unattributed_1m
                WHERE startsWith(IPv6NumToString(exporter), '::ffff:127.%d.')
                GROUP BY ip_version HAVING sum(observed_octets) > 0"""
                    .formatted(network))) {
      while (rows.next()) {
        octets.put(rows.getInt(1), rows.getLong(2));
      }
    }
    return octets;
  }

  /** The live collector holds data until its template comes; a biflow carries both directions. */
  private static Map<Integer, Long> expectedOctets(Path captures, String id) throws Exception {
    JsonNode expected =
        new ObjectMapper().readTree(captures.resolve(id + ".expected.json").toFile());
    assertThat(expected.path("strict").asBoolean()).as(id).isTrue();
    JsonNode counts = expected.path(expected.has("two_pass") ? "two_pass" : "in_order");
    Map<Integer, Long> octets = new TreeMap<>();
    for (int version : new int[] {4, 6}) {
      JsonNode family = counts.path("ipv" + version);
      long sum =
          family.path("octetDeltaCount").asLong() + family.path("reverse_octetDeltaCount").asLong();
      if (sum > 0) {
        octets.put(version, sum);
      }
    }
    return octets;
  }

  private static Path captures() {
    String named = System.getenv("IPV6FLOW_CAPTURES");
    return named != null ? Path.of(named) : Path.of("../../../shared/captures");
  }

  private StandaloneOptions options() {
    return new StandaloneOptions(
        data, DEMO_NATION, "127.0.0.1", 1, StandaloneOptions.Ports.ANY, 2_000, 1, null, null, null);
  }
}
