package org.ipv6flow.jobs.classification;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.ipv6flow.jobs.classification.AddressKinds.Entry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressKindsTest {

  @Test
  void anAddressInNoPrefixIsOfNoKind() {
    AddressKinds kinds = new AddressKinds(List.of(new Entry(Prefix.parse("2001:db8::/32"), 1)));

    assertThat(kinds.of(0x2001_0DB9_0000_0000L, 0)).isZero();
    assertThat(kinds.of(0x2001_0DB7_FFFF_FFFFL, -1)).isZero();
  }

  @Test
  void anAddressIsOfTheKindsOfAllPrefixesAroundIt() {
    AddressKinds kinds =
        new AddressKinds(
            List.of(
                new Entry(Prefix.parse("2000::/3"), 1),
                new Entry(Prefix.parse("2001:db8::/32"), 2),
                new Entry(Prefix.parse("2001:db8:1::/48"), 4)));

    assertThat(kinds.of(0x2001_0DB8_0001_0000L, 0)).isEqualTo(7);
    assertThat(kinds.of(0x2001_0DB8_0002_0000L, 0)).isEqualTo(3);
  }

  @Test
  void theLastPrefixOfTheAddressSpaceEndsWithIt() {
    AddressKinds kinds = new AddressKinds(List.of(new Entry(Prefix.parse("ff00::/8"), 1)));

    assertThat(kinds.of(-1, -1)).isEqualTo(1);
    assertThat(kinds.of(0xFEFF_FFFF_FFFF_FFFFL, -1)).isZero();
  }

  /** The model asks every prefix in turn. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void agreesWithAskingEveryPrefix(long seed) {
    Random random = new Random(seed);
    List<Entry> entries = new ArrayList<>();
    int count = random.nextInt(200);
    for (int i = 0; i < count; i++) {
      // Few different leading bits, so that prefixes nest and touch.
      long high = (random.nextLong() & 0x3) << 62 | random.nextInt(1 << 10);
      Prefix prefix = new Prefix(high, random.nextLong(), random.nextInt(129));
      entries.add(new Entry(prefix, 1 << random.nextInt(12)));
    }
    AddressKinds kinds = new AddressKinds(entries);

    for (int i = 0; i < 2_000; i++) {
      long high;
      long low;
      if (entries.isEmpty() || random.nextInt(3) == 0) {
        high = random.nextLong();
        low = random.nextLong();
      } else {
        // On a bound, or just beside it.
        Prefix near = entries.get(random.nextInt(entries.size())).prefix();
        boolean atEnd = random.nextBoolean();
        high = atEnd ? near.lastHigh() : near.high();
        low = (atEnd ? near.lastLow() : near.low()) + random.nextInt(3) - 1;
      }
      int expected = 0;
      for (Entry entry : entries) {
        expected |= entry.prefix().contains(high, low) ? entry.bits() : 0;
      }
      assertThat(kinds.of(high, low)).as("seed %d: %x %x", seed, high, low).isEqualTo(expected);
    }
  }
}
