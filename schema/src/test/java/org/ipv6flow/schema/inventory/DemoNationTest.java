package org.ipv6flow.schema.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
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

  @Test
  void exportsFromLoopbackAddressesOfItsOwn() throws InvalidConfigException {
    assertThat(InventoryLoader.load(DEMO_NATION).exporters())
        .extracting(Exporter::address)
        .doesNotHaveDuplicates()
        .allMatch(address -> address.startsWith("127.18."));
  }

  /** What leaves through an edge interface has come in through another one. */
  @Test
  void hasACoreInterfaceAtEveryExporter() throws InvalidConfigException {
    assertThat(InventoryLoader.load(DEMO_NATION).exporters())
        .allSatisfy(
            exporter ->
                assertThat(exporter.interfaces())
                    .filteredOn(port -> port.role().equals("core"))
                    .singleElement()
                    .satisfies(port -> assertThat(port.index()).isEqualTo(2001))
                    .satisfies(port -> assertThat(port.linkId()).isNull()));
  }

  /** Foreign carriers, exchange members and access point members export nothing. */
  @Test
  void countsBothDirectionsAtTheOneEndThatExports() throws InvalidConfigException {
    Inventory nation = InventoryLoader.load(DEMO_NATION);

    assertThat(nation.links())
        .filteredOn(link -> !link.role().equals("interconnect"))
        .hasSize(19)
        .allSatisfy(
            link ->
                assertThat(nation.primaryObservations())
                    .filteredOn(observation -> observation.linkId().equals(link.id()))
                    .extracting(PrimaryObservation::meter)
                    .containsExactlyInAnyOrder(Meter.INGRESS, Meter.EGRESS));
  }

  /** The six gateways licensed in 2024 and the network access point carry no IPv6. */
  @Test
  void leavesTheNewGatewaysAndTheAccessPointWithoutIpv6() throws InvalidConfigException {
    assertThat(InventoryLoader.load(DEMO_NATION).links())
        .filteredOn(link -> link.ipv6EnabledOn() == null)
        .extracting(Link::id)
        .containsExactlyInAnyOrder(
            "GW-NN-CT",
            "GW-NN-CM",
            "GW-QD-CU",
            "GW-KM-CT",
            "GW-KM-CM",
            "GW-HK-CT",
            "NAP-BJ-CERNET");
  }

  @Test
  void knowsPrefixesOfBothFamiliesForEveryOperator() throws InvalidConfigException {
    Inventory nation = InventoryLoader.load(DEMO_NATION);

    assertThat(nation.operators())
        .hasSize(9)
        .allSatisfy(
            operator ->
                assertThat(nation.prefixSets())
                    .filteredOn(set -> set.kind().equals(PrefixKind.OPERATOR))
                    .filteredOn(set -> set.name().equals(operator.id()))
                    .flatMap(PrefixSet::prefixes)
                    .anyMatch(prefix -> prefix.contains(":"))
                    .anyMatch(prefix -> prefix.contains(".")));
  }

  @Test
  void hasASetOfEveryKindOfPrefixes() throws Exception {
    List<String> kinds = new ArrayList<>();
    for (Field constant : PrefixKind.class.getFields()) {
      kinds.add((String) constant.get(null));
    }

    assertThat(InventoryLoader.load(DEMO_NATION).prefixSets())
        .extracting(PrefixSet::kind)
        .containsAll(kinds)
        .isSubsetOf(kinds);
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
