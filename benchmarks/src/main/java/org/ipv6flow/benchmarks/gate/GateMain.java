package org.ipv6flow.benchmarks.gate;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.ipv6flow.benchmarks.decode.DatagramBenchmark;
import org.ipv6flow.benchmarks.jobs.CombineBenchmark;
import org.ipv6flow.benchmarks.jobs.LookupBenchmark;
import org.ipv6flow.benchmarks.jobs.MergeBenchmark;
import org.ipv6flow.benchmarks.jobs.RowsPerFlow;
import org.ipv6flow.benchmarks.kafka.BatchBenchmark;
import org.ipv6flow.benchmarks.record.RecordBenchmark;
import org.ipv6flow.benchmarks.schema.FlowBatchBenchmark;
import org.ipv6flow.schema.config.InvalidConfigException;
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
 * <p>Bars are ratios within one run, octets allocated, and rows per flow record; one is a time,
 * since it was set as one. Of the iterations the fastest counts: what makes others slower is not
 * the code.
 */
public final class GateMain {

  private static final String ALLOCATED = "gc.alloc.rate.norm";

  /** What rounding may leave of nothing. */
  private static final double NO_BYTES = 0.5;

  /** Rows that leave as they are, one of a thousand records, are objects of their own. */
  private static final double JOB_BYTES = 4;

  /** A row costs ClickHouse ten times what a record costs the job. */
  private static final double ROWS_PER_FLOW = 0.02;

  /** The load that the whole path must bear. */
  private static final long PIPELINE_RATE = 500_000;

  private static final Duration PIPELINE_TIME = Duration.ofSeconds(20);

  /** Of the job, attribution, classification and spreading on. */
  private static final double JOB_NANOS = 600;

  private GateMain() {}

  public static void main(String[] args)
      throws RunnerException, InvalidConfigException, IOException {
    Path nation = Path.of(args.length > 0 ? args[0] : "deploy/inventory/demo-nation");
    RowsPerFlow rows = RowsPerFlow.count(nation, PIPELINE_RATE, PIPELINE_TIME);
    List<Bar> bars = new ArrayList<>(bars(run()));
    bars.add(
        new Bar(
            "rows inserted per flow record of the demo nation", rows.rowsPerFlow(), ROWS_PER_FLOW));
    boolean good = true;
    for (Bar bar : bars) {
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
        Bar.allocates(results, "decodeFrames", NO_BYTES),
        Bar.allocates(results, "encode", NO_BYTES),
        Bar.allocates(results, "datagramsToCompressedColumns", NO_BYTES),
        Bar.nanos(results, "everything", JOB_NANOS),
        Bar.atMost(results, "everything", 15, "decoding"),
        Bar.allocates(results, "everything", JOB_BYTES),
        Bar.allocates(results, "linkTrafficAlone", NO_BYTES),
        Bar.allocates(results, "decoding", NO_BYTES),
        Bar.allocates(results, "deduplication", NO_BYTES),
        Bar.allocates(results, "bothAddresses", NO_BYTES),
        Bar.allocates(results, "classification", NO_BYTES),
        Bar.allocates(results, "estimate", NO_BYTES),
        Bar.allocates(results, "shuffle", NO_BYTES),
        Bar.allocates(results, "linkTraffic", NO_BYTES),
        Bar.allocates(results, "heldRows", NO_BYTES));
  }

  private static Map<String, Bar.Result> run() throws RunnerException {
    Options options =
        new OptionsBuilder()
            .include(RecordBenchmark.class.getName() + ".*")
            .include(DatagramBenchmark.class.getName() + ".*")
            .include(BatchBenchmark.class.getName() + ".*")
            .include(FlowBatchBenchmark.class.getName() + ".encode")
            .include(CombineBenchmark.class.getName() + ".*")
            .include(LookupBenchmark.class.getName() + ".*")
            .include(MergeBenchmark.class.getName() + ".*")
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
