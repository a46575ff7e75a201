package org.ipv6flow.simulator.traffic;

import java.util.List;
import java.util.SplittableRandom;
import org.ipv6flow.schema.inventory.Inventory;
import org.ipv6flow.schema.inventory.Operator;
import org.ipv6flow.schema.inventory.PrefixKind;

/**
 * An operator's AS number and allocations. They are the real ones: a correct classifier rejects
 * documentation prefixes.
 */
record OperatorAddresses(long asNumber, List<Prefix> ipv4, List<Prefix> ipv6) {

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
    return new OperatorAddresses(firstAsNumber(inventory, operatorId), ipv4, ipv6);
  }

  private static long firstAsNumber(Inventory inventory, String operatorId) {
    return inventory.operators().stream()
        .filter(operator -> operator.id().equals(operatorId))
        .map(Operator::asNumbers)
        .filter(ranges -> !ranges.isEmpty())
        .mapToLong(ranges -> ranges.get(0).first())
        .findFirst()
        .orElse(0);
  }

  Prefix anyIpv4(SplittableRandom random) {
    return ipv4.get(random.nextInt(ipv4.size()));
  }

  Prefix anyIpv6(SplittableRandom random) {
    return ipv6.get(random.nextInt(ipv6.size()));
  }
}
