package org.ipv6flow.simulator.traffic;

import org.ipv6flow.schema.traffic.LinkDirection;
import org.ipv6flow.schema.traffic.TrafficClass;

/** Takes what really was carried, of one class in one bucket. */
@FunctionalInterface
public interface TruthOutput {

  /**
   * @param bucketMillis start of the 10 s bucket
   */
  void accept(
      String linkId,
      LinkDirection direction,
      TrafficClass trafficClass,
      long bucketMillis,
      long octets,
      long packets);
}
