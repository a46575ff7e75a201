package org.ipv6flow.simulator.traffic;

import java.util.List;
import org.ipv6flow.schema.inventory.Exporter;
import org.ipv6flow.schema.inventory.Link;
import org.ipv6flow.schema.inventory.PrimaryObservation;
import org.ipv6flow.schema.traffic.TrafficClass;

/**
 * What a link direction is made to carry now, in the numbers it is computed from: so that a past
 * can be made up which ends where the traffic that is played begins.
 *
 * @param samplingInterval N of 1 in N of the exporter that counts the direction
 * @param peak load of the busiest hour, as a fraction of the capacity
 * @param longPhase of the slower of the load's two waves
 * @param shortPhase of the faster
 */
public record LinkProfile(
    Link link,
    PrimaryObservation observation,
    Exporter exporter,
    String fromOperatorId,
    String toOperatorId,
    long samplingInterval,
    long capacityBitsPerSecond,
    double peak,
    double longPhase,
    double shortPhase,
    List<Part> mix) {

  /**
   * Traffic of one class.
   *
   * @param share of the direction's octets; those of all parts sum to 1
   * @param meanPacketOctets over packets
   * @param meanSquarePacketOctets over packets, of the squares
   */
  public record Part(
      TrafficClass trafficClass,
      double share,
      double meanPacketOctets,
      double meanSquarePacketOctets) {

    static Part of(TrafficClass trafficClass, List<Stratum> strata) {
      double octets = 0;
      double packets = 0;
      double squares = 0;
      for (Stratum stratum : strata) {
        octets += stratum.share();
        packets += stratum.share() / stratum.packetOctets();
        squares += stratum.share() * stratum.packetOctets();
      }
      return new Part(trafficClass, octets, octets / packets, squares / packets);
    }
  }

  /** Sampled packets in a flow record, in the mean. */
  public static double packetsPerRecord() {
    return FlowSizes.MEAN;
  }

  /** How the load of every link goes through the day. */
  public record DailyShape(
      double least,
      double most,
      double night,
      double busiestHour,
      double wave,
      double longWaveSeconds,
      double shortWaveSeconds) {}

  public static DailyShape dailyShape() {
    return new DailyShape(
        OfferedLoad.LEAST,
        OfferedLoad.MOST,
        OfferedLoad.NIGHT,
        OfferedLoad.BUSIEST_HOUR,
        OfferedLoad.WAVE,
        OfferedLoad.LONG_WAVE_MILLIS / 1_000,
        OfferedLoad.SHORT_WAVE_MILLIS / 1_000);
  }
}
