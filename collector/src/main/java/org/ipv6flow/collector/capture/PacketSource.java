package org.ipv6flow.collector.capture;

import java.io.Closeable;
import java.io.IOException;

/** The link-layer frames of a capture file, in file order. */
interface PacketSource extends Closeable {

  /** Longest frame that is believed; longer ones are a damaged file. */
  int MAX_FRAME_OCTETS = 1 << 20;

  /** In place of a link type: the frame is an export message itself. */
  int LINK_NONE = -1;

  /** Reads the next frame into {@code frame}; false at the end of the file. */
  boolean next(Frame frame) throws IOException;

  /** Whether the file ended inside a frame. */
  boolean isTruncated();

  /** A frame as captured. */
  final class Frame {
    long timeMillis;
    int linkType;
    byte[] data = new byte[0];
    int length;

    void ensureCapacity(int octets) {
      if (data.length < octets) {
        data = new byte[Math.max(octets, 2 * data.length)];
      }
    }
  }
}
