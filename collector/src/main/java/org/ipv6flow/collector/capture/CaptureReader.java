package org.ipv6flow.collector.capture;

import static org.ipv6flow.collector.message.Octets.i32;
import static org.ipv6flow.collector.message.Octets.i64;
import static org.ipv6flow.collector.message.Octets.u16;
import static org.ipv6flow.collector.message.Octets.u32;
import static org.ipv6flow.collector.message.Octets.u8;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.ipv6flow.collector.message.ExportMessage;
import org.jspecify.annotations.Nullable;

/**
 * Reads the UDP datagrams of a capture file, pcap or pcapng, over IPv4 and IPv6; everything else in
 * the file is passed over. Datagrams in fragments are put together again. Reads the messages of an
 * IPFIX file (RFC 5655) too, as if they had come in datagrams.
 */
public final class CaptureReader implements Closeable {

  private static final int BUFFER_OCTETS = 1 << 16;

  private static final int LINK_NULL = 0;
  private static final int LINK_ETHERNET = 1;
  private static final int LINK_RAW_BSD = 12;
  private static final int LINK_RAW_OPENBSD = 14;
  private static final int LINK_RAW = 101;
  private static final int LINK_LOOP = 108;
  private static final int LINK_LINUX_COOKED = 113;
  private static final int LINK_IPV4 = 228;
  private static final int LINK_IPV6 = 229;
  private static final int LINK_LINUX_COOKED_2 = 276;

  private static final int ETHERTYPE_IPV4 = 0x0800;
  private static final int ETHERTYPE_IPV6 = 0x86DD;
  private static final int PROTOCOL_UDP = 17;
  private static final int UDP_HEADER_OCTETS = 8;
  private static final long IPV4_MAPPED_PREFIX = 0x0000_FFFF_0000_0000L;

  private final PacketSource source;
  private final PacketSource.Frame frame = new PacketSource.Frame();
  private final FragmentAssembler fragments = new FragmentAssembler();

  private CaptureReader(PacketSource source) {
    this.source = source;
  }

  /**
   * Opens a capture.
   *
   * @throws NotACaptureException if it is none
   */
  public static CaptureReader open(Path file) throws IOException {
    InputStream in = new BufferedInputStream(Files.newInputStream(file), BUFFER_OCTETS);
    try {
      return new CaptureReader(source(in));
    } catch (IOException | RuntimeException e) {
      in.close();
      throw e;
    }
  }

  private static PacketSource source(InputStream in) throws IOException {
    byte[] first = in.readNBytes(Integer.BYTES);
    if (first.length == Integer.BYTES) {
      for (ByteOrder order : new ByteOrder[] {ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN}) {
        int magic = ByteBuffer.wrap(first).order(order).getInt();
        if (magic == PcapSource.MAGIC_MICROSECONDS || magic == PcapSource.MAGIC_NANOSECONDS) {
          return new PcapSource(in, order, magic);
        }
        if (magic == PcapngSource.SECTION_HEADER) {
          return new PcapngSource(in);
        }
      }
    }
    if (first.length == Integer.BYTES && IpfixFileSource.isIpfix(first)) {
      return new IpfixFileSource(in, first);
    }
    throw new NotACaptureException(
        "not a capture (expected: a pcap or pcapng file, or an IPFIX file)");
  }

  /** Reads the next UDP datagram; false at the end of the file. */
  public boolean next(CapturedDatagram datagram) throws IOException {
    while (source.next(frame)) {
      if (readFrame(datagram)) {
        datagram.timeMillis = frame.timeMillis;
        return true;
      }
    }
    return false;
  }

  /** Whether the file ended inside a frame. */
  public boolean isTruncated() {
    return source.isTruncated();
  }

  @Override
  public void close() throws IOException {
    source.close();
  }

  private boolean readFrame(CapturedDatagram datagram) {
    if (frame.linkType == PacketSource.LINK_NONE) {
      return readMessage(datagram);
    }
    byte[] data = frame.data;
    int end = frame.length;
    int ip = networkOffset(data, end);
    if (ip < 0 || ip >= end) {
      return false;
    }
    return switch (u8(data, ip) >>> 4) {
      case 4 -> readIpv4(data, ip, end, datagram);
      case 6 -> readIpv6(data, ip, end, datagram);
      default -> false;
    };
  }

  /** A file is a transport session by itself (RFC 5655 section 4), and does not say whose. */
  private boolean readMessage(CapturedDatagram datagram) {
    datagram.sourceHigh = 0;
    datagram.sourceLow = 0;
    datagram.destinationHigh = 0;
    datagram.destinationLow = 0;
    datagram.sourcePort = ExportMessage.MAX_PORT + 1;
    datagram.destinationPort = 0;
    datagram.data = frame.data;
    datagram.offset = 0;
    datagram.length = frame.length;
    return true;
  }

