package org.ipv6flow.jobs.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.ipv6flow.jobs.testing.RowReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RowBinaryBufferTest {

  private final RowBinaryBuffer buffer = new RowBinaryBuffer();

  @Test
  void integersAreLittleEndian() {
    buffer.uint8(0xFE);
    buffer.uint32(0x0102_0304L);
    buffer.uint64(0x0102_0304_0506_0708L);

    assertThat(take()).containsExactly(0xFE, 4, 3, 2, 1, 8, 7, 6, 5, 4, 3, 2, 1);
  }

  @Test
  void addressesAreInNetworkOrder() {
    buffer.ipv6(0x2001_0DB8_0000_0000L, 1);

    assertThat(take()).containsExactly(0x20, 1, 0x0D, 0xB8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1);
  }

  @Test
  void doublesAreTheirIeee754Bits() {
    buffer.float64(1.0);

    assertThat(take()).containsExactly(0, 0, 0, 0, 0, 0, 0xF0, 0x3F);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 127, 128, 16_383, 16_384, 100_000})
  void stringsAreTheirLengthAsVarintAndTheirOctets(int length) {
    String text = "x".repeat(length);
    buffer.string(text.getBytes(StandardCharsets.UTF_8));

    RowReader reader = new RowReader(buffer.take(ClickHouseTable.LINK_TRAFFIC).data());

    assertThat(reader.string()).isEqualTo(text);
    assertThat(reader.hasNext()).isFalse();
  }

  @Test
  void takingLeavesTheBufferEmpty() {
    buffer.uint8(1);
    buffer.endRow();
    RowBlock first = buffer.take(ClickHouseTable.LINK_TRAFFIC);
    buffer.uint8(2);
    buffer.endRow();

    RowBlock second = buffer.take(ClickHouseTable.LINK_TRAFFIC);

    assertThat(first.data()).containsExactly(1);
    assertThat(second.data()).containsExactly(2);
    assertThat(second.rows()).isEqualTo(1);
  }

  private int[] take() {
    byte[] data = buffer.take(ClickHouseTable.LINK_TRAFFIC).data();
    int[] octets = new int[data.length];
    for (int i = 0; i < data.length; i++) {
      octets[i] = data[i] & 0xFF;
    }
    return octets;
  }
}
