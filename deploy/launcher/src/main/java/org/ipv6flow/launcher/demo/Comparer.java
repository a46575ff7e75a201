package org.ipv6flow.launcher.demo;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.ipv6flow.schema.inventory.Inventory;
import org.ipv6flow.schema.inventory.Link;

/** Compares what ClickHouse holds with the truth. */
public final class Comparer {

  /** Below this many sampled packets the normal approximation of a cell's error is poor. */
  static final int MIN_OBSERVED_PACKETS = 30;

  private static final double Z_95 = 1.96;
  private static final double BITS_PER_TERA = 1e12;
  private static final long BUCKET_SECONDS = 10;

  private final StoreQueries store;
  private final Inventory inventory;

  /**
   * @param inventory says which links are of a pair of operators, or of a gateway
   */
  public Comparer(StoreQueries store, Inventory inventory) {
    this.store = store;
    this.inventory = inventory;
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
        new Comparison.Share(
            TrueShares.of(truth, link -> true).nativeShare(),
            nativeShare.value(),
            nativeShare.error95()),
        memberShares(truth, sinceMinute, until),
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

  /** Of pairs of operators and of gateways, where so few packets were not sampled of either. */
  private List<MemberShares> memberShares(Truth truth, Instant from, Instant until)
      throws SQLException {
    List<MemberShares> shares = new ArrayList<>();
    for (String dimension : List.of("operator_pair", "gateway")) {
      for (StoreQueries.MeasuredShares measured : store.shares(dimension, from, until)) {
        if (measured.observedV4() < MIN_OBSERVED_PACKETS
            || measured.observedV6() < MIN_OBSERVED_PACKETS) {
          continue;
        }
        Set<String> links =
            inventory.links().stream()
                .filter(link -> measured.member().equals(member(dimension, link)))
                .map(Link::id)
                .collect(Collectors.toSet());
        TrueShares of = TrueShares.of(truth, links::contains);
        shares.add(
            new MemberShares(
                dimension,
                measured.member(),
                new Comparison.Share(of.wire(), measured.wire().value(), measured.wire().error95()),
                new Comparison.Share(
                    of.nativeShare(),
                    measured.nativeShare().value(),
                    measured.nativeShare().error95())));
      }
    }
    return shares;
  }

  private static String member(String dimension, Link link) {
    if (dimension.equals("gateway")) {
      return link.role().equals("international") ? link.nodeId() : "";
    }
    return link.aOperatorId().compareTo(link.bOperatorId()) < 0
        ? link.aOperatorId() + "-" + link.bOperatorId()
        : link.bOperatorId() + "-" + link.aOperatorId();
  }
}
