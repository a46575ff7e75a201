package org.ipv6flow.jobs.prefix;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrefixTableTest {

  private static final long IPV4 = 0x0000_FFFF_0000_0000L;

  @Test
  void anAddressInNoPrefixIsNothing() {
    PrefixTable table = new PrefixTable.Builder().kind(Prefix.parse("2001:db8::/32"), 1).build();

    for (long high : new long[] {0x2001_0DB9_0000_0000L, 0x2001_0DB7_FFFF_FFFFL}) {
      int interval = table.find(high, -1);
      assertThat(table.kinds(interval)).isZero();
      assertThat(table.organisation(interval)).isEqualTo(PrefixTable.NONE);
      assertThat(table.area(interval)).isEqualTo(PrefixTable.NONE);
    }
  }

  @Test
  void kindsOfAllPrefixesAroundAnAddressUnite() {
    PrefixTable table =
        new PrefixTable.Builder()
            .kind(Prefix.parse("2001:db8:1::/48"), 4)
            .kind(Prefix.parse("2000::/3"), 1)
            .kind(Prefix.parse("2001:db8::/32"), 2)
            .build();

    assertThat(table.kinds(table.find(0x2001_0DB8_0001_0000L, 0))).isEqualTo(7);
    assertThat(table.kinds(table.find(0x2001_0DB8_0002_0000L, 0))).isEqualTo(3);
  }

  @Test
  void theLongestPrefixNamesOrganisationAndAreaEachForItself() {
    PrefixTable table =
        new PrefixTable.Builder()
            .area(Prefix.parse("10.0.0.0/8"), 1)
            .organisation(Prefix.parse("10.1.0.0/16"), 2)
            .area(Prefix.parse("10.1.2.0/24"), 3)
            .build();

    int outer = table.find(0, IPV4 | 0x0A02_0000L);
    int middle = table.find(0, IPV4 | 0x0A01_0100L);
    int inner = table.find(0, IPV4 | 0x0A01_0203L);
    assertThat(table.area(outer)).isEqualTo(1);
    assertThat(table.organisation(outer)).isEqualTo(PrefixTable.NONE);
    assertThat(table.area(middle)).isEqualTo(1);
    assertThat(table.organisation(middle)).isEqualTo(2);
    assertThat(table.area(inner)).isEqualTo(3);
    assertThat(table.organisation(inner)).isEqualTo(2);
  }

  @Test
  void theLastPrefixOfTheAddressSpaceEndsWithIt() {
    PrefixTable table = new PrefixTable.Builder().kind(Prefix.parse("ff00::/8"), 1).build();

    assertThat(table.kinds(table.find(-1, -1))).isEqualTo(1);
    assertThat(table.kinds(table.find(0xFEFF_FFFF_FFFF_FFFFL, -1))).isZero();
  }

  @Test
  void thePrefixOfLengthZeroIsAroundEverything() {
    PrefixTable table = new PrefixTable.Builder().kind(Prefix.parse("::/0"), 1).build();

    assertThat(table.kinds(table.find(0, 0))).isEqualTo(1);
    assertThat(table.kinds(table.find(-1, -1))).isEqualTo(1);
  }

  private record Known(Prefix prefix, int bits, int organisation, int area) {}

  /** The model asks every prefix in turn. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void agreesWithAskingEveryPrefix(long seed) {
    Random random = new Random(seed);
    List<Known> known = new ArrayList<>();
    PrefixTable.Builder builder = new PrefixTable.Builder();
    int count = random.nextInt(300);
    for (int i = 0; i < count; i++) {
      Prefix prefix = randomPrefix(random, seed % 2 == 0);
      switch (random.nextInt(3)) {
        case 0 -> {
          int bits = 1 << random.nextInt(12);
          builder.kind(prefix, bits);
          known.add(new Known(prefix, bits, -1, -1));
        }
        case 1 -> {
          if (known.stream().noneMatch(k -> k.prefix.equals(prefix) && k.organisation >= 0)) {
            builder.organisation(prefix, i);
            known.add(new Known(prefix, 0, i, -1));
          }
        }
        default -> {
          if (known.stream().noneMatch(k -> k.prefix.equals(prefix) && k.area >= 0)) {
            builder.area(prefix, i);
            known.add(new Known(prefix, 0, -1, i));
          }
        }
      }
    }
    PrefixTable table = builder.build();

    for (int i = 0; i < 2_000; i++) {
      long high;
      long low;
      if (known.isEmpty() || random.nextInt(3) == 0) {
        high = random.nextLong();
        low = random.nextLong();
      } else {
        // On a bound, or just beside it.
        Prefix near = known.get(random.nextInt(known.size())).prefix();
        boolean atEnd = random.nextBoolean();
        high = atEnd ? near.lastHigh() : near.high();
        low = (atEnd ? near.lastLow() : near.low()) + random.nextInt(3) - 1;
      }
      int bits = 0;
      @Nullable Known organisation = null;
      @Nullable Known area = null;
      for (Known one : known) {
        if (one.prefix().contains(high, low)) {
          bits |= one.bits();
          organisation = longer(organisation, one, one.organisation());
          area = longer(area, one, one.area());
        }
      }
      int interval = table.find(high, low);
      assertThat(table.kinds(interval)).as("seed %d: %x %x", seed, high, low).isEqualTo(bits);
      assertThat(table.organisation(interval))
          .as("seed %d: %x %x", seed, high, low)
          .isEqualTo(organisation == null ? -1 : organisation.organisation());
      assertThat(table.area(interval))
          .as("seed %d: %x %x", seed, high, low)
          .isEqualTo(area == null ? -1 : area.area());
    }
  }

  /**
   * Thousands of pools side by side in few allocations, some of single hosts: the index must go
   * down several levels, and end amid addresses that share their first 64 bits.
   */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void agreesWithTheModelAmongThousandsOfNeighbours(long seed) {
    Random random = new Random(seed);
    Map<Prefix, Integer> areas = new LinkedHashMap<>();
    for (int i = 0; areas.size() < 3_000; i++) {
      Prefix prefix =
          switch (random.nextInt(4)) {
            case 0 ->
                new Prefix(
                    0x240E_0000_0000_0000L | (long) random.nextInt(1 << 20) << 16,
                    0,
                    40 + random.nextInt(17));
            case 1 ->
                new Prefix(0x240E_0001_0002_0003L, random.nextLong(), 64 + random.nextInt(65));
            case 2 -> new Prefix(0, IPV4 | 0x2A00_0000L | (long) random.nextInt(1 << 16) << 8, 120);
            default -> new Prefix(0, IPV4 | 0x2A01_0200L | random.nextInt(256), 128);
          };
      areas.putIfAbsent(prefix, i);
    }
    PrefixTable.Builder builder = new PrefixTable.Builder();
    areas.forEach(builder::area);
    PrefixTable table = builder.build();
    List<Prefix> prefixes = List.copyOf(areas.keySet());
    for (int i = 0; i < 3_000; i++) {
      Prefix near = prefixes.get(random.nextInt(prefixes.size()));
      boolean atEnd = random.nextBoolean();
      long high = atEnd ? near.lastHigh() : near.high();
      long low = (atEnd ? near.lastLow() : near.low()) + random.nextInt(3) - 1;
      int expected = PrefixTable.NONE;
      int length = -1;
      for (Map.Entry<Prefix, Integer> area : areas.entrySet()) {
        if (area.getKey().length() > length && area.getKey().contains(high, low)) {
          expected = area.getValue();
          length = area.getKey().length();
        }
      }
      assertThat(table.area(table.find(high, low)))
          .as("seed %d: %x %x", seed, high, low)
          .isEqualTo(expected);
    }
  }

  private static @Nullable Known longer(@Nullable Known best, Known candidate, int value) {
    return value >= 0 && (best == null || candidate.prefix().length() > best.prefix().length())
        ? candidate
        : best;
  }

  /** Few different leading bits, so that prefixes nest and touch. */
  private static Prefix randomPrefix(Random random, boolean isIpv4) {
    if (isIpv4) {
      long low = IPV4 | (long) random.nextInt(4) << 30 | random.nextInt(1 << 10);
      return new Prefix(0, low, 96 + random.nextInt(33));
    }
    long high = (random.nextLong() & 0x3) << 62 | random.nextInt(1 << 10);
    return new Prefix(high, random.nextLong(), random.nextInt(129));
  }
}
