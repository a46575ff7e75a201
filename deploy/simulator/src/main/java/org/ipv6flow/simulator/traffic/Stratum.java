package org.ipv6flow.simulator.traffic;

import org.ipv6flow.schema.traffic.TrafficClass;

/**
 * The packets of one class and one size in a link direction. All packets of a flow record are of
 * one stratum, so that octets² / packets of a record is exactly the sum of squares of its packets.
 *
 * @param packetOctets IP header and payload of each packet
 * @param share of the link direction's octets
 * @param hasLongFlow one flow of this stratum lasts until the active timeout
 */
record Stratum(TrafficClass trafficClass, int packetOctets, double share, boolean hasLongFlow) {

  boolean isIpv6() {
    return trafficClass.code() >= TrafficClass.V6_NATIVE.code();
  }
}
