package org.ipv6flow.collector.transport;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.stream.Stream;
import org.ipv6flow.collector.testing.ExporterStyles;
import org.ipv6flow.collector.testing.MessageBuilder;
import org.ipv6flow.collector.testing.RecordBuilder;
import org.junit.jupiter.params.provider.MethodSource;

/** A stream of arbitrary octets, in pieces of any length, is cut into messages and one rest. */
class IpfixFramesFuzzTest {

  static Stream<byte[]> streams() {
    byte[] one = ExporterStyles.ipv6Message(1, 3);
    byte[] two = MessageBuilder.ipfix(2).template(256, MessageBuilder.field(1, 4)).build();
    RecordBuilder good = RecordBuilder.record().u8(9).octets(one).octets(two).octets(one);
    return Stream.of(
        good.build(),
        RecordBuilder.record().u8(1).octets(two).octets(two).zeros(9).build(),
        RecordBuilder.record().u8(0).octets(one).u16(10).u16(15).zeros(40).build(),
        RecordBuilder.record().u8(250).octets(two).u16(10).u16(900).zeros(40).build());
  }

  /** The first octet says how long the pieces are. */
  @MethodSource("streams")
  @FuzzTest
  void stream(byte[] input) {
    if (input.length == 0) {
      return;
    }
    int piece = Byte.toUnsignedInt(input[0]) + 1;
    IpfixFrames frames = new IpfixFrames();
    EmbeddedChannel channel = new EmbeddedChannel(frames);
    for (int at = 1; at < input.length; at += piece) {
      int octets = Math.min(piece, input.length - at);
      channel.writeInbound(Unpooled.copiedBuffer(input, at, octets));
    }
    channel.finish();

    int passedOn = 0;
    boolean ended = false;
    for (Object message = channel.readInbound(); message != null; message = channel.readInbound()) {
      if (message == IpfixFrames.End.MALFORMED) {
        ended = true;
        continue;
      }
      assertThat(ended).as("messages after what is none").isFalse();
      ByteBuf octets = (ByteBuf) message;
      for (int i = 0; i < octets.readableBytes(); i++) {
        assertThat(octets.getByte(i)).isEqualTo(input[1 + passedOn++]);
      }
      octets.release();
    }
    // Nothing is passed over but what follows octets that are no message.
    assertThat(passedOn == input.length - 1 || ended || frames.isTruncated()).isTrue();
  }
}
