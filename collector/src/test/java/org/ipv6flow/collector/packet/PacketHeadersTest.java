package org.ipv6flow.collector.packet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ipv6flow.collector.testing.RecordBuilder.record;

import java.util.Arrays;
import java.util.Random;
import org.ipv6flow.collector.testing.ExporterStyles;
import org.ipv6flow.collector.testing.RecordBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the headers of a packet say, and that nothing outside of the section is read. */
class PacketHeadersTest {

  private static final int ROUNDS = 200_000;

  private final PacketHeaders headers = new PacketHeaders();

  @Test
  void readsAnSrv6PacketThatCarriesIpv4() {
    byte[] frame = ExporterStyles.srv6Frame();

    headers.readFrame(frame, 0, frame.length);

    assertThat(headers.ipVersion).isEqualTo(6);
    assertThat(headers.layer2Octets).isEqualTo(18);
    assertThat(headers.ipOctets).isEqualTo(100);
    assertThat(headers.vlanId).isEqualTo(5);
    assertThat(headers.nextHeader).isEqualTo(43);
    assertThat(headers.protocol).isEqualTo(4);
    assertThat(headers.innerIpVersion).isEqualTo(4);
    assertThat(headers.isSegmentRouted).isTrue();
    assertThat(headers.hasRoutingHeader).isTrue();
  }

  /** A section is read alike wherever in the message it is, and whatever follows it. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void readsNothingOutsideOfTheSection(long seed) {
    Random random = new Random(seed);
    byte[] frame = ExporterStyles.srv6Frame();
    for (int i = 0; i < ROUNDS; i++) {
      byte[] section = Arrays.copyOf(frame, random.nextInt(frame.length + 1));
      for (int change = random.nextInt(4); change > 0 && section.length > 0; change--) {
        section[random.nextInt(section.length)] = (byte) random.nextInt();
      }
      byte[] noise = new byte[64];
      random.nextBytes(noise);
      byte[] message = record().octets(noise).octets(section).octets(noise).build();
      boolean ethernet = random.nextInt(4) != 0;

      String alone = read(section, 0, section.length, ethernet);
      String within = read(message, noise.length, noise.length + section.length, ethernet);

      assertThat(within).isEqualTo(alone);
      assertThat(headers.layer2Octets).isBetween(0, section.length);
    }
  }

  /** Every header counts its own octets, so that a loop of headers ends with the section. */
  @Test
  void endsWithTheSectionHoweverManyHeadersThereAre() {
    RecordBuilder tags = record().zeros(12);
    for (int i = 0; i < 10_000; i++) {
      tags.u16(0x8100).u16(7);
    }
    byte[] tagged = tags.build();
    headers.readFrame(tagged, 0, tagged.length);
    assertThat(headers.vlanId).isEqualTo(7);
    assertThat(headers.layer2Octets).isEqualTo(tagged.length);

    RecordBuilder options = record().u32(0x6000_0000L).u16(60_000).u8(60).u8(64).zeros(32);
    for (int i = 0; i < 5_000; i++) {
      options.u8(60).u8(0).zeros(6);
    }
    byte[] packet = options.build();
    headers.readIp(packet, 0, packet.length);
    assertThat(headers.protocol).isEqualTo(60);
    assertThat(headers.ipOctets).isEqualTo(60_040);
  }

  private String read(byte[] data, int from, int to, boolean ethernet) {
    if (ethernet) {
      headers.readFrame(data, from, to);
    } else {
      headers.readIp(data, from, to);
    }
    return String.join(
        " ",
        String.valueOf(headers.ipVersion),
        Long.toHexString(headers.sourceHigh),
        Long.toHexString(headers.sourceLow),
        Long.toHexString(headers.destinationHigh),
        Long.toHexString(headers.destinationLow),
        String.valueOf(headers.nextHeader),
        String.valueOf(headers.protocol),
        String.valueOf(headers.classOfService),
        String.valueOf(headers.flowLabel),
        String.valueOf(headers.sourcePort),
        String.valueOf(headers.destinationPort),
        String.valueOf(headers.tcpControlBits),
        String.valueOf(headers.vlanId),
        String.valueOf(headers.topMplsLabel),
        String.valueOf(headers.innerIpVersion),
        String.valueOf(headers.hasRoutingHeader),
        String.valueOf(headers.isSegmentRouted),
        String.valueOf(headers.layer2Octets),
        String.valueOf(headers.ipOctets));
  }
}
