package org.ipv6flow.schema.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PlanTargetTest {

  /** The plan of 2017-11-26: 1 Tbps by the end of 2018, 5 Tbps by the end of 2020. */
  @Test
  void thePlanAsksForInterconnectBandwidthTwice() {
    List<PlanTarget> bandwidth =
        PlanTarget.load().stream()
            .filter(target -> target.metric().equals("ipv6_interconnect_bandwidth"))
            .toList();

    assertThat(bandwidth)
        .extracting(PlanTarget::due)
        .containsExactly(LocalDate.of(2018, 12, 31), LocalDate.of(2020, 12, 31));
    assertThat(bandwidth).extracting(PlanTarget::value).containsExactly(1.0, 5.0);
    assertThat(bandwidth).extracting(PlanTarget::unit).containsOnly("Tbps");
    assertThat(bandwidth).extracting(PlanTarget::comparison).containsOnly(">=");
    assertThat(bandwidth).extracting(PlanTarget::issued).containsOnly("2017-11-26");
  }
}
