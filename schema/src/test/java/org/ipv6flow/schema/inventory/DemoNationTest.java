package org.ipv6flow.schema.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.LocalDate;
import org.ipv6flow.schema.config.InvalidConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DemoNationTest {

  private static final Path DEMO_NATION = Path.of("../deploy/inventory/demo-nation");

  @Test
  void isComplete() throws InvalidConfigException {
    Inventory nation = InventoryLoader.load(DEMO_NATION);

    assertThat(nation.version()).isEqualTo("demo-nation-1");
    assertThat(nation.nodes()).hasSize(23);
    assertThat(nation.links()).hasSize(78);
    assertThat(nation.exporters()).hasSize(68);
    assertThat(nation.exporters())
        .flatMap(Exporter::interfaces)
        .filteredOn(port -> port.linkId() != null)
        .hasSize(137);
    assertThat(nation.primaryObservations()).hasSize(2 * 78);
  }

  /** The demo's capacities are chosen to tell the story of the plan's 1 and 5 Tbps. */
  @ParameterizedTest
  @CsvSource({"2018-12-31, 1100", "2019-12-31, 5940", "2020-12-31, 6390"})
  void ipv6EnabledInterconnectCapacityGrowsAsIntended(LocalDate day, long gbps)
      throws InvalidConfigException {
    Inventory nation = InventoryLoader.load(DEMO_NATION);

    long bitsPerSecond =
        nation.links().stream()
            .filter(link -> link.role().equals("interconnect") && link.isIpv6EnabledOn(day))
            .mapToLong(link -> link.capacityBitsPerSecondOn(day))
            .sum();

    assertThat(bitsPerSecond).isEqualTo(gbps * 1_000_000_000L);
  }
}
