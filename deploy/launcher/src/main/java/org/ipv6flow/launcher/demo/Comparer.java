package org.ipv6flow.launcher.demo;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.ipv6flow.schema.traffic.TrafficClass;

/** Compares what ClickHouse holds with the truth. */
public final class Comparer {

  /** Below this many sampled packets the normal approximation of a cell's error is poor. */
  static final int MIN_OBSERVED_PACKETS = 30;

  private static final double Z_95 = 1.96;
  private static final double BITS_PER_TERA = 1e12;
  private static final long BUCKET_SECONDS = 10;

  private final StoreQueries store;

  public Comparer(StoreQueries store) {
    this.store = store;
  }

  /** Compares everything since the traffic began. */
  public Comparison compare(Truth truth) throws SQLException {
    long startSeconds = truth.summary("started_epoch_millis") / 1_000;
    Instant since = Instant.ofEpochSecond(startSeconds - startSeconds % BUCKET_SECONDS);
    Instant sinceMinute = Instant.ofEpochSecond(startSeconds - startSeconds % 60);
    Instant until =
        Instant.ofEpochMilli(truth.summary("ended_epoch_millis")).plus(Duration.ofMinutes(2));
    StoreQueries.Totals attributed = store.linkTraffic(since);
    StoreQueries.Totals unattributed = store.unattributed(sinceMinute);
    int[] cells = countCells(truth, store.cells(since));
    StoreQueries.Share wire = store.share("wire", sinceMinute, until);
    StoreQueries.Share nativeShare = store.share("native", sinceMinute, until);
    long octetsTruth = truth.summary("octets_truth");
    return new Comparison(
        truth.summary("records_sent"),
        attributed.records() + unattributed.records(),
        unattributed.records(),
        store.lostRecords(since),
        octetsTruth,
        truth.summary("octets_scaled_sent"),
        attributed.octets() + unattributed.octets(),
        cells[0],
        cells[1],
        new Comparison.Share(
            (double) truth.summary("octets_truth_v6") / octetsTruth, wire.value(), wire.error95()),
        new Comparison.Share(nativeShare(truth), nativeShare.value(), nativeShare.error95()),
        store.ipv6Capacity() / BITS_PER_TERA);
  }

  /** Cells compared, and those whose truth lies within their 95 % error. */
  private static int[] countCells(
      Truth truth, Map<Truth.Cell, StoreQueries.CellEstimate> estimates) {
    int compared = 0;
    int within = 0;
    for (Map.Entry<Truth.Cell, StoreQueries.CellEstimate> entry : estimates.entrySet()) {
      StoreQueries.CellEstimate estimate = entry.getValue();
      if (estimate.observedPackets() < MIN_OBSERVED_PACKETS) {
        continue;
      }
      compared++;
      long octets = truth.octets().getOrDefault(entry.getKey(), 0L);
      if (Math.abs(estimate.octets() - octets) <= Z_95 * Math.sqrt(estimate.variance())) {
        within++;
      }
    }
    return new int[] {compared, within};
  }

  /** Native IPv6 among the octets whose payload is known and belongs on an interconnect. */
  private static double nativeShare(Truth truth) {
    double nativeOctets = 0;
    double base = 0;
    for (Map.Entry<Truth.Cell, Long> cell : truth.octets().entrySet()) {
      TrafficClass trafficClass = trafficClass(cell.getKey().trafficClass());
      boolean multicast =
          trafficClass == TrafficClass.V4_MULTICAST || trafficClass == TrafficClass.V6_MULTICAST;
      boolean counted =
          trafficClass.payload() == TrafficClass.Payload.V4
              || trafficClass.payload() == TrafficClass.Payload.V6;
      if (counted && !multicast) {
        base += cell.getValue();
        nativeOctets += trafficClass == TrafficClass.V6_NATIVE ? cell.getValue() : 0;
      }
    }
    return nativeOctets / base;
  }

  private static TrafficClass trafficClass(String label) {
    for (TrafficClass trafficClass : TrafficClass.values()) {
      if (trafficClass.label().equals(label)) {
        return trafficClass;
      }
    }
    throw new IllegalArgumentException("the truth names no known class: " + label);
  }
}
