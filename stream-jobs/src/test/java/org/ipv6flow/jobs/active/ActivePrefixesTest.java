package org.ipv6flow.jobs.active;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.ipv6flow.jobs.clickhouse.RowBlock;
import org.ipv6flow.jobs.dictionary.Area;
import org.ipv6flow.jobs.dictionary.Names;
import org.ipv6flow.jobs.testing.FlowBatchBuilder;
import org.ipv6flow.jobs.testing.RowReader;
import org.ipv6flow.schema.flow.FlowColumns;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ActivePrefixesTest {

  private static final PseudonymKey KEY = PseudonymKey.of("0123456789abcdef");
  private static final long HOUR = 3_600_000;

  private final Names names = new Names();
  private final int beijing = names.areas().number(new Area("CT", "Beijing", "east", "5g"));
  private final int beijingToo = names.areas().number(new Area("CT", "Beijing", "east", "fixed"));
  private final ActivePrefixes prefixes = new ActivePrefixes(KEY, names);

  /** Appendix A of the SipHash paper: key 00 to 0f, here the input 00 to 07. */
  @Test
  void sipHash24AgreesWithItsReferenceVector() {
    SipHash hash = new SipHash(0x0706_0504_0302_0100L, 0x0F0E_0D0C_0B0A_0908L);

    assertThat(hash.of(0x0706_0504_0302_0100L)).isEqualTo(0x93F5_F579_9A93_2462L);
  }

  /** Standard error 1.6 %; four of them. */
  @ParameterizedTest
  @ValueSource(ints = {10, 1_000, 5_000, 100_000})
  void theNumberOfDistinctPrefixesIsEstimated(int distinct) {
    Random random = new Random(distinct);
    long[] highs = random.longs(distinct).toArray();
    for (int i = 0; i < 3 * distinct; i++) {
      add6(highs[i % distinct], i % 2 == 0 ? beijing : beijingToo, 0);
    }

    Map<String, byte[]> registers = read(prefixes.take());

    assertThat(registers).containsOnlyKeys("0 CT Beijing 1", "0 CT Beijing 2");
    assertThat(estimate(registers.get("0 CT Beijing 1")))
        .isCloseTo(distinct, within(Math.max(1, 4 * 0.0163 * distinct)));
  }

  /** More places than there is room for at first, in three hours, of which two share a parity. */
  @Test
  void everyPlaceAndHourIsCountedApart() {
    int[] areas = new int[40];
    Arrays.setAll(areas, i -> names.areas().number(new Area("CU", "Province-" + i, "", "5g")));
    for (int hour = 0; hour < 3; hour++) {
      for (int i = 0; i < areas.length; i++) {
        add6(0x240E_0001_0000_0000L | (long) i << 16, areas[i], hour * HOUR);
      }
    }

    Map<String, byte[]> registers = read(prefixes.take());

    assertThat(registers).hasSize(3 * areas.length * 2);
    registers.forEach(
        (place, ranks) -> assertThat(estimate(ranks)).as(place).isCloseTo(1, within(0.01)));
  }

  @Test
  void a56HoldsMany64s() {
    for (int i = 0; i < 200; i++) {
      add6(0x240E_0001_0002_0300L | i, beijing, 0);
    }

    Map<String, byte[]> registers = read(prefixes.take());

    assertThat(estimate(registers.get("0 CT Beijing 1"))).isCloseTo(200, within(13.0));
    assertThat(estimate(registers.get("0 CT Beijing 2"))).isCloseTo(1, within(0.01));
  }

  @Test
  void hoursAreApartAndOnlyWhatIsNewIsWritten() {
    add6(1, beijing, 0);
    assertThat(read(prefixes.take())).hasSize(2);
    add6(1, beijing, 1);

    assertThat(prefixes.take().rows()).isZero();

    add6(1, beijing, HOUR);
    assertThat(read(prefixes.take())).containsOnlyKeys("3600 CT Beijing 1", "3600 CT Beijing 2");
  }

  @Test
  void ipv4AddressesAreCountedByThemselves() {
    FlowColumns batch = new FlowColumns(4);
    batch.ipVersion[0] = 4;
    batch.sourceAddressLow[0] = 0xFFFF_2A50_0001L;

    prefixes.add(batch, 0, beijing, FlowBatchBuilder.NOW);

    assertThat(read(prefixes.take())).hasSize(1);
  }

  /** A writer that was restarted, and one beside it, write the same registers. */
  @Test
  void anotherInstanceWritesTheSame() {
    ActivePrefixes other = new ActivePrefixes(KEY, names);
    FlowColumns batch = new FlowColumns(4);
    batch.ipVersion[0] = 6;
    batch.sourceAddressHigh[0] = 99;
    prefixes.add(batch, 0, beijing, 0);
    other.add(batch, 0, beijing, 0);

    assertThat(prefixes.take().data()).isEqualTo(other.take().data());
  }

  @Test
  void withAnotherKeyPrefixesHaveOtherPseudonyms() {
    ActivePrefixes other = new ActivePrefixes(PseudonymKey.of("fedcba9876543210"), names);
    FlowColumns batch = new FlowColumns(4);
    batch.ipVersion[0] = 6;
    batch.sourceAddressHigh[0] = 99;
    prefixes.add(batch, 0, beijing, 0);
    other.add(batch, 0, beijing, 0);

    assertThat(prefixes.take().data()).isNotEqualTo(other.take().data());
  }

  @Test
  void aKeyThatCanBeGuessedIsRefusedAndNoneIsEverPrinted() {
    assertThatThrownBy(() -> PseudonymKey.of("secret"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a key of 6 characters (expected: at least 16)");
    assertThat(KEY).hasToString("PseudonymKey");
  }

  private void add6(long high, int area, long epochMillis) {
    FlowColumns batch = new FlowColumns(4);
    batch.ipVersion[0] = 6;
    batch.sourceAddressHigh[0] = high;
    prefixes.add(batch, 0, area, epochMillis);
  }

  private static Map<String, byte[]> read(RowBlock block) {
    Map<String, byte[]> registers = new HashMap<>();
    RowReader in = new RowReader(block.data());
    while (in.hasNext()) {
      String key = "%d %s %s %d".formatted(in.uint32(), in.string(), in.string(), in.uint8());
      int[] indexes = new int[in.length()];
      Arrays.setAll(indexes, i -> in.uint16());
      byte[] ranks = registers.computeIfAbsent(key, k -> new byte[4096]);
      int count = in.length();
      assertThat(count).isEqualTo(indexes.length);
      for (int index : indexes) {
        ranks[index] = (byte) in.uint8();
      }
    }
    return registers;
  }

  /** Flajolet et al., 2007, as the views compute it. */
  private static double estimate(byte @Nullable [] registers) {
    assertThat(registers).isNotNull();
    double m = registers.length;
    double sum = 0;
    int free = 0;
    for (byte rank : registers) {
      sum += Math.pow(2, -rank);
      free += rank == 0 ? 1 : 0;
    }
    double raw = 0.7213 / (1 + 1.079 / m) * m * m / sum;
    return raw <= 2.5 * m && free > 0 ? m * Math.log(m / free) : raw;
  }
}
