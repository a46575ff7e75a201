package org.ipv6flow.simulator.traffic;

import org.ipv6flow.schema.traffic.TrafficClass;
import org.ipv6flow.simulator.export.FlowRecord;

/** Tells the class from a record's fields alone, by the rules of {@link TrafficClass}. */
final class ClassOfRecord {

  private ClassOfRecord() {}

  static TrafficClass of(FlowRecord flow) {
    return flow.ipv6 ? ofIpv6(flow) : ofIpv4(flow);
  }

  private static TrafficClass ofIpv4(FlowRecord flow) {
    if (flow.protocol == 41) {
      if (flow.destinationLow >>> 8 == 0xC0_5863) {
        return TrafficClass.SIX_TO_FOUR_IN_V4;
      }
      return flow.destinationLow >>> 4 == 0x2A50_FF0
          ? TrafficClass.SIX_RD_IN_V4
          : TrafficClass.V6_IN_V4;
    }
    if (flow.protocol == 17 && (flow.sourcePort == 3_544 || flow.destinationPort == 3_544)) {
      return TrafficClass.TEREDO_IN_V4;
    }
    if (isOverlay(flow) || flow.protocol == 4) {
      return TrafficClass.OVERLAY_IN_V4;
    }
    if (isPrivate(flow.sourceLow)) {
      return TrafficClass.V4_PRIVATE;
    }
    if (flow.sourceLow >>> 22 == 0x191) {
      return TrafficClass.V4_SHARED;
    }
    return flow.sourceLow >>> 17 == 0x6309 ? TrafficClass.V4_BOGON : TrafficClass.V4_NATIVE;
  }

  private static TrafficClass ofIpv6(FlowRecord flow) {
    boolean locator = flow.sourceHigh >>> 48 == 0x5f00 || flow.destinationHigh >>> 48 == 0x5f00;
    if (flow.protocol == 4) {
      return locator ? TrafficClass.SRV6_V4 : tunnel(flow.destinationHigh);
    }
    if (flow.protocol == 143 && locator) {
      return TrafficClass.SRV6_L2;
    }
    if (flow.protocol == 41) {
      return locator ? TrafficClass.SRV6_V6 : TrafficClass.V6_IN_V6;
    }
    if (isTranslated(flow.sourceHigh, flow.sourceLow)
        || isTranslated(flow.destinationHigh, flow.destinationLow)) {
      return TrafficClass.V6_TRANSLATED;
    }
    if (flow.sourceHigh >>> 16 == 0x2409_8FFF_000EL) {
      return TrafficClass.MAP_T;
    }
    if (flow.sourceHigh >>> 48 == 0x2002) {
      return TrafficClass.SIX_TO_FOUR;
    }
    if (flow.sourceHigh >>> 32 == 0x2001_0000) {
      return TrafficClass.TEREDO;
    }
    if (flow.sourceHigh >>> 16 == 0x240E_3FFF_000DL) {
      return TrafficClass.SIX_RD;
    }
    if (flow.sourceLow >>> 32 == 0x0200_5EFE) {
      return TrafficClass.ISATAP;
    }
    if (isOverlay(flow)) {
      return TrafficClass.OVERLAY_IN_V6;
    }
    boolean global = flow.sourceHigh >>> 61 == 1 && flow.destinationHigh >>> 61 == 1;
    return global ? TrafficClass.V6_NATIVE : TrafficClass.V6_BOGON;
  }

  private static TrafficClass tunnel(long destinationHigh) {
    if (destinationHigh == 0x240E_3FFF_000A_0000L) {
      return TrafficClass.DS_LITE;
    }
    if (destinationHigh == 0x240E_3FFF_000B_0000L) {
      return TrafficClass.LW4O6;
    }
    return destinationHigh == 0x2408_8FFF_000C_0000L ? TrafficClass.MAP_E : TrafficClass.V4_IN_V6;
  }

  private static boolean isOverlay(FlowRecord flow) {
    return flow.protocol == 47
        || flow.protocol == 50
        || (flow.protocol == 17 && (isOverlay(flow.sourcePort) || isOverlay(flow.destinationPort)));
  }

  private static boolean isOverlay(int port) {
    return port == 4_789 || port == 4_790 || port == 6_081 || port == 2_152 || port == 51_820;
  }

  private static boolean isTranslated(long high, long low) {
    return high == 0x0064_ff9b_0000_0000L && low >>> 32 == 0;
  }

  private static boolean isPrivate(long address) {
    return address >>> 24 == 10 || address >>> 20 == 0xac1 || address >>> 16 == 0xc0a8;
  }
}
