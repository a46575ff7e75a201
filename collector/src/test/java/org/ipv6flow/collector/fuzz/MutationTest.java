package org.ipv6flow.collector.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;

/**
 * Mutated datagrams, by default as many as take some seconds: no exception, received = decoded +
 * dropped(reason) at each level after each datagram, work and allocation bounded by the octets
 * received, no loop without end, a heap that stays flat.
 *
 * <pre>mvn -pl collector -am test -Dtest=MutationTest -Dipv6flow.fuzz.datagrams=10000000</pre>
 */
class MutationTest {

  private static final String DATAGRAMS = "ipv6flow.fuzz.datagrams";
  private static final String SEED = "ipv6flow.fuzz.seed";
  private static final long DEFAULT_DATAGRAMS = 200_000;
  private static final long DEFAULT_SEED = 5_103;
  private static final long MAX_HEAP_GROWTH_BYTES = 24 << 20;

  @Test
  void everyOutcomeIsCountedAndNoneCostsMoreThanItsOctets() throws Exception {
    long datagrams = Long.getLong(DATAGRAMS, DEFAULT_DATAGRAMS);
    MutationRun run =
        (MutationRun)
            new CountedClasses()
                .loadClass(DatagramMutations.class.getName())
                .getConstructor()
                .newInstance();

    MutationRun.Report report = run.run(datagrams, Long.getLong(SEED, DEFAULT_SEED));

    System.out.printf(
        Locale.ROOT,
        "%,d mutated datagrams of %,d octets: %,d decoded, %,d flow records, %,d sets dropped;"
            + " %.1f steps an octet, %,d in one datagram, at most %.0f for each of its octets;"
            + " %.1f bytes allocated an octet, %,d for one datagram; heap %,d, then %,d bytes%n",
        datagrams,
        report.octets(),
        report.decoded(),
        report.flowRecords(),
        report.droppedSets(),
        (double) report.steps() / report.octets(),
        report.maxSteps(),
        report.maxStepsPerOctet(),
        (double) report.allocatedBytes() / report.octets(),
        report.maxAllocatedBytes(),
        report.heapBytesEarly(),
        report.heapBytesLate());
    // That it is the decoder that was tested, and not only how it refuses.
    assertThat(report.steps()).isGreaterThan(datagrams * 100);
    assertThat(report.decoded()).isGreaterThan(datagrams / 2);
    assertThat(report.flowRecords()).isGreaterThan(datagrams / 2);
    assertThat(report.droppedSets()).isGreaterThan(datagrams / 20);
    assertThat(report.heapBytesLate()).isLessThan(report.heapBytesEarly() + MAX_HEAP_GROWTH_BYTES);
  }
}
