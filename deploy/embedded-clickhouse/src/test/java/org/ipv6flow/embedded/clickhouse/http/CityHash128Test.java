package org.ipv6flow.embedded.clickhouse.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.clickhouse.data.ClickHouseCityHash;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CityHash128Test {

  /** The driver's own implementation is the model; every length takes one of five ways. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void agreesWithTheDriver(long seed) {
    Random random = new Random(seed);
    byte[] data = new byte[1 << 16];
    random.nextBytes(data);
    for (int length = 0; length < 700; length++) {
      assertAgrees(data, random.nextInt(1000), length);
    }
    assertAgrees(data, 7, data.length - 7);
  }

  private static void assertAgrees(byte[] data, int offset, int length) {
    long[] expected = ClickHouseCityHash.cityHash128(data, offset, length);

    CityHash128 actual = CityHash128.of(data, offset, length);

    assertThat(new long[] {actual.low(), actual.high()})
        .as("%d octets from %d", length, offset)
        .isEqualTo(expected);
  }
}
