package org.ipv6flow.collector.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Work and allocation grow with the octets received and with nothing else: not with the square of
 * what was received before, and not with numbers that the sender chooses.
 */
class CostsTest {

  private static final long FIXED_STEPS = 1_000_000;
  private static final long STEPS_PER_OCTET = 150;
  private static final long FIXED_BYTES = 1 << 20;
  private static final long BYTES_PER_OCTET = 1_024;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "fields of no octets",
        "options fields of no octets",
        "restart with many templates",
        "redefinition with many templates",
        "sets of nothing for many templates",
        "intervals that change",
        "interfaces of one slot"
      })
  void growWithTheOctetsReceived(String attack) throws Exception {
    CountedClasses classes = new CountedClasses();
    long[] withLoadingOfClasses = costs(classes).apply(attack);

    long[] cost = costs(classes).apply(attack);

    System.out.printf(
        "%s: %,d steps, %,d bytes for %,d octets%n", attack, cost[0], cost[1], cost[2]);
    assertThat(cost[2]).isEqualTo(withLoadingOfClasses[2]);
    assertThat(cost[0]).as("steps").isLessThan(FIXED_STEPS + STEPS_PER_OCTET * cost[2]);
    assertThat(cost[1]).as("bytes").isLessThan(FIXED_BYTES + BYTES_PER_OCTET * cost[2]);
  }

  @SuppressWarnings("unchecked")
  private static Function<String, long[]> costs(CountedClasses classes) throws Exception {
    return (Function<String, long[]>)
        classes.loadClass(Costs.class.getName()).getConstructor().newInstance();
  }
}
