package org.ipv6flow.benchmarks.jobs;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.ipv6flow.jobs.attribution.Attribution;
import org.ipv6flow.jobs.classification.TrafficClassifier;
import org.ipv6flow.jobs.dictionary.AddressDictionary;
import org.ipv6flow.jobs.dictionary.Names;
import org.ipv6flow.jobs.estimate.SamplingScale;
import org.ipv6flow.jobs.network.Network;
import org.ipv6flow.jobs.network.NetworkHistory;
import org.ipv6flow.jobs.services.Services;
import org.ipv6flow.jobs.spread.BucketSpread;
import org.ipv6flow.schema.flow.FlowColumns;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What is asked about each record, question by question, over 20 000 prefixes.
 *
 * <pre>java -jar benchmarks/target/benchmarks.jar jobs.Lookup -prof gc</pre>
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
public class LookupBenchmark {

  private static final int RECORDS = 4_096;

  private final FlowColumns batch = Nation.fill(new FlowColumns(RECORDS), 1);
  private final Network network =
      new NetworkHistory(List.of(Nation.inventory()), new Names()).at(Nation.NOW);
  private final Attribution attribution = network.attribution();
  private final AddressDictionary dictionary = network.dictionary();
  private final SamplingScale scale = new SamplingScale();
  private final int[] source = new int[RECORDS];
  private final int[] destination = new int[RECORDS];

  /** Looks up all addresses, and proves that the sources are known. */
  @Setup
  public void setUp() {
    for (int i = 0; i < RECORDS; i++) {
      source[i] = dictionary.find(batch.sourceAddressHigh[i], batch.sourceAddressLow[i]);
      destination[i] =
          dictionary.find(batch.destinationAddressHigh[i], batch.destinationAddressLow[i]);
      if (dictionary.area(source[i]) == 0) {
        throw new IllegalStateException("source of record " + i + " has no area");
      }
    }
  }

  /** Exporter and interface to link direction. */
  @Benchmark
  @OperationsPerInvocation(RECORDS)
  public int attribution() {
    int sum = 0;
    for (int i = 0; i < RECORDS; i++) {
      sum += attribution.observation(i & 127, batch.ingressInterface[i], false);
    }
    return sum;
  }

  /** The longest prefixes around both addresses. */
  @Benchmark
  @OperationsPerInvocation(RECORDS)
  public int bothAddresses() {
    int sum = 0;
    for (int i = 0; i < RECORDS; i++) {
      sum += dictionary.find(batch.sourceAddressHigh[i], batch.sourceAddressLow[i]);
      sum += dictionary.find(batch.destinationAddressHigh[i], batch.destinationAddressLow[i]);
    }
    return sum;
  }

  /** The traffic class, once the addresses are found. */
  @Benchmark
  @OperationsPerInvocation(RECORDS)
  public int classification() {
    int sum = 0;
    for (int i = 0; i < RECORDS; i++) {
      sum +=
          TrafficClassifier.classify(
                  batch, i, dictionary.kinds(source[i]), dictionary.kinds(destination[i]))
              .code();
    }
    return sum;
  }

  @Benchmark
  @OperationsPerInvocation(RECORDS)
  public int service() {
    int sum = 0;
    for (int i = 0; i < RECORDS; i++) {
      sum += Services.of(batch.protocol[i], batch.sourcePort[i], batch.destinationPort[i]);
    }
    return sum;
  }

  /** What a record's counts stand for, and the variance of that. */
  @Benchmark
  @OperationsPerInvocation(RECORDS)
  public double estimate() {
    scale.load(batch);
    double sum = 0;
    for (int i = 0; i < RECORDS; i++) {
      int sampling = batch.samplingIndex[i] & 0xFF;
      sum += scale.scale(batch.octets[i], sampling) + scale.scale(batch.packets[i], sampling);
      sum += scale.octetsVariance(batch.octets[i], batch.packets[i], sampling);
    }
    return sum;
  }

  /** One share of a count in time; a record that lasts needs four per bucket. */
  @Benchmark
  @OperationsPerInvocation(RECORDS)
  public long spreading() {
    long sum = 0;
    for (int i = 0; i < RECORDS; i++) {
      sum += BucketSpread.cumulative(batch.octets[i] * 1_000, i, 30_000 + i);
    }
    return sum;
  }
}
