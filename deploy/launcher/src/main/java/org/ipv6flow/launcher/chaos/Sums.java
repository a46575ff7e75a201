package org.ipv6flow.launcher.chaos;

/** Everything of flow records that adds up. */
final class Sums {

  long records;
  long octets;
  long packets;
  long observedOctets;
  long observedPackets;

  void add(Sums other) {
    records += other.records;
    octets += other.octets;
    packets += other.packets;
    observedOctets += other.observedOctets;
    observedPackets += other.observedPackets;
  }

  /** How many records and octets differ, one way or the other; 0 only if everything is equal. */
  long difference(Sums other) {
    return Math.abs(records - other.records)
        + Math.abs(octets - other.octets)
        + Math.abs(packets - other.packets)
        + Math.abs(observedOctets - other.observedOctets)
        + Math.abs(observedPackets - other.observedPackets);
  }

  @Override
  public String toString() {
    return "%,d records, %,d octets (%,d observed), %,d packets (%,d observed)"
        .formatted(records, octets, observedOctets, packets, observedPackets);
  }
}
