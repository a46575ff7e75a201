package org.ipv6flow.jobs.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.ipv6flow.jobs.clickhouse.ClickHouseTable;
import org.ipv6flow.jobs.clickhouse.RowBinaryBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeldRowsTest {

  private static final long MINUTE = 1_790_000_040L;

  private final HeldRows held = new HeldRows(2);

  @Test
  void rowsOfAKeyAddUp() {
    held.add(pair("L1", 1, 2, 10), 0);
    held.add(pair("L1", 1, 2, 5), 0);
    held.add(pair("L1", 2, 1, 7), 0);

    assertThat(all()).containsExactlyInAnyOrder("L1 1>2 15", "L1 2>1 7");
  }

  @Test
  void theLargestPairsOfEveryLinkStayAndTheOthersAreOne() {
    for (int as = 1; as <= 10; as++) {
      held.add(pair("L1", as, 100, as), 0);
      held.add(pair("L2", as, 100, 100 - as), 0);
    }

    assertThat(all())
        .containsExactlyInAnyOrder(
            "L1 10>100 10",
            "L1 9>100 9",
            "L1 -1>-1 " + (55 - 19),
            "L2 1>100 99",
            "L2 2>100 98",
            "L2 -1>-1 " + (1000 - 55 - 99 - 98));
  }

  /** Nothing is lost, whatever comes: the sum over as_traffic is the sum over link_traffic. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void reducingConservesEverySum(long seed) {
    Random random = new Random(seed);
    HeldRows rows = new HeldRows(1 + random.nextInt(50));
    long[] expected = new long[5];
    double variance = 0;
    for (int i = 0; i < 200_000; i++) {
      RowDelta delta =
          pair("L" + random.nextInt(3), random.nextInt(), random.nextInt(4), random.nextInt(9_999));
      delta.packets = random.nextInt(100);
      delta.observedOctets = random.nextInt(100);
      delta.observedPackets = random.nextInt(100);
      delta.records = 1;
      delta.octetsVariance = random.nextInt(1_000);
      rows.add(delta, 0);
      expected[0] += delta.octets;
      expected[1] += delta.packets;
      expected[2] += delta.observedOctets;
      expected[3] += delta.observedPackets;
      expected[4] += delta.records;
      variance += delta.octetsVariance;
      assertThat(rows.size()).isLessThanOrEqualTo(HeldRows.MAX_ROWS_PER_BUCKET);
    }

    List<RowSums> taken = new ArrayList<>();
    rows.takeAll(taken::add);

    long[] sums = new long[5];
    double varianceSum = 0;
    RowDelta row = new RowDelta();
    for (RowSums table : taken) {
      for (int i = 0; i < table.size(); i++) {
        table.get(i, row);
        sums[0] += row.octets;
        sums[1] += row.packets;
        sums[2] += row.observedOctets;
        sums[3] += row.observedPackets;
        sums[4] += row.records;
        varianceSum += row.octetsVariance;
      }
    }
    assertThat(sums).isEqualTo(expected);
    assertThat(varianceSum).isEqualTo(variance);
    assertThat(rows.size()).isZero();
  }

  @Test
  void aBucketIsHeldForItsWidthAndAMinuteAndAHalf() {
    held.add(pair("L1", 1, 2, 10), 1_000);
    List<RowSums> taken = new ArrayList<>();

    held.takeDue(150_999, taken::add);
    assertThat(taken).isEmpty();

    held.takeDue(151_000, taken::add);
    assertThat(taken).hasSize(1);
    assertThat(held.size()).isZero();
  }

  @Test
  void aClockThatIsSetBackHoldsNothingForEver() {
    held.add(pair("L1", 1, 2, 10), 1_000_000);
    List<RowSums> taken = new ArrayList<>();

    held.takeDue(5_000, taken::add);

    assertThat(taken).hasSize(1);
  }

  @Test
  void stateIsRestoredAndAddsUpWithWhatIsThere() throws IOException {
    held.add(pair("L1", 1, 2, 10), 7);
    HeldRows restored = new HeldRows(2);
    restored.add(pair("L1", 1, 2, 1), 7);

    for (byte[] state : held.state()) {
      restored.restore(state);
    }

    List<String> rows = new ArrayList<>();
    restored.takeAll(sums -> read(sums, rows));
    assertThat(rows).containsExactly("L1 1>2 11");
  }

  /** Octets as version 1 wrote them: a restored job must read what an older one left. */
  @Test
  void stateOfVersion1IsRead() throws IOException {
    byte[] state =
        HexFormat.of()
            .parseHex(
                "0106000000006ab13ba80000000000000007000000010011a83bb16a024c3101"
                    + "060100000002000000000000000000000a000000000000000300000000000000"
                    + "02000000000000000100000000000000014000000000000000");
    HeldRows restored = new HeldRows(2);

    restored.restore(state);

    List<String> rows = new ArrayList<>();
    restored.takeAll(sums -> read(sums, rows));
    assertThat(rows).containsExactly("L1 1>2 10");
  }

  @Test
  void stateOfALaterVersionIsRefused() {
    assertThatThrownBy(() -> held.restore(new byte[] {2}))
        .isInstanceOf(IOException.class)
        .hasMessage("held rows of version 2 (expected: 1)");
  }

  private List<String> all() {
    List<String> rows = new ArrayList<>();
    held.takeAll(sums -> read(sums, rows));
    return rows;
  }

  private static void read(RowSums sums, List<String> into) {
    RowDelta row = new RowDelta();
    for (int i = 0; i < sums.size(); i++) {
      sums.get(i, row);
      int end = row.keyLength;
      into.add(
          "%s %d>%d %d"
              .formatted(
                  new String(row.key, 5, row.key[4], StandardCharsets.US_ASCII),
                  littleEndian(row.key, end - 8),
                  littleEndian(row.key, end - 4),
                  row.octets));
    }
  }

  private static int littleEndian(byte[] octets, int at) {
    return Integer.reverseBytes(ByteBuffer.wrap(octets).getInt(at));
  }

  private static RowDelta pair(String link, int source, int destination, long octets) {
    RowBinaryBuffer key = new RowBinaryBuffer();
    key.uint32(MINUTE);
    key.string(link.getBytes(StandardCharsets.US_ASCII));
    key.uint8(1);
    key.uint8(6);
    key.uint32(source);
    key.uint32(destination);
    RowDelta delta = new RowDelta();
    delta.table = ClickHouseTable.AS_TRAFFIC;
    delta.keyLength = key.length();
    delta.key = key.takeInto(delta.key);
    delta.octets = octets;
    return delta;
  }
}
