package org.ipv6flow.launcher.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The IPv6 shares of a member of a dimension: of a pair of operators, or of a gateway.
 *
 * @param dimension as the views name it
 */
public record MemberShares(
    String dimension, String member, Comparison.Share wire, Comparison.Share nativeShare) {

  private static final double Z_95 = 1.96;

  /**
   * So many standard errors are missed once in 100 000: of some seventy shares in a run, none is.
   */
  private static final double Z_MAX = 4.42;

  /**
   * Of the shares, so many must hold the truth within their own 95 % error. Of seventy that miss it
   * independently with 5 % each, fewer do so once in 3 000 runs.
   */
  private static final double MIN_WITHIN_95 = 0.85;

  private boolean isFarOff(Comparison.Share share) {
    return Math.abs(share.measured() - share.truth()) > share.error95() * (Z_MAX / Z_95) + 1e-12;
  }

  /** What does not hold of these, one line each. */
  static List<String> failures(List<MemberShares> members) {
    List<String> failures = new ArrayList<>();
    for (MemberShares one : members) {
      for (Comparison.Share share : List.of(one.wire, one.nativeShare)) {
        if (one.isFarOff(share)) {
          failures.add(
              "%s %s: IPv6 share %.3f %% ± %.3f (expected: %.3f %%)"
                  .formatted(
                      one.dimension,
                      one.member,
                      100 * share.measured(),
                      100 * share.error95(),
                      100 * share.truth()));
        }
      }
    }
    if (within95(members) < MIN_WITHIN_95 * 2 * members.size()) {
      failures.add(
          "shares of pairs and gateways: %d of %d within their 95 %% error (expected: at least %.0f %%)"
              .formatted(within95(members), 2 * members.size(), 100 * MIN_WITHIN_95));
    }
    return failures;
  }

  /** How many of their shares, of which each has two, hold the truth within their 95 % error. */
  static long within95(List<MemberShares> members) {
    return members.stream()
        .flatMap(member -> Stream.of(member.wire, member.nativeShare))
        .filter(share -> Math.abs(share.measured() - share.truth()) <= share.error95() + 1e-12)
        .count();
  }
}
