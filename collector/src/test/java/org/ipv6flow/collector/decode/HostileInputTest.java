package org.ipv6flow.collector.decode;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.ipv6flow.collector.message.DropReason;
import org.ipv6flow.collector.message.DropReason.Level;
import org.ipv6flow.collector.session.Counter;
import org.ipv6flow.collector.session.DecodeCounters;
import org.ipv6flow.collector.session.DecoderLimits;
import org.ipv6flow.collector.session.DomainSession;
import org.ipv6flow.collector.testing.Accounting;
import org.ipv6flow.collector.testing.ExporterStyles;
import org.ipv6flow.collector.testing.TestCollector;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Any octets in: only counted outcomes out, and every count adds up. */
class HostileInputTest {

  private static final int DATAGRAMS = 20_000;

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13, 14})
  void everythingReceivedIsDecodedOrDroppedForAReason(long seed) {
    Random random = new Random(seed);
    List<byte[]> originals = ExporterStyles.mixture();
    TestCollector collector = new TestCollector(new DecoderState(DecoderLimits.defaults()), 64);

    for (int i = 0; i < DATAGRAMS; i++) {
      byte[] original = originals.get(random.nextInt(originals.size()));
      byte[] other = originals.get(random.nextInt(originals.size()));
      int port = 1_000 + random.nextInt(3);
      collector.at(TestCollector.NOW_MILLIS + i * 10L);
      collector.receiveFromPort(port, mutate(original, other, random));
      if (i % 500 == 0) {
        collector.tick();
      }
    }

    DecodeCounters totals = collector.decoder().totals();
    assertThat(totals.value(Counter.DATAGRAMS)).isEqualTo(DATAGRAMS);
    Accounting.check(totals);
    assertThat(totals.value(Counter.FLOW_RECORDS)).isGreaterThan(1_000);
    assertThat(totals.dropped(Level.SET)).isGreaterThan(100);
    assertSumOfDomains(collector.decoder());

    collector.decoder().close();

    Accounting.check(totals);
    assertThat(Accounting.held(totals)).isZero();
  }

  @ParameterizedTest
  @ValueSource(longs = {21, 22})
  void pureNoiseIsCountedToo(long seed) {
    Random random = new Random(seed);
    TestCollector collector = new TestCollector();

    for (int i = 0; i < DATAGRAMS; i++) {
      byte[] noise = new byte[random.nextInt(200)];
      random.nextBytes(noise);
      if (noise.length > 1 && random.nextBoolean()) {
        noise[0] = 0;
        noise[1] = (byte) (9 + random.nextInt(2));
      }
      collector.receive(noise);
    }

    Accounting.check(collector.decoder().totals());
  }

  private static byte[] mutate(byte[] original, byte[] other, Random random) {
    byte[] mutated = original.clone();
    switch (random.nextInt(6)) {
      case 0 -> {
        return mutated;
      }
      case 1 -> {
        return Arrays.copyOf(mutated, random.nextInt(mutated.length + 1));
      }
      case 2 -> {
        byte[] spliced = Arrays.copyOf(mutated, mutated.length + other.length);
        System.arraycopy(other, 0, spliced, random.nextInt(mutated.length), other.length);
        return spliced;
      }
      case 3 -> {
        // A length or an ID of two octets, where most of the damage can be done.
        int at = 2 * random.nextInt(mutated.length / 2);
        mutated[at] = (byte) (random.nextBoolean() ? 0 : random.nextInt());
        mutated[at + 1] = (byte) random.nextInt();
      }
      default -> {
        for (int i = random.nextInt(8); i >= 0; i--) {
          mutated[16 + random.nextInt(mutated.length - 16)] = (byte) random.nextInt();
        }
      }
    }
    return mutated;
  }

  private static void assertSumOfDomains(ExportDecoder decoder) {
    List<DecodeCounters> parts = new ArrayList<>(List.of(decoder.unattributed()));
    for (DomainSession session : decoder.sessions()) {
      parts.add(session.counters());
    }
    for (Counter counter : Counter.values()) {
      assertThat(parts.stream().mapToLong(part -> part.value(counter)).sum())
          .as(counter.name())
          .isEqualTo(decoder.totals().value(counter));
    }
    for (DropReason reason : DropReason.values()) {
      assertThat(parts.stream().mapToLong(part -> part.dropped(reason)).sum())
          .as(reason.label())
          .isEqualTo(decoder.totals().dropped(reason));
    }
  }
}
