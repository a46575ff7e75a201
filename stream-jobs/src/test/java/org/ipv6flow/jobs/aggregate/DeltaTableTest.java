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
    assertThat(contentOf(new DeltaTable(DeltaKind.LINK_TRAFFIC, 1))).isEmpty();
  }

  @Test
  void aClearedTableIsEmptyAndCountsAnew() {
    DeltaTable table = new DeltaTable(DeltaKind.LINK_TRAFFIC, 1);
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
    DeltaTable table = new DeltaTable(kind, 7);
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

  @Test
  void aTableFilledInTheOrderOfAnotherStaysFastIfTheirSaltsDiffer() {
    DeltaTable from = new DeltaTable(DeltaKind.LINK_TRAFFIC, 0);
    for (int i = 0; i < 200_000; i++) {
      from.add(delta(DeltaKind.LINK_TRAFFIC, i, 1));
    }
    DeltaTable to = new DeltaTable(DeltaKind.LINK_TRAFFIC, 0x5DEE_CE66_D1CE_4E5BL);

    // Quadratic behaviour would take minutes here.
    contentOf(from).forEach(to::add);

    assertThat(to.size()).isEqualTo(200_000);
  }

  private static List<Delta> contentOf(DeltaTable table) {
    List<Delta> content = new ArrayList<>();
    Delta into = new Delta();
    for (int at = table.next(0, into); at >= 0; at = table.next(at, into)) {
      content.add(DeltaSerializer.INSTANCE.copy(into));
    }
    return content;
  }

  private static Delta delta(DeltaKind kind, long key, long value) {
    Delta delta = new Delta();
    delta.kind = kind;
    if (kind == DeltaKind.LINK_TRAFFIC) {
      delta.key0 = OCCUPIED | key;
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
    return delta.kind == DeltaKind.LINK_TRAFFIC
        ? delta.key0 & ~OCCUPIED
        : delta.key0 | delta.key1 << 4 | delta.key2 << 8 | (delta.key3 & ~OCCUPIED) << 12;
  }
}
