package org.ipv6flow.collector.capture;

import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Puts IP fragments together (RFC 791 section 3.2, RFC 8200 section 4.5); the oldest unfinished
 * datagram makes room for a new one.
 */
final class FragmentAssembler {

  private static final int MAX_UNFINISHED = 256;
  private static final int MAX_OCTETS = 65_535;

  private record Key(long sourceHigh, long sourceLow, long destHigh, long destLow, int id) {}

  private static final class Unfinished {
    final byte[] data = new byte[MAX_OCTETS];
    int octets;
    int total = -1;
  }

  private final Map<Key, Unfinished> unfinished = new LinkedHashMap<>();

  /** Adds a fragment; returns the whole IP payload if it was the last one missing. */
  byte @Nullable [] add(
      int id, byte[] data, int from, int to, int offset, boolean more, CapturedDatagram ip) {
    int length = to - from;
    if (offset + length > MAX_OCTETS) {
      return null;
    }
    Key key = new Key(ip.sourceHigh, ip.sourceLow, ip.destinationHigh, ip.destinationLow, id);
    Unfinished datagram = unfinished.computeIfAbsent(key, k -> new Unfinished());
    System.arraycopy(data, from, datagram.data, offset, length);
    datagram.octets += length;
    if (!more) {
      datagram.total = offset + length;
    }
    if (datagram.total >= 0 && datagram.octets >= datagram.total) {
      unfinished.remove(key);
      return Arrays.copyOf(datagram.data, datagram.total);
    }
    if (unfinished.size() > MAX_UNFINISHED) {
      Iterator<Key> oldest = unfinished.keySet().iterator();
      oldest.next();
      oldest.remove();
    }
    return null;
  }
}
