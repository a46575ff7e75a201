package org.ipv6flow.schema.inventory;

import java.io.Serializable;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A link, or bundle of links, between operators A and B.
 *
 * @param role {@code interconnect}, {@code international}, {@code ixp} or {@code nap}
 * @param ipv6EnabledOn the day since which the link carries IPv6; null if it does not
 * @param capacities periods that do not overlap, in order
 */
public record Link(
    String id,
    String nodeId,
    String aOperatorId,
    String bOperatorId,
    String role,
    @Nullable LocalDate ipv6EnabledOn,
    List<LinkCapacity> capacities)
    implements Serializable {

  /** Capacity of one direction on a day, in bits per second; 0 when the link is not in service. */
  public long capacityBitsPerSecondOn(LocalDate day) {
    for (LinkCapacity capacity : capacities) {
      if (capacity.isInForceOn(day)) {
        return capacity.bitsPerSecond();
      }
    }
    return 0;
  }

  public boolean isIpv6EnabledOn(LocalDate day) {
    return ipv6EnabledOn != null && !day.isBefore(ipv6EnabledOn);
  }
}
