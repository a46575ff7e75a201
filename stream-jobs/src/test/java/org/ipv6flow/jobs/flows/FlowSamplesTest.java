package org.ipv6flow.jobs.flows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.ipv6flow.jobs.dictionary.Names;
import org.ipv6flow.jobs.testing.FlowBatchBuilder;
import org.ipv6flow.jobs.testing.RowReader;
import org.ipv6flow.jobs.testing.TestInventory;
import org.ipv6flow.schema.flow.FlowColumns;
import org.ipv6flow.schema.traffic.LinkDirection;
import org.ipv6flow.schema.traffic.TrafficClass;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FlowSamplesTest {

  private final Names names = new Names();

  /** RFC 6235 §4.1.1: what is cut off is zero. */
  @ParameterizedTest
  @CsvSource({
    "240e:1:2:3:4:5:6:7, 48, 24, 240e00010002, 0",
    "240e:1:2:3:4:5:6:7, 0, 24, 0, 0",
    "240e:1:2:3:4:5:6:7, 128, 24, 240e000100020003, 4000500060007",
    "240e:1:2:3:4:5:6:7, 72, 24, 240e000100020003, 0",
    "1.2.3.4, 48, 24, 0, ffff01020300",
    "1.2.3.4, 48, 0, 0, ffff00000000",
    "1.2.3.4, 48, 32, 0, ffff01020304",
  })
  void addressesAreTruncated(
      String address, int ipv6Length, int ipv4Length, String high, String low) {
    FlowSamples samples = new FlowSamples(new FlowSampling(1, ipv4Length, ipv6Length), names);
    FlowColumns batch =
        new FlowBatchBuilder()
            .record(TestInventory.CT_ROUTER, record -> record.from(address).to(address))
            .build();
    samples.add(
        batch,
        0,
        0,
        1,
        names.links().number("LINK-1"),
        LinkDirection.A_TO_B,
        TrafficClass.V6_NATIVE,
        1,
        1);

    RowReader row = new RowReader(samples.take().data());
    row.uint32();
    row.uint32();
    row.ipv6();
    row.uint32();
    assertThat(row.string()).isEqualTo("LINK-1");
    row.uint8();
    row.uint8();
    row.uint8();
    long[] expected = {
      Long.parseUnsignedLong(high.length() < 16 && high.length() > 1 ? high + "0000" : high, 16),
      Long.parseUnsignedLong(low, 16)
    };
    assertThat(row.ipv6()).isEqualTo(expected);
    assertThat(row.ipv6()).isEqualTo(expected);
  }

  @Test
  void aReplayKeepsTheSameRecordsAndAboutAsManyAsAskedFor() {
    FlowBatchBuilder builder = new FlowBatchBuilder();
    for (int i = 0; i < 4_000; i++) {
      builder.record(TestInventory.CT_ROUTER);
    }
    FlowColumns batch = builder.build();
    FlowSamples samples = new FlowSamples(new FlowSampling(10, 24, 48), names);

    int kept = 0;
    for (int i = 0; i < 4_000; i++) {
      boolean keeps = samples.keeps(batch, i, i);
      assertThat(samples.keeps(batch, i, i)).isEqualTo(keeps);
      kept += keeps ? 1 : 0;
    }

    // Five standard deviations.
    assertThat(kept).isBetween(400 - 95, 400 + 95);
  }

  @Test
  void noneIsNoneAndOneInOneIsAll() {
    FlowColumns batch = new FlowBatchBuilder().record(TestInventory.CT_ROUTER).build();

    assertThat(new FlowSamples(FlowSampling.NONE, names).keeps(batch, 0, 0)).isFalse();
    assertThat(new FlowSamples(new FlowSampling(1, 24, 48), names).keeps(batch, 0, 0)).isTrue();
  }

  @Test
  void lengthsThatAddressesDoNotHaveAreRefused() {
    assertThatThrownBy(() -> new FlowSampling(1, 33, 48))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new FlowSampling(1, 24, 129))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
