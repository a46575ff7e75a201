package org.ipv6flow.collector.capture;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Frames of a pcapng file: blocks of a type, a length, a body and the length again. Section headers
 * set the byte order, interface descriptions the link type and the resolution of times.
 */
final class PcapngSource implements PacketSource {

  static final int SECTION_HEADER = 0x0A0D0D0A;

  private static final int INTERFACE_DESCRIPTION = 1;
  private static final int SIMPLE_PACKET = 3;
  private static final int ENHANCED_PACKET = 6;
  private static final int BYTE_ORDER_MAGIC = 0x1A2B3C4D;
  private static final int OPTION_TIME_RESOLUTION = 9;
  private static final int MIN_BLOCK_OCTETS = 12;
  private static final int BLOCK_HEADER_OCTETS = 8;
  private static final int BLOCK_TRAILER_OCTETS = 4;
  private static final int MAX_BLOCK_OCTETS = 2 * MAX_FRAME_OCTETS;
  private static final int MAX_INTERFACES = 1_024;

  private record Interface(int linkType, double millisPerUnit) {}

  private final InputStream in;
  private final List<Interface> interfaces = new ArrayList<>();
  private ByteOrder order = ByteOrder.LITTLE_ENDIAN;
  private boolean atFirstBlock = true;
  private boolean truncated;

  /** The four octets of the first block's type were read already. */
  PcapngSource(InputStream in) {
    this.in = in;
  }

  @Override
  public boolean next(Frame frame) throws IOException {
    while (true) {
      int type = SECTION_HEADER;
      if (!atFirstBlock) {
        byte[] typeOctets = in.readNBytes(Integer.BYTES);
        if (typeOctets.length < Integer.BYTES) {
          truncated |= typeOctets.length > 0;
          return false;
        }
        type = ByteBuffer.wrap(typeOctets).order(order).getInt();
      }
      atFirstBlock = false;
      ByteBuffer body = readBody(type);
      if (body == null) {
        truncated = true;
        return false;
      }
      if (type == INTERFACE_DESCRIPTION && interfaces.size() < MAX_INTERFACES) {
        readInterface(body);
      } else if (type == ENHANCED_PACKET && readEnhancedPacket(body, frame)) {
        return true;
      } else if (type == SIMPLE_PACKET && readSimplePacket(body, frame)) {
        return true;
      }
    }
  }

  private @Nullable ByteBuffer readBody(int type) throws IOException {
    byte[] lengthOctets = in.readNBytes(Integer.BYTES);
    if (lengthOctets.length < Integer.BYTES) {
      return null;
    }
    int magicOctets = 0;
    if (type == SECTION_HEADER) {
      // The byte order of a section is known only from the magic number behind the length.
      byte[] magic = in.readNBytes(Integer.BYTES);
      if (magic.length < Integer.BYTES) {
        return null;
      }
      magicOctets = Integer.BYTES;
      boolean bigEndian =
          ByteBuffer.wrap(magic).order(ByteOrder.BIG_ENDIAN).getInt() == BYTE_ORDER_MAGIC;
      order = bigEndian ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
      interfaces.clear();
    }
    int length = ByteBuffer.wrap(lengthOctets).order(order).getInt();
    int bodyOctets = length - BLOCK_HEADER_OCTETS - BLOCK_TRAILER_OCTETS - magicOctets;
    if (length < MIN_BLOCK_OCTETS || length > MAX_BLOCK_OCTETS || bodyOctets < 0) {
      return null;
    }
    byte[] body = in.readNBytes(bodyOctets);
    byte[] trailer = in.readNBytes(BLOCK_TRAILER_OCTETS);
    if (body.length < bodyOctets || trailer.length < BLOCK_TRAILER_OCTETS) {
      return null;
    }
    return ByteBuffer.wrap(body).order(order);
  }

  private void readInterface(ByteBuffer body) {
    if (body.remaining() < 8) {
      return;
    }
    int linkType = body.getShort() & 0xFFFF;
    body.position(8);
    double millisPerUnit = 1e-3;
    while (body.remaining() >= 4) {
      int code = body.getShort() & 0xFFFF;
      int length = body.getShort() & 0xFFFF;
      if (code == 0 || length > body.remaining()) {
        break;
      }
      if (code == OPTION_TIME_RESOLUTION && length >= 1) {
        int resolution = body.get(body.position()) & 0xFF;
        double base = (resolution & 0x80) == 0 ? 10 : 2;
        millisPerUnit = 1_000 * Math.pow(base, -(resolution & 0x7F));
      }
      body.position(Math.min(body.position() + (length + 3 & ~3), body.limit()));
    }
    interfaces.add(new Interface(linkType, millisPerUnit));
  }

  private boolean readEnhancedPacket(ByteBuffer body, Frame frame) {
    if (body.remaining() < 20) {
      return false;
    }
    int interfaceId = body.getInt();
    long units = (body.getInt() & 0xFFFF_FFFFL) << 32 | body.getInt() & 0xFFFF_FFFFL;
    int captured = body.getInt();
    body.getInt();
    if (interfaceId < 0 || interfaceId >= interfaces.size()) {
      return false;
    }
    Interface from = interfaces.get(interfaceId);
    frame.timeMillis = (long) (units * from.millisPerUnit());
    return copy(body, captured, from.linkType(), frame);
  }

  private boolean readSimplePacket(ByteBuffer body, Frame frame) {
    if (body.remaining() < 4 || interfaces.isEmpty()) {
      return false;
    }
    int original = body.getInt();
    frame.timeMillis = 0;
    return copy(body, Math.min(original, body.remaining()), interfaces.get(0).linkType(), frame);
  }

  private static boolean copy(ByteBuffer body, int captured, int linkType, Frame frame) {
    if (captured < 0 || captured > body.remaining()) {
      return false;
    }
    frame.ensureCapacity(captured);
    body.get(frame.data, 0, captured);
    frame.length = captured;
    frame.linkType = linkType;
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
