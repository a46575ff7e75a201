package org.ipv6flow.simulator.truth;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.ipv6flow.schema.traffic.LinkDirection;
import org.ipv6flow.schema.traffic.TrafficClass;
import org.ipv6flow.simulator.traffic.TruthOutput;
import org.jspecify.annotations.Nullable;

/**
 * Writes {@code truth.csv} and adds up its octets. The file appears whole at the end, or not at
 * all: a reader never sees half of the truth.
 */
public final class TruthWriter implements TruthOutput, AutoCloseable {

  static final String FILE = "truth.csv";

  private static final String HEADER =
      "link,direction,ip_version,traffic_class,bucket_epoch_seconds,octets,packets\n";
  private static final long MILLIS_PER_SECOND = 1_000;

  private final @Nullable Path file;
  private final @Nullable Path unfinished;
  private final @Nullable BufferedWriter out;

  private long octetsV4;
  private long octetsV6;
  private long octetsNativeV6;

  private TruthWriter(@Nullable Path file, @Nullable Path unfinished) throws IOException {
    this.file = file;
    this.unfinished = unfinished;
    this.out = unfinished == null ? null : Files.newBufferedWriter(unfinished);
    if (out != null) {
      out.write(HEADER);
    }
  }

  /** Writes into a directory, which is made if need be. */
  public static TruthWriter in(Path directory) throws IOException {
    Files.createDirectories(directory);
    return new TruthWriter(directory.resolve(FILE), directory.resolve("." + FILE + ".unfinished"));
  }

  /** Adds up only. */
  public static TruthWriter ofTotals() throws IOException {
    return new TruthWriter(null, null);
  }

  @Override
  public void accept(
      String linkId,
      LinkDirection direction,
      TrafficClass trafficClass,
      long bucketMillis,
      long octets,
      long packets) {
    if (packets == 0) {
      return;
    }
    boolean ipv6 = trafficClass.code() >= TrafficClass.V6_NATIVE.code();
    if (ipv6) {
      octetsV6 += octets;
    } else {
      octetsV4 += octets;
    }
    if (trafficClass == TrafficClass.V6_NATIVE) {
      octetsNativeV6 += octets;
    }
    if (out != null) {
      String row =
          linkId
              + ','
              + direction.label()
              + ','
              + (ipv6 ? 6 : 4)
              + ','
              + trafficClass.label()
              + ','
              + bucketMillis / MILLIS_PER_SECOND
              + ','
              + octets
              + ','
              + packets
              + '\n';
      write(out, row);
    }
  }

  private static void write(BufferedWriter out, String row) {
    try {
      out.write(row);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public TruthTotals totals() {
    return new TruthTotals(octetsV4 + octetsV6, octetsV4, octetsV6, octetsNativeV6);
  }

  /** Puts the finished file into its place. */
  public void finish() throws IOException {
    if (out != null && file != null && unfinished != null) {
      out.close();
      Files.move(
          unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  @Override
  public void close() throws IOException {
    if (out != null) {
      out.close();
    }
    if (unfinished != null) {
      Files.deleteIfExists(unfinished);
    }
  }
}
