package org.ipv6flow.launcher.demo;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What was stored against the truth.
 *
 * @param recordsStored flow records in ClickHouse, attributed to a link or not
 * @param lostCounted flow records known to be lost, from the collector's own counts
 * @param octetsScaledSent Σ N · octets of the records sent: what a right system must estimate
 * @param octetsEstimated Σ of the estimates in ClickHouse
 * @param members pairs of operators and gateways, where enough packets were sampled
 * @param cells compared: those with enough sampled packets for their error to mean something
 */
public record Comparison(
    long recordsSent,
    long recordsStored,
    long recordsUnattributed,
    long lostCounted,
    long octetsTruth,
    long octetsScaledSent,
    long octetsEstimated,
    int cells,
    int cellsWithin95,
    Share wire,
    Share nativeShare,
    List<MemberShares> members,
    double ipv6CapacityTbps) {

  /** A share, what it should be, and the error it claims (95 %). */
  public record Share(double truth, double measured, double error95) {

    /** Whether the truth lies within 99.9 % error: a right system misses it once in 1000 runs. */
    public boolean holds() {
      return Math.abs(measured - truth) <= error95 * (Z_999 / Z_95) + 1e-12;
    }
  }

  /** Of the cells, so many must hold the truth within their own 95 % error. */
  static final double MIN_CELLS_WITHIN_95 = 0.93;

  private static final double Z_95 = 1.96;
  private static final double Z_999 = 3.29;

  /** What does not hold, one line each; empty when everything does. */
  public List<String> failures() {
    List<String> failures = new ArrayList<>();
    if (recordsSent != recordsStored + lostCounted) {
      failures.add(
          "records: %,d sent, %,d stored, %,d counted as lost: %,d are missing"
              .formatted(
                  recordsSent,
                  recordsStored,
                  lostCounted,
                  recordsSent - recordsStored - lostCounted));
    }
    if (lostCounted == 0 && octetsEstimated != octetsScaledSent) {
      failures.add(
          "octets: %,d estimated (expected: %,d)".formatted(octetsEstimated, octetsScaledSent));
    }
    if (recordsUnattributed != 0) {
      failures.add("%,d records belong to no link".formatted(recordsUnattributed));
    }
    if (cells == 0 || cellsWithin95 < MIN_CELLS_WITHIN_95 * cells) {
      failures.add(
          "cells: %,d of %,d within their 95 %% error (expected: at least %.0f %%)"
              .formatted(cellsWithin95, cells, 100 * MIN_CELLS_WITHIN_95));
    }
    if (!wire.holds()) {
      failures.add(describe("IPv6 share, wire", wire));
    }
    if (!nativeShare.holds()) {
      failures.add(describe("IPv6 share, native", nativeShare));
    }
    failures.addAll(MemberShares.failures(members));
    return failures;
  }

  /** The keys and values of the JSON file, but for times and CPU. */
  public Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("records_sent", recordsSent);
    map.put("records_stored", recordsStored);
    map.put("records_unattributed", recordsUnattributed);
    map.put("lost_counted", lostCounted);
    map.put("octets_truth", octetsTruth);
    map.put("octets_scaled_sent", octetsScaledSent);
    map.put("octets_estimated", octetsEstimated);
    map.put("cells", cells);
    map.put("cells_within_95", cellsWithin95);
    map.put("ipv6_share_truth", wire.truth());
    map.put("ipv6_share_wire", wire.measured());
    map.put("ipv6_share_wire_error95", wire.error95());
    map.put("ipv6_share_native_truth", nativeShare.truth());
    map.put("ipv6_share_native", nativeShare.measured());
    map.put("ipv6_share_native_error95", nativeShare.error95());
    map.put("pair_and_gateway_shares", 2 * members.size());
    map.put("pair_and_gateway_shares_within_95", MemberShares.within95(members));
    map.put("ipv6_capacity_tbps", ipv6CapacityTbps);
    return map;
  }

  private static String describe(String what, Share share) {
    return "%s: %.3f %% ± %.3f (expected: %.3f %%)"
        .formatted(what, 100 * share.measured(), 100 * share.error95(), 100 * share.truth());
  }
}
