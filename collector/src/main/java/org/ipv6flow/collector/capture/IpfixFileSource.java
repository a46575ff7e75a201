package org.ipv6flow.collector.capture;

import static org.ipv6flow.collector.message.Octets.u16;
import static org.ipv6flow.collector.message.Octets.u32;

import java.io.IOException;
import java.io.InputStream;
import org.ipv6flow.collector.ipfix.IpfixHeader;

/**
 * Messages of an IPFIX file (RFC 5655 section 6): one behind the other, and nothing around them.
 * They were received when they were exported, as far as anybody can tell.
 */
final class IpfixFileSource implements PacketSource {

  private static final int VERSION_AND_LENGTH_OCTETS = 4;
  private static final int EXPORT_TIME = 4;
  private static final long MILLIS_PER_SECOND = 1_000;

  private final InputStream in;
  private byte[] start;
  private boolean truncated;

  /** Reads a file whose first four octets have been read already. */
  IpfixFileSource(InputStream in, byte[] first) {
    this.in = in;
    start = first.clone();
  }

  /** Whether a file that begins with these four octets may be one. */
  static boolean isIpfix(byte[] first) {
    return u16(first, 0) == IpfixHeader.VERSION
        && IpfixHeader.length(first, 0) >= IpfixHeader.OCTETS;
  }

  @Override
  public boolean next(Frame frame) throws IOException {
    if (start.length < VERSION_AND_LENGTH_OCTETS || !isIpfix(start)) {
      // Where the next message would begin is not known.
      truncated |= start.length > 0;
      return false;
    }
    int length = IpfixHeader.length(start, 0);
    frame.ensureCapacity(length);
    System.arraycopy(start, 0, frame.data, 0, VERSION_AND_LENGTH_OCTETS);
    int rest = length - VERSION_AND_LENGTH_OCTETS;
    int read = in.readNBytes(frame.data, VERSION_AND_LENGTH_OCTETS, rest);
    start = in.readNBytes(VERSION_AND_LENGTH_OCTETS);
    if (read < rest) {
      truncated = true;
      return false;
    }
    frame.length = length;
    frame.timeMillis = u32(frame.data, EXPORT_TIME) * MILLIS_PER_SECOND;
    frame.linkType = LINK_NONE;
    return true;
  }

  @Override
  public boolean isTruncated() {
    return truncated;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
