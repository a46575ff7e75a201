package org.ipv6flow.jobs.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DeltaTableTest {

  private static final long OCCUPIED = 1L << 63;

  @Test
  void anEmptyTableHasNoEntries() {
    assertThat(contentOf(new DeltaTable(DeltaKind.LINK_TRAFFIC))).isEmpty();
  }

  @Test
  void aClearedTableIsEmptyAndCountsAnew() {
    DeltaTable table = new DeltaTable(DeltaKind.LINK_TRAFFIC);
    table.add(delta(DeltaKind.LINK_TRAFFIC, 5, 1));
    table.clear();

    table.add(delta(DeltaKind.LINK_TRAFFIC, 5, 2));

    assertThat(table.size()).isEqualTo(1);
    assertThat(contentOf(table).get(0).octets).isEqualTo(2);
  }

  /** A HashMap is the model. */
  @ParameterizedTest
  @EnumSource(DeltaKind.class)
  void agreesWithAHashMap(DeltaKind kind) {
    Random random = new Random(42);
    DeltaTable table = new DeltaTable(kind);
    Map<Long, Long> octets = new HashMap<>();
    Map<Long, Double> variances = new HashMap<>();
    for (int i = 0; i < 100_000; i++) {
      long key = random.nextInt(20_000);
      long value = random.nextInt(1_000_000);
      table.add(delta(kind, key, value));
      octets.merge(key, value, Long::sum);
      variances.merge(key, value * 0.5, Double::sum);
    }

    List<Delta> content = contentOf(table);

    assertThat(table.size()).isEqualTo(octets.size());
    assertThat(content).hasSize(octets.size());
    for (Delta found : content) {
      long key = keyOf(found);
      assertThat(found.kind).isEqualTo(kind);
      assertThat(found.octets).isEqualTo(octets.get(key));
      assertThat(found.packets).isEqualTo(octets.get(key));
      assertThat(found.octetsVariance).isEqualTo(variances.get(key));
    }
  }

  private static List<Delta> contentOf(DeltaTable table) {
    List<Delta> content = new ArrayList<>();
    Delta into = new Delta();
    for (int at = table.next(0, into); at >= 0; at = table.next(at, into)) {
      content.add(into);
      into = new Delta();
    }
    return content;
  }

  private static Delta delta(DeltaKind kind, long key, long value) {
    Delta delta = new Delta();
    delta.kind = kind;
    if (kind.keyWords() == 1) {
      delta.key0 = OCCUPIED | key;
    } else if (kind.keyWords() == 2) {
      delta.key0 = key & 0xFF;
      delta.key1 = OCCUPIED | key >> 8;
    } else {
      delta.key0 = key & 0xF;
      delta.key1 = key >> 4 & 0xF;
      delta.key2 = key >> 8 & 0xF;
      delta.key3 = OCCUPIED | key >> 12;
    }
    delta.octets = value;
    delta.packets = value;
    delta.octetsVariance = value * 0.5;
    return delta;
  }

  private static long keyOf(Delta delta) {
    return switch (delta.kind.keyWords()) {
      case 1 -> delta.key0 & ~OCCUPIED;
      case 2 -> delta.key0 | (delta.key1 & ~OCCUPIED) << 8;
      default -> delta.key0 | delta.key1 << 4 | delta.key2 << 8 | (delta.key3 & ~OCCUPIED) << 12;
    };
  }
}
