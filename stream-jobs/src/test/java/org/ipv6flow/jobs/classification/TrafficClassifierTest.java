package org.ipv6flow.jobs.classification;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Consumer;
import org.ipv6flow.jobs.dictionary.AddressDictionary;
import org.ipv6flow.jobs.dictionary.Names;
import org.ipv6flow.jobs.testing.FlowBatchBuilder;
import org.ipv6flow.jobs.testing.FlowBatchBuilder.Record;
import org.ipv6flow.jobs.testing.TestInventory;
import org.ipv6flow.schema.flow.FlowColumns;
import org.ipv6flow.schema.flow.FlowFlags;
import org.ipv6flow.schema.traffic.TrafficClass;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrafficClassifierTest {

  private static final int UDP = 17;

  private final AddressDictionary dictionary =
      new AddressDictionary(TestInventory.create(), new Names());

  @Test
  void aRecordOfNoIpVersionIsUnknown() {
    assertThat(classOf(record -> record.ipVersion(0))).isEqualTo(TrafficClass.UNKNOWN);
  }

  @Test
  void ipv4BetweenGlobalAddressesIsNative() {
    assertThat(ipv4(6, 0, 0)).isEqualTo(TrafficClass.V4_NATIVE);
  }

  /** RFC 1918, RFC 6598, and the rest of the special-purpose registry (RFC 6890). */
  @ParameterizedTest
  @CsvSource({
    "10.1.2.3, V4_PRIVATE",
    "172.31.255.255, V4_PRIVATE",
    "192.168.0.1, V4_PRIVATE",
    "100.64.0.1, V4_SHARED",
    "198.18.0.1, V4_BOGON",
    "172.32.0.1, V4_NATIVE"
  })
  void rfc6890AddressesAreNotForInterconnects(String address, TrafficClass expected) {
    assertThat(classOf(record -> record.from(address).to("9.9.9.9").protocol(6)))
        .isEqualTo(expected);
    assertThat(classOf(record -> record.from("9.9.9.9").to(address).protocol(6)))
        .isEqualTo(expected);
  }

  @Test
  void rfc5771DestinationsAreMulticast() {
    assertThat(classOf(record -> record.from("9.9.9.9").to("232.1.1.1").protocol(UDP)))
        .isEqualTo(TrafficClass.V4_MULTICAST);
  }

  @Test
  void rfc4213Protocol41CarriesIpv6() {
    assertThat(ipv4(41, 0, 0)).isEqualTo(TrafficClass.V6_IN_V4);
  }

  @Test
  void rfc3068RelayAddressesAre6to4() {
    assertThat(classOf(record -> record.from("9.9.9.9").to("192.88.99.1").protocol(41)))
        .isEqualTo(TrafficClass.SIX_TO_FOUR_IN_V4);
    assertThat(classOf(record -> record.from("192.88.99.1").to("9.9.9.9").protocol(41)))
        .isEqualTo(TrafficClass.SIX_TO_FOUR_IN_V4);
  }

  @Test
  void rfc5969BorderRelaysAre6rd() {
    assertThat(classOf(record -> record.from("9.9.9.9").to("42.80.255.1").protocol(41)))
        .isEqualTo(TrafficClass.SIX_RD_IN_V4);
    assertThat(classOf(record -> record.from("42.80.255.1").to("9.9.9.9").protocol(41)))
        .isEqualTo(TrafficClass.SIX_RD_IN_V4);
    assertThat(classOf(record -> record.from("42.80.255.1").to("9.9.9.9").protocol(6)))
        .isEqualTo(TrafficClass.V4_NATIVE);
  }

  @Test
  void rfc3068RelayAddressesMeanNothingForOtherProtocols() {
    assertThat(classOf(record -> record.from("9.9.9.9").to("192.88.99.1").protocol(6)))
        .isEqualTo(TrafficClass.V4_NATIVE);
  }

  @Test
  void rfc4380UdpPort3544OnEitherSideIsTeredo() {
    assertThat(ipv4(UDP, 3544, 40_000)).isEqualTo(TrafficClass.TEREDO_IN_V4);
    assertThat(ipv4(UDP, 40_000, 3544)).isEqualTo(TrafficClass.TEREDO_IN_V4);
    assertThat(ipv4(6, 40_000, 3544)).isEqualTo(TrafficClass.V4_NATIVE);
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 47, 50, 51, 115})
  void tunnelProtocolsOverIpv4AreOverlays(int protocol) {
    assertThat(ipv4(protocol, 0, 0)).isEqualTo(TrafficClass.OVERLAY_IN_V4);
  }

  /**
   * ESP in UDP RFC 3948, L2TP RFC 2661, GTP-U TS 29.281, VXLAN RFC 7348 and its GPE, GENEVE RFC
   * 8926, WireGuard.
   */
  @ParameterizedTest
  @ValueSource(ints = {1701, 2152, 4500, 4789, 4790, 6081, 51_820})
  void tunnelPortsAreOverlaysInBothFamilies(int port) {
    assertThat(ipv4(UDP, 40_000, port)).isEqualTo(TrafficClass.OVERLAY_IN_V4);
    assertThat(classOf(record -> record.protocol(UDP).ports(40_000, port)))
        .isEqualTo(TrafficClass.OVERLAY_IN_V6);
    assertThat(classOf(record -> record.protocol(6).ports(40_000, port)))
        .isEqualTo(TrafficClass.V6_NATIVE);
  }

  @Test
  void ipv6BetweenGlobalUnicastAddressesIsNative() {
    assertThat(classOf(record -> record.protocol(6))).isEqualTo(TrafficClass.V6_NATIVE);
  }

  @Test
  void rfc4291MulticastDestinationsGoFirst() {
    assertThat(classOf(record -> record.from("fe80::1").to("ff02::1").protocol(58)))
        .isEqualTo(TrafficClass.V6_MULTICAST);
  }

  /** RFC 4291, 4193, 3879, 6666, 5180, 3849 and 9637. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "::",
        "::1",
        "fe80::1",
        "fd00::1",
        "fec0::1",
        "100::1",
        "2001:2::1",
        "2001:db8::1",
        "3fff:fff::1"
      })
  void nonGlobalAddressesOnEitherSideAreNotValid(String address) {
    assertThat(classOf(record -> record.from(address))).isEqualTo(TrafficClass.V6_NONGLOBAL);
    assertThat(classOf(record -> record.to(address))).isEqualTo(TrafficClass.V6_NONGLOBAL);
  }

  /** RFC 8986 §4: End.DT4 and DX4 expect upper-layer 4, DT6 and DX6 41, DT2 and DX2 143. */
  @ParameterizedTest
  @CsvSource({"4, SRV6_V4", "41, SRV6_V6", "143, SRV6_L2"})
  void rfc8986TellsWhatAPacketToALocatorCarries(int protocol, TrafficClass expected) {
    assertThat(classOf(record -> record.to("240e:aaaa::1").protocol(protocol))).isEqualTo(expected);
    assertThat(classOf(record -> record.from("240e:aaaa::1").protocol(protocol)))
        .isEqualTo(expected);
    assertThat(classOf(record -> record.flags(FlowFlags.SRV6).protocol(protocol)))
        .isEqualTo(expected);
  }

  @Test
  void rfc9602SegmentIdentifiersAreLocators() {
    assertThat(classOf(record -> record.to("5f00:1::1").protocol(4)))
        .isEqualTo(TrafficClass.SRV6_V4);
  }

  /** RFC 9487 IEs 492 to 502 and IE 64 bit RH. */
  @ParameterizedTest
  @ValueSource(ints = {FlowFlags.SRV6, FlowFlags.ROUTING_HEADER})
  void rfc9487AndRoutingHeadersWithoutInnerInformationAreOtherSrv6(int flag) {
    assertThat(classOf(record -> record.flags(flag).protocol(6)))
        .isEqualTo(TrafficClass.SRV6_OTHER);
  }

  @Test
  void protocol43IsARoutingHeader() {
    assertThat(classOf(record -> record.protocol(43))).isEqualTo(TrafficClass.SRV6_OTHER);
  }

  @ParameterizedTest
  @CsvSource({"4, SRV6_V4", "6, SRV6_V6"})
  void anInnerHeaderThatWasSeenDecides(int innerVersion, TrafficClass expected) {
    assertThat(
            classOf(
                record -> record.flags(FlowFlags.SRV6).protocol(43).innerIpVersion(innerVersion)))
        .isEqualTo(expected);
  }

  @Test
  void ordinaryTrafficOfALocatorsAddressIsNotSrv6() {
    assertThat(classOf(record -> record.from("240e:aaaa::1").protocol(6)))
        .isEqualTo(TrafficClass.V6_NATIVE);
  }

  @Test
  void rfc2473Protocol4OverIpv6CarriesIpv4() {
    assertThat(classOf(record -> record.protocol(4))).isEqualTo(TrafficClass.V4_IN_V6);
  }

  /** RFC 6333, RFC 7596, RFC 7597: told apart by the operator's end of the tunnel. */
  @ParameterizedTest
  @CsvSource({"240e:a:1::1, DS_LITE", "240e:a:2::1, LW4O6", "240e:a:3::1, MAP_E"})
  void rfc6333AndItsSuccessorsAreToldApartByTheOperatorsEnd(String end, TrafficClass expected) {
    assertThat(classOf(record -> record.from(end).protocol(4))).isEqualTo(expected);
    assertThat(classOf(record -> record.to(end).protocol(4))).isEqualTo(expected);
    assertThat(classOf(record -> record.to(end).protocol(6))).isEqualTo(TrafficClass.V6_NATIVE);
  }

  @Test
  void rfc7599MapTPrefixesAreTranslated() {
    assertThat(classOf(record -> record.to("240e:b::1").protocol(6))).isEqualTo(TrafficClass.MAP_T);
    assertThat(classOf(record -> record.from("240e:b::1").protocol(17)))
        .isEqualTo(TrafficClass.MAP_T);
  }

  @Test
  void rfc5969PrefixesAre6rd() {
    assertThat(classOf(record -> record.from("240e:c::1").protocol(6)))
        .isEqualTo(TrafficClass.SIX_RD);
  }

  /** RFC 5214 section 6.1: with and without the universal bit. */
  @ParameterizedTest
  @ValueSource(strings = {"240e:1::5efe:102:304", "240e:1::200:5efe:102:304"})
  void rfc5214InterfaceIdentifiersAreIsatap(String address) {
    assertThat(classOf(record -> record.from(address).protocol(6))).isEqualTo(TrafficClass.ISATAP);
    assertThat(classOf(record -> record.to(address).protocol(6))).isEqualTo(TrafficClass.ISATAP);
  }

  @Test
  void rfc2473Protocol41OverIpv6CarriesIpv6() {
    assertThat(classOf(record -> record.protocol(41))).isEqualTo(TrafficClass.V6_IN_V6);
  }

  /** RFC 6052, RFC 8215, and an operator's own prefix. */
  @ParameterizedTest
  @ValueSource(strings = {"64:ff9b::808:808", "64:ff9b:1::808:808", "240e:6464::1"})
  void rfc6052AddressesAreTranslated(String address) {
    assertThat(classOf(record -> record.to(address).protocol(6)))
        .isEqualTo(TrafficClass.V6_TRANSLATED);
    assertThat(classOf(record -> record.from(address).protocol(6)))
        .isEqualTo(TrafficClass.V6_TRANSLATED);
  }

  @Test
  void rfc3056AddressesAre6to4() {
    assertThat(classOf(record -> record.from("2002:102:304::1").protocol(6)))
        .isEqualTo(TrafficClass.SIX_TO_FOUR);
  }

  @Test
  void rfc4380AddressesAreTeredo() {
    assertThat(classOf(record -> record.to("2001:0:102:304::1").protocol(6)))
        .isEqualTo(TrafficClass.TEREDO);
  }

  @ParameterizedTest
  @ValueSource(ints = {47, 50, 51})
  void tunnelProtocolsOverIpv6AreOverlays(int protocol) {
    assertThat(classOf(record -> record.protocol(protocol))).isEqualTo(TrafficClass.OVERLAY_IN_V6);
  }

  /** IANA allocates global unicast from 2000::/3 only. */
  @ParameterizedTest
  @ValueSource(strings = {"4000::1", "1::1", "e000::1"})
  void addressesThatIanaHasNotAllocatedAreBogons(String address) {
    assertThat(classOf(record -> record.from(address).protocol(6)))
        .isEqualTo(TrafficClass.V6_BOGON);
    assertThat(classOf(record -> record.to(address).protocol(6))).isEqualTo(TrafficClass.V6_BOGON);
  }

  private TrafficClass ipv4(int protocol, int sourcePort, int destinationPort) {
    return classOf(
        record ->
            record
                .from("8.8.8.8")
                .to("9.9.9.9")
                .protocol(protocol)
                .ports(sourcePort, destinationPort));
  }

  private TrafficClass classOf(Consumer<Record> change) {
    FlowColumns batch = new FlowBatchBuilder().record(TestInventory.CT_ROUTER, change).build();
    return TrafficClassifier.classify(
        batch,
        0,
        dictionary.kinds(dictionary.find(batch.sourceAddressHigh[0], batch.sourceAddressLow[0])),
        dictionary.kinds(
            dictionary.find(batch.destinationAddressHigh[0], batch.destinationAddressLow[0])));
  }
}
