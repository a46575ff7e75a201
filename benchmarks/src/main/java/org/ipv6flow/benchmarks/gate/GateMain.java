package org.ipv6flow.benchmarks.gate;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.ipv6flow.benchmarks.decode.DatagramBenchmark;
import org.ipv6flow.benchmarks.kafka.BatchBenchmark;
import org.ipv6flow.benchmarks.record.RecordBenchmark;
import org.ipv6flow.benchmarks.schema.FlowBatchBenchmark;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs the benchmarks that have a bar, and fails if one does not hold.
 *
 * <pre>java -cp benchmarks/target/benchmarks.jar org.ipv6flow.benchmarks.gate.GateMain</pre>
 *
 * <p>Bars are ratios within one run and octets allocated: absolute times are the machine's. Of the
 * iterations the fastest counts: what makes others slower is not the code.
 */
public final class GateMain {

  private static final String ALLOCATED = "gc.alloc.rate.norm";

  /** What rounding may leave of nothing. */
  private static final double NO_BYTES = 0.5;

  private GateMain() {}

  public static void main(String[] args) throws RunnerException {
    boolean good = true;
    for (Bar bar : bars(run())) {
      good &= bar.holds();
      System.out.printf(
          Locale.ROOT, "%-4s %8.3f  %s%n", bar.holds() ? "ok" : "FAIL", bar.measured(), bar.text());
    }
    System.exit(good ? 0 : 1);
  }

  static List<Bar> bars(Map<String, Bar.Result> results) {
    return List.of(
        Bar.atMost(results, "columns", 11, "copies"),
        Bar.faster(results, "columns", 4, "objects"),
        Bar.atMost(results, "datagramsToCompressedColumns", 60, "copyDatagrams"),
        Bar.allocates(results, "columns", NO_BYTES),
        Bar.allocates(results, "decodeIpv6", NO_BYTES),
        Bar.allocates(results, "decodeIpv4", NO_BYTES),
        Bar.allocates(results, "decodeReducedSizes", NO_BYTES),
        Bar.allocates(results, "decodeVariableLength", NO_BYTES),
        Bar.allocates(results, "encode", NO_BYTES),
        Bar.allocates(results, "datagramsToCompressedColumns", NO_BYTES));
  }

  private static Map<String, Bar.Result> run() throws RunnerException {
    Options options =
        new OptionsBuilder()
            .include(RecordBenchmark.class.getName() + ".*")
            .include(DatagramBenchmark.class.getName() + ".*")
            .include(BatchBenchmark.class.getName() + ".*")
            .include(FlowBatchBenchmark.class.getName() + ".encode")
            .addProfiler(GCProfiler.class)
            .forks(2)
            .warmupIterations(3)
            .warmupTime(TimeValue.seconds(1))
            .measurementIterations(5)
            .measurementTime(TimeValue.milliseconds(500))
            .verbosity(VerboseMode.SILENT)
            .build();
    return results(new Runner(options).run());
  }

  private static Map<String, Bar.Result> results(Collection<RunResult> runs) {
    Map<String, Bar.Result> results = new LinkedHashMap<>();
    for (RunResult run : runs) {
      String name = run.getPrimaryResult().getLabel();
      double nanos = run.getPrimaryResult().getStatistics().getMin();
      var allocated = run.getSecondaryResults().get(ALLOCATED);
      double bytes = allocated == null ? Double.NaN : allocated.getScore();
      results.put(name, new Bar.Result(nanos, bytes));
      System.out.printf(Locale.ROOT, "%-30s %9.2f ns %9.3f B per operation%n", name, nanos, bytes);
    }
    return results;
  }
}
