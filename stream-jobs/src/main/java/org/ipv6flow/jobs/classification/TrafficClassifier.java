package org.ipv6flow.jobs.classification;

import java.util.List;
import org.ipv6flow.jobs.prefix.Prefix;
import org.ipv6flow.jobs.prefix.PrefixTable;
import org.ipv6flow.schema.flow.FlowColumns;
import org.ipv6flow.schema.flow.FlowFlags;
import org.ipv6flow.schema.inventory.PrefixSet;
import org.ipv6flow.schema.traffic.TrafficClass;
import org.jspecify.annotations.Nullable;

/**
 * The traffic class of a flow record. Rules are asked from top to bottom, the first that matches
 * wins; {@code docs/definitions.md} lists them with their sources. Allocates nothing per record.
 */
public final class TrafficClassifier {

  // IANA protocol numbers.
  private static final int IPV4 = 4;
  private static final int UDP = 17;
  private static final int IPV6 = 41;
  private static final int IPV6_ROUTE = 43;
  private static final int GRE = 47;
  private static final int ESP = 50;
  private static final int AH = 51;
  private static final int L2TP = 115;
  private static final int ETHERNET = 143;

  // IANA service ports.
  private static final int TEREDO_PORT = 3544;
  private static final int L2TP_PORT = 1701;
  private static final int GTP_U_PORT = 2152;
  private static final int VXLAN_PORT = 4789;
  private static final int VXLAN_GPE_PORT = 4790;
  private static final int GENEVE_PORT = 6081;
  private static final int WIREGUARD_PORT = 51820;

  /** ESP in UDP, RFC 3948. */
  private static final int IPSEC_NAT_TRAVERSAL_PORT = 4500;

  private static final int MULTICAST = AddressKind.MULTICAST.bit();
  private static final int V4_BOGON = AddressKind.V4_BOGON.bit();
  private static final int V6_NONGLOBAL = AddressKind.V6_NONGLOBAL.bit();
  private static final int SIX_TO_FOUR_RELAY = AddressKind.SIX_TO_FOUR_RELAY.bit();
  private static final int SIX_TO_FOUR = AddressKind.SIX_TO_FOUR.bit();
  private static final int TEREDO = AddressKind.TEREDO.bit();
  private static final int NAT64 = AddressKind.NAT64.bit();
  private static final int SRV6_LOCATOR = AddressKind.SRV6_LOCATOR.bit();
  private static final int GLOBAL_UNICAST = AddressKind.GLOBAL_UNICAST.bit();
  private static final int SIX_RD_BORDER_RELAY = AddressKind.SIX_RD_BORDER_RELAY.bit();
  private static final int SIX_RD = AddressKind.SIX_RD.bit();
  private static final int AFTR = AddressKind.AFTR.bit();
  private static final int LW4O6_AFTR = AddressKind.LW4O6_AFTR.bit();
  private static final int MAP_E_BORDER_RELAY = AddressKind.MAP_E_BORDER_RELAY.bit();
  private static final int MAP_T = AddressKind.MAP_T.bit();
  private static final int V4_PRIVATE = AddressKind.V4_PRIVATE.bit();
  private static final int V4_SHARED = AddressKind.V4_SHARED.bit();

  /** RFC 5214 §6.1: the interface identifier of ISATAP, with the universal/local bit masked out. */
  private static final int ISATAP_IDENTIFIER = 0x0000_5EFE;

  private static final int WITHOUT_UNIVERSAL_BIT = ~0x0200_0000;

  private TrafficClassifier() {}

  /** Adds the prefixes that classes are told by to a table, over which classes are then asked. */
  public static void addPrefixes(List<PrefixSet> prefixSets, PrefixTable.Builder table) {
    table
        .kind(Prefix.parse("ff00::/8"), MULTICAST)
        .kind(Prefix.parse("224.0.0.0/4"), MULTICAST)
        .kind(Prefix.parse("2002::/16"), SIX_TO_FOUR)
        .kind(Prefix.parse("2000::/3"), GLOBAL_UNICAST)
        .kind(Prefix.parse("10.0.0.0/8"), V4_PRIVATE)
        .kind(Prefix.parse("172.16.0.0/12"), V4_PRIVATE)
        .kind(Prefix.parse("192.168.0.0/16"), V4_PRIVATE)
        .kind(Prefix.parse("100.64.0.0/10"), V4_SHARED);
    for (PrefixSet set : prefixSets) {
      AddressKind kind = AddressKind.ofInventory(set.kind());
      if (kind != null) {
        set.prefixes().forEach(text -> table.kind(Prefix.parse(text), kind.bit()));
      }
    }
  }

  /**
   * The class of record {@code i} of a batch.
   *
   * @param source kinds of the source address, by the table
   * @param destination kinds of the destination address
   */
  public static TrafficClass classify(FlowColumns batch, int i, int source, int destination) {
    int ipVersion = batch.ipVersion[i];
    if (ipVersion != 4 && ipVersion != 6) {
      return TrafficClass.UNKNOWN;
    }
    int protocol = batch.protocol[i] & 0xFF;
    int sourcePort = protocol == UDP ? batch.sourcePort[i] : 0;
    int destinationPort = protocol == UDP ? batch.destinationPort[i] : 0;
    if (ipVersion == 4) {
      return ipv4(source, destination, protocol, sourcePort, destinationPort);
    }
    int flags = batch.flags[i];
    TrafficClass special = ipv6Special(source, destination, protocol, flags, batch, i);
    if (special != null) {
      return special;
    }
    boolean isIsatap =
        isIsatap(batch.sourceAddressLow[i]) || isIsatap(batch.destinationAddressLow[i]);
    return ipv6(source, destination, isIsatap, protocol, sourcePort, destinationPort);
  }

