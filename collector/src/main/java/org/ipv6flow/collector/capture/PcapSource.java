package org.ipv6flow.collector.capture;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Frames of a pcap file: a header of 24 octets, then frames with a header of 16 octets each. */
final class PcapSource implements PacketSource {

  static final int MAGIC_MICROSECONDS = 0xA1B2C3D4;
  static final int MAGIC_NANOSECONDS = 0xA1B23C4D;

  private static final int FILE_HEADER_OCTETS = 24;
  private static final int MAGIC_OCTETS = 4;
  private static final int LINK_TYPE_OFFSET = 20;
  private static final int LINK_TYPE_MASK = 0xFFFF;
  private static final int FRAME_HEADER_OCTETS = 16;

  private final InputStream in;
  private final ByteOrder order;
  private final int fractionsPerMilli;
  private final int linkType;
  private boolean truncated;

  /** Reads the rest of the file header, whose first four octets were the magic number. */
  PcapSource(InputStream in, ByteOrder order, int magic) throws IOException {
    this.in = in;
    this.order = order;
    fractionsPerMilli = magic == MAGIC_NANOSECONDS ? 1_000_000 : 1_000;
    byte[] header = in.readNBytes(FILE_HEADER_OCTETS - MAGIC_OCTETS);
    if (header.length < FILE_HEADER_OCTETS - MAGIC_OCTETS) {
      throw new NotACaptureException("pcap file header cut short");
    }
    linkType =
        ByteBuffer.wrap(header).order(order).getInt(LINK_TYPE_OFFSET - MAGIC_OCTETS)
            & LINK_TYPE_MASK;
  }

  @Override
  public boolean next(Frame frame) throws IOException {
    byte[] header = in.readNBytes(FRAME_HEADER_OCTETS);
    if (header.length < FRAME_HEADER_OCTETS) {
      truncated |= header.length > 0;
      return false;
    }
    ByteBuffer fields = ByteBuffer.wrap(header).order(order);
    long seconds = fields.getInt() & 0xFFFF_FFFFL;
    long fraction = fields.getInt() & 0xFFFF_FFFFL;
    int length = fields.getInt();
    if (length < 0 || length > MAX_FRAME_OCTETS) {
      truncated = true;
      return false;
    }
    frame.ensureCapacity(length);
    frame.length = in.readNBytes(frame.data, 0, length);
    frame.timeMillis = seconds * 1_000 + fraction / fractionsPerMilli;
    frame.linkType = linkType;
    truncated |= frame.length < length;
    return frame.length == length;
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
