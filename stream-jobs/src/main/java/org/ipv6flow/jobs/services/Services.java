package org.ipv6flow.jobs.services;

import java.util.ArrayList;
import java.util.List;

/**
 * Port classes: named services by their registered ports (IANA service name and port number
 * registry), and ranges for the rest (RFC 6335 §6). A service may sit at either end of a flow; the
 * destination goes first. Codes are this class's own; rows hold labels.
 */
public final class Services {

  private static final int TCP = 6;
  private static final int UDP = 17;
  private static final int SCTP = 132;
  private static final int PORTS = 1 << 16;

  /** RFC 6335 §6: system ports end here, user ports at 49151. */
  private static final int FIRST_USER_PORT = 1_024;

  private static final int FIRST_DYNAMIC_PORT = 49_152;

  private static final List<String> LABELS = new ArrayList<>();
  private static final byte NONE = code("none");
  private static final byte SYSTEM = code("system");
  private static final byte USER = code("user");
  private static final byte DYNAMIC = code("dynamic");

  /** Codes by port; 0 where no service is named. */
  private static final byte[] TCP_SERVICES = new byte[PORTS];

  private static final byte[] UDP_SERVICES = new byte[PORTS];

  static {
    tcp("http", 80, 8080);
    both("https", 443, 8443);
    UDP_SERVICES[443] = code("quic");
    UDP_SERVICES[8443] = code("quic");
    both("dns", 53);
    both("dns_encrypted", 853);
    tcp("ssh", 22);
    tcp("telnet", 23);
    tcp("ftp", 20, 21, 989, 990);
    tcp("mail", 25, 110, 143, 465, 587, 993, 995);
    both("ntp", 123);
    both("snmp", 161, 162);
    both("ldap", 389, 636);
    tcp("bgp", 179);
    tcp("file_sharing", 139, 445, 2049);
    tcp("remote_desktop", 3389, 5900);
    tcp("database", 1433, 1521, 3306, 5432, 6379, 27_017);
    both("streaming", 554, 1935, 8554);
    both("voice", 5060, 5061, 3478, 3479, 5349);
    tcp("messaging", 1883, 8883, 5222, 5223, 5228);
    both("bittorrent", 6881, 6882, 6883, 6884, 6885, 6886, 6887, 6888, 6889);
    udp("tunnel", 500, 4500, 1194, 1701, 2152, 3544, 4789, 4790, 6081, 51_820);
    udp("network_control", 67, 68, 546, 547, 520, 521, 3784, 3785);
    udp("amplifier", 19, 1900, 11_211, 5353, 111);
  }

  private Services() {}

  /** The code of a flow's service. */
  public static byte of(int protocol, int sourcePort, int destinationPort) {
    return switch (protocol) {
      case TCP -> of(TCP_SERVICES, sourcePort, destinationPort);
      case UDP -> of(UDP_SERVICES, sourcePort, destinationPort);
      case SCTP -> range(Math.min(sourcePort & 0xFFFF, destinationPort & 0xFFFF));
      default -> NONE;
    };
  }

  /** The label of a code. */
  public static String label(byte code) {
    return LABELS.get(code);
  }

  private static byte of(byte[] services, int sourcePort, int destinationPort) {
    int source = sourcePort & 0xFFFF;
    int destination = destinationPort & 0xFFFF;
    if (services[destination] != 0) {
      return services[destination];
    }
    return services[source] != 0 ? services[source] : range(Math.min(source, destination));
  }

  private static byte range(int port) {
    if (port < FIRST_USER_PORT) {
      return SYSTEM;
    }
    return port < FIRST_DYNAMIC_PORT ? USER : DYNAMIC;
  }

  private static byte code(String label) {
    int known = LABELS.indexOf(label);
    if (known >= 0) {
      return (byte) known;
    }
    LABELS.add(label);
    return (byte) (LABELS.size() - 1);
  }

  private static void tcp(String label, int... ports) {
    for (int port : ports) {
      TCP_SERVICES[port] = code(label);
    }
  }

  private static void udp(String label, int... ports) {
    for (int port : ports) {
      UDP_SERVICES[port] = code(label);
    }
  }

  private static void both(String label, int... ports) {
    tcp(label, ports);
    udp(label, ports);
  }
}