  private static TrafficClass ipv4(
      int source, int destination, int protocol, int sourcePort, int destinationPort) {
    int either = source | destination;
    if ((destination & MULTICAST) != 0) {
      return TrafficClass.V4_MULTICAST;
    }
    if (protocol == IPV6) {
      return (either & SIX_TO_FOUR_RELAY) != 0
          ? TrafficClass.SIX_TO_FOUR_IN_V4
          : (either & SIX_RD_BORDER_RELAY) != 0 ? TrafficClass.SIX_RD_IN_V4 : TrafficClass.V6_IN_V4;
    }
    if (sourcePort == TEREDO_PORT || destinationPort == TEREDO_PORT) {
      return TrafficClass.TEREDO_IN_V4;
    }
    if (protocol == IPV4 || isOverlay(protocol, sourcePort, destinationPort)) {
      return TrafficClass.OVERLAY_IN_V4;
    }
    if ((either & (V4_PRIVATE | V4_SHARED | V4_BOGON)) == 0) {
      return TrafficClass.V4_NATIVE;
    }
    if ((either & V4_PRIVATE) != 0) {
      return TrafficClass.V4_PRIVATE;
    }
    return (either & V4_SHARED) != 0 ? TrafficClass.V4_SHARED : TrafficClass.V4_BOGON;
  }

  /** Multicast, non-global and SRv6, which go before everything else; null if none applies. */
  private static @Nullable TrafficClass ipv6Special(
      int source, int destination, int protocol, int flags, FlowColumns batch, int i) {
    if ((destination & MULTICAST) != 0) {
      return TrafficClass.V6_MULTICAST;
    }
    int either = source | destination;
    if ((either & V6_NONGLOBAL) != 0) {
      return TrafficClass.V6_NONGLOBAL;
    }
    boolean isSegmentRouted = (flags & FlowFlags.SRV6) != 0 || (either & SRV6_LOCATOR) != 0;
    boolean hasRoutingHeader =
        (flags & (FlowFlags.SRV6 | FlowFlags.ROUTING_HEADER)) != 0 || protocol == IPV6_ROUTE;
    return isSegmentRouted || hasRoutingHeader
        ? srv6(protocol, isSegmentRouted, hasRoutingHeader, batch.innerIpVersion[i])
        : null;
  }

  /** RFC 8986 §4: End.DT4 and End.DX4 expect protocol 4, DT6 and DX6 41, DT2 and DX2 143. */
  private static @Nullable TrafficClass srv6(
      int protocol, boolean isSegmentRouted, boolean hasRoutingHeader, int innerIpVersion) {
    if (isSegmentRouted && protocol == ETHERNET) {
      return TrafficClass.SRV6_L2;
    }
    if (isSegmentRouted && protocol == IPV4 || hasRoutingHeader && innerIpVersion == 4) {
      return TrafficClass.SRV6_V4;
    }
    if (isSegmentRouted && protocol == IPV6 || hasRoutingHeader && innerIpVersion == 6) {
      return TrafficClass.SRV6_V6;
    }
    // An address in a locator alone says nothing: a router's own traffic looks like that.
    return hasRoutingHeader ? TrafficClass.SRV6_OTHER : null;
  }

  private static TrafficClass ipv6(
      int source,
      int destination,
      boolean isIsatap,
      int protocol,
      int sourcePort,
      int destinationPort) {
    int either = source | destination;
    if (protocol == IPV4) {
      return ipv4InIpv6(either);
    }
    if (protocol == IPV6) {
      return TrafficClass.V6_IN_V6;
    }
    if ((either & NAT64) != 0) {
      return TrafficClass.V6_TRANSLATED;
    }
    if ((either & MAP_T) != 0) {
      return TrafficClass.MAP_T;
    }
    if ((either & SIX_TO_FOUR) != 0) {
      return TrafficClass.SIX_TO_FOUR;
    }
    if ((either & TEREDO) != 0) {
      return TrafficClass.TEREDO;
    }
    if ((either & SIX_RD) != 0) {
      return TrafficClass.SIX_RD;
    }
    if (isIsatap) {
      return TrafficClass.ISATAP;
    }
    if (isOverlay(protocol, sourcePort, destinationPort)) {
      return TrafficClass.OVERLAY_IN_V6;
    }
    return (source & destination & GLOBAL_UNICAST) != 0
        ? TrafficClass.V6_NATIVE
        : TrafficClass.V6_BOGON;
  }

  private static TrafficClass ipv4InIpv6(int either) {
    if ((either & AFTR) != 0) {
      return TrafficClass.DS_LITE;
    }
    if ((either & LW4O6_AFTR) != 0) {
      return TrafficClass.LW4O6;
    }
    return (either & MAP_E_BORDER_RELAY) != 0 ? TrafficClass.MAP_E : TrafficClass.V4_IN_V6;
  }

  private static boolean isIsatap(long addressLow) {
    return ((int) (addressLow >>> 32) & WITHOUT_UNIVERSAL_BIT) == ISATAP_IDENTIFIER;
  }

  private static boolean isOverlay(int protocol, int sourcePort, int destinationPort) {
    return switch (protocol) {
      case GRE, ESP, AH, L2TP -> true;
      case UDP -> isOverlayPort(sourcePort) || isOverlayPort(destinationPort);
      default -> false;
    };
  }

  private static boolean isOverlayPort(int port) {
    return switch (port) {
      case L2TP_PORT,
          GTP_U_PORT,
          VXLAN_PORT,
          VXLAN_GPE_PORT,
          GENEVE_PORT,
          WIREGUARD_PORT,
          IPSEC_NAT_TRAVERSAL_PORT ->
          true;
      default -> false;
    };
  }
}
