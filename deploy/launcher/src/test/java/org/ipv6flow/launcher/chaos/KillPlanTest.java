package org.ipv6flow.launcher.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class KillPlanTest {

  private static final List<String> PARTS = List.of("kafka", "clickhouse", "collector");

  @Test
  void killsEveryPartEquallyOften() {
    Map<String, Long> kills =
        KillPlan.of(PARTS, 20, 7).stream()
            .collect(Collectors.groupingBy(KillPlan.Kill::part, Collectors.counting()));

    assertThat(kills).containsOnlyKeys(PARTS);
    assertThat(kills.values()).allMatch(count -> count == 6 || count == 7);
  }

  @Test
  void isTheSameForTheSameSeedOnly() {
    assertThat(KillPlan.of(PARTS, 20, 7)).isEqualTo(KillPlan.of(PARTS, 20, 7));
    assertThat(KillPlan.of(PARTS, 20, 7)).isNotEqualTo(KillPlan.of(PARTS, 20, 8));
  }
}
