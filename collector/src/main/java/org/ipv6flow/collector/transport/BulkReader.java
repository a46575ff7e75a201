package org.ipv6flow.collector.transport;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.ipv6flow.schema.flow.FlowColumns;

/**
 * Reads what waits in a socket, many datagrams with one system call, into memory of its own.
 *
 * <p>The structures of {@code recvmmsg(2)} are laid out once; nothing is allocated per datagram.
 * What was read is valid until the next {@link #read}. For one thread.
 */
final class BulkReader {

  /** Most datagrams of one system call. */
  static final int MAX_DATAGRAMS = 64;

  // struct mmsghdr of 64-bit Linux: a struct msghdr, and the octets received.
  private static final int HEADER_OCTETS = 64;
  private static final int NAME = 0;
  private static final int NAME_LENGTH = 8;
  private static final int VECTOR = 16;
  private static final int VECTOR_LENGTH = 24;
  private static final int RECEIVED = 56;

  /** struct iovec. */
  private static final int VECTOR_OCTETS = 16;

  // struct sockaddr_in and sockaddr_in6.
  private static final int NAME_OCTETS = 32;
  private static final int PORT = 2;
  private static final int IPV4_ADDRESS = 4;
  private static final int IPV6_ADDRESS = 8;
  private static final int AF_INET = 2;

  private final int socket;
  private final int slotOctets;
  private final ByteBuffer headers;
  private final ByteBuffer names;

  /** The same memory as {@link #names}, for what is in network order. */
  private final ByteBuffer addresses;

  private final long headersAddress;

  /** Kept for its memory, which the kernel writes to. */
  private final ByteBuffer vectors;

  private final ByteBuf[] datagrams = new ByteBuf[MAX_DATAGRAMS];
  private int lastError;

  /**
   * @param socket file descriptor of a UDP socket; it stays its owner's
   * @param maxDatagramOctets longer datagrams are cut off
   */
  BulkReader(int socket, int maxDatagramOctets) {
    this.socket = socket;
    this.slotOctets = maxDatagramOctets;
    headers = direct(MAX_DATAGRAMS * HEADER_OCTETS);
    names = direct(MAX_DATAGRAMS * NAME_OCTETS);
    addresses = names.duplicate().order(ByteOrder.BIG_ENDIAN);
    vectors = direct(MAX_DATAGRAMS * VECTOR_OCTETS);
    headersAddress = address(headers);
    ByteBuffer slots = direct(MAX_DATAGRAMS * slotOctets);
    for (int i = 0; i < MAX_DATAGRAMS; i++) {
      int header = i * HEADER_OCTETS;
      headers.putLong(header + NAME, address(names) + (long) i * NAME_OCTETS);
      headers.putInt(header + NAME_LENGTH, NAME_OCTETS);
      headers.putLong(header + VECTOR, address(vectors) + (long) i * VECTOR_OCTETS);
      headers.putLong(header + VECTOR_LENGTH, 1);
      vectors.putLong(i * VECTOR_OCTETS, address(slots) + (long) i * slotOctets);
      vectors.putLong(i * VECTOR_OCTETS + Long.BYTES, slotOctets);
      datagrams[i] = Unpooled.wrappedBuffer(slots.slice(i * slotOctets, slotOctets));
    }
  }

  /**
   * Reads without waiting.
   *
   * @return how many datagrams; 0 if none waits, or if it failed and {@link #lastError} says why
   */
  int read() {
    int count =
        SystemCalls.recvmmsg(socket, headersAddress, MAX_DATAGRAMS, SystemCalls.DO_NOT_WAIT, 0);
    if (count < 0) {
      int error = Native.getLastError();
      lastError = error == SystemCalls.TRY_AGAIN || error == SystemCalls.INTERRUPTED ? 0 : error;
      return 0;
    }
    lastError = 0;
    return count;
  }

  /** The errno of the last read, if it failed. */
  int lastError() {
    return lastError;
  }

  /** A datagram of the last read; its memory is used again by the next. */
  ByteBuf datagram(int number) {
    int octets = Math.min(headers.getInt(number * HEADER_OCTETS + RECEIVED), slotOctets);
    return datagrams[number].setIndex(0, octets);
  }

  /** High half of the sender's address; IPv4 is IPv4-mapped. */
  long senderHigh(int number) {
    int name = number * NAME_OCTETS;
    return isIpv4(name) ? 0 : addresses.getLong(name + IPV6_ADDRESS);
  }

  long senderLow(int number) {
    int name = number * NAME_OCTETS;
    return isIpv4(name)
        ? FlowColumns.IPV4_MAPPED_PREFIX
            | Integer.toUnsignedLong(addresses.getInt(name + IPV4_ADDRESS))
        : addresses.getLong(name + IPV6_ADDRESS + Long.BYTES);
  }

  int senderPort(int number) {
    return Short.toUnsignedInt(addresses.getShort(number * NAME_OCTETS + PORT));
  }

  private boolean isIpv4(int name) {
    return names.getShort(name) == AF_INET;
  }

  private static ByteBuffer direct(int octets) {
    return ByteBuffer.allocateDirect(octets).order(ByteOrder.nativeOrder());
  }

  private static long address(ByteBuffer buffer) {
    return Pointer.nativeValue(Native.getDirectBufferPointer(buffer));
  }
}
