package org.ipv6flow.collector.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.List;
import org.ipv6flow.collector.ipfix.IpfixHeader;

/**
 * Cuts a stream into IPFIX messages by the length in their header (RFC 7011 section 10.4). What is
 * no IPFIX message is passed on as the last one, so that it is counted: where the next would begin
 * is not known.
 */
final class IpfixFrames extends ByteToMessageDecoder {

  private static final int VERSION_AND_LENGTH_OCTETS = 4;

  private boolean ended;
  private boolean truncated;

  @Override
  protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
    if (ended) {
      in.skipBytes(in.readableBytes());
      return;
    }
    int available = in.readableBytes();
    if (available < VERSION_AND_LENGTH_OCTETS) {
      return;
    }
    int version = in.getUnsignedShort(in.readerIndex());
    int length = in.getUnsignedShort(in.readerIndex() + 2);
    if (version != IpfixHeader.VERSION || length < IpfixHeader.OCTETS) {
      ended = true;
      out.add(in.readRetainedSlice(available));
      out.add(End.MALFORMED);
    } else if (available >= length) {
      out.add(in.readRetainedSlice(length));
    }
  }

  @Override
  protected void decodeLast(ChannelHandlerContext context, ByteBuf in, List<Object> out)
      throws Exception {
    super.decodeLast(context, in, out);
    truncated = in.isReadable();
  }

  /** Whether the stream ended in the middle of a message. */
  boolean isTruncated() {
    return truncated;
  }

  /** After this nothing of the stream can be read. */
  enum End {
    MALFORMED
  }
}
