package org.ipv6flow.simulator.traffic;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.ipv6flow.schema.inventory.Inventory;
import org.ipv6flow.schema.inventory.PrefixKind;

/**
 * An operator's AS numbers and allocations. They are the real ones: a correct classifier rejects
 * documentation prefixes.
 *
 * @param asNumbers the first has half of the flows, each other one half of what is left
 */
record OperatorAddresses(List<Long> asNumbers, List<Prefix> ipv4, List<Prefix> ipv6) {

  private static final int MOST_AS_NUMBERS = 4;

  static OperatorAddresses of(Inventory inventory, String operatorId) {
    List<Prefix> prefixes =
        inventory.prefixSets().stream()
            .filter(set -> set.kind().equals(PrefixKind.OPERATOR) && set.name().equals(operatorId))
            .flatMap(set -> set.prefixes().stream())
            .map(Prefix::parse)
            .toList();
    List<Prefix> ipv4 = prefixes.stream().filter(prefix -> !prefix.ipv6()).toList();
    List<Prefix> ipv6 = prefixes.stream().filter(Prefix::ipv6).toList();
    if (ipv4.isEmpty() || ipv6.isEmpty()) {
      throw new IllegalArgumentException(
          "prefix sets: operator %s has %d IPv4 and %d IPv6 prefixes (expected: one of each at least, in a set of kind %s named %s)"
              .formatted(operatorId, ipv4.size(), ipv6.size(), PrefixKind.OPERATOR, operatorId));
    }
    return new OperatorAddresses(asNumbers(inventory, operatorId), ipv4, ipv6);
  }

  private static List<Long> asNumbers(Inventory inventory, String operatorId) {
    return inventory.operators().stream()
        .filter(operator -> operator.id().equals(operatorId))
        .flatMap(operator -> operator.asNumbers().stream())
        .flatMap(range -> LongStream.rangeClosed(range.first(), range.last()).boxed())
        .limit(MOST_AS_NUMBERS)
        .toList();
  }

  /** 0 if the operator has none. */
  long anyAsNumber(SplittableRandom random) {
    if (asNumbers.isEmpty()) {
      return 0;
    }
    int index = Long.numberOfTrailingZeros(random.nextLong());
    return asNumbers.get(Math.min(index, asNumbers.size() - 1));
  }

  /** Parts of the flows, in the order of the AS numbers. */
  double asShare(int index) {
    return Math.pow(0.5, Math.min(index + 1, asNumbers.size() - 1));
  }

  Prefix anyIpv4(SplittableRandom random) {
    return ipv4.get(random.nextInt(ipv4.size()));
  }

  Prefix anyIpv6(SplittableRandom random) {
    return ipv6.get(random.nextInt(ipv6.size()));
  }
}