  /** Where the IP header begins; -1 if the frame carries no IP. */
  private int networkOffset(byte[] data, int end) {
    return switch (frame.linkType) {
      case LINK_ETHERNET -> end < 14 ? -1 : afterVlanTags(data, 12, end);
      case LINK_LINUX_COOKED -> end < 16 ? -1 : afterVlanTags(data, 14, end);
      case LINK_LINUX_COOKED_2 -> end < 20 || !isIp(u16(data, 0)) ? -1 : 20;
      case LINK_NULL, LINK_LOOP -> 4;
      case LINK_RAW, LINK_RAW_BSD, LINK_RAW_OPENBSD, LINK_IPV4, LINK_IPV6 -> 0;
      default -> -1;
    };
  }

  /** Passes over 802.1Q and 802.1ad tags; the offset is that of an EtherType. */
  private static int afterVlanTags(byte[] data, int offset, int end) {
    int at = offset;
    while (at + 6 <= end) {
      int type = u16(data, at);
      if (type != 0x8100 && type != 0x88A8 && type != 0x9100) {
        break;
      }
      at += 4;
    }
    return at + 2 <= end && isIp(u16(data, at)) ? at + 2 : -1;
  }

  private static boolean isIp(int etherType) {
    return etherType == ETHERTYPE_IPV4 || etherType == ETHERTYPE_IPV6;
  }

  private boolean readIpv4(byte[] data, int ip, int end, CapturedDatagram datagram) {
    int headerOctets = (u8(data, ip) & 0xF) * 4;
    if (end - ip < 20 || headerOctets < 20 || u8(data, ip + 9) != PROTOCOL_UDP) {
      return false;
    }
    int totalLength = u16(data, ip + 2);
    // A total length of 0 is left by segmentation offload; then the frame says how long it is.
    int to = totalLength == 0 ? end : Math.min(end, ip + totalLength);
    int from = ip + headerOctets;
    datagram.sourceHigh = 0;
    datagram.sourceLow = IPV4_MAPPED_PREFIX | u32(data, ip + 12);
    datagram.destinationHigh = 0;
    datagram.destinationLow = IPV4_MAPPED_PREFIX | u32(data, ip + 16);
    int fragment = u16(data, ip + 6);
    int offset = (fragment & 0x1FFF) * 8;
    boolean more = (fragment & 0x2000) != 0;
    if (offset == 0 && !more) {
      return readUdp(data, from, to, datagram);
    }
    return readFragment(u16(data, ip + 4), data, from, to, offset, more, datagram);
  }

  private boolean readIpv6(byte[] data, int ip, int end, CapturedDatagram datagram) {
    if (end - ip < 40) {
      return false;
    }
    int payloadLength = u16(data, ip + 4);
    int to = payloadLength == 0 ? end : Math.min(end, ip + 40 + payloadLength);
    datagram.sourceHigh = i64(data, ip + 8);
    datagram.sourceLow = i64(data, ip + 16);
    datagram.destinationHigh = i64(data, ip + 24);
    datagram.destinationLow = i64(data, ip + 32);
    int header = u8(data, ip + 6);
    int from = ip + 40;
    while (header != PROTOCOL_UDP) {
      boolean isOption = header == 0 || header == 43 || header == 60;
      if (header == 44 && to - from >= 8 && u8(data, from) == PROTOCOL_UDP) {
        int fragment = u16(data, from + 2);
        boolean more = (fragment & 1) != 0;
        int id = i32(data, from + 4);
        return readFragment(id, data, from + 8, to, fragment & 0xFFF8, more, datagram);
      }
      if (!isOption || to - from < 8) {
        return false;
      }
      header = u8(data, from);
      from += (u8(data, from + 1) + 1) * 8;
    }
    return readUdp(data, from, to, datagram);
  }

  private boolean readFragment(
      int id, byte[] data, int from, int to, int offset, boolean more, CapturedDatagram datagram) {
    if (from > to) {
      return false;
    }
    byte @Nullable [] whole = fragments.add(id, data, from, to, offset, more, datagram);
    return whole != null && readUdp(whole, 0, whole.length, datagram);
  }

  private static boolean readUdp(byte[] data, int from, int to, CapturedDatagram datagram) {
    if (to - from < UDP_HEADER_OCTETS) {
      return false;
    }
    int udpLength = u16(data, from + 4);
    datagram.sourcePort = u16(data, from);
    datagram.destinationPort = u16(data, from + 2);
    datagram.data = data;
    datagram.offset = from + UDP_HEADER_OCTETS;
    int udpEnd = udpLength < UDP_HEADER_OCTETS ? to : Math.min(to, from + udpLength);
    datagram.length = udpEnd - datagram.offset;
    return true;
  }
}
