package org.ipv6flow.collector.transport;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.unix.RawUnixChannelOption;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Spreads the datagrams of a port over the sockets that share it, whoever sent them.
 *
 * <p>By itself the kernel chooses the socket by addresses and ports, so that one busy exporter
 * keeps one event loop busy and leaves the others idle. A program of three instructions of classic
 * BPF (socket(7), SO_ATTACH_REUSEPORT_CBPF) chooses at random instead; it needs no privilege.
 */
final class Spreading {

  private static final int SOL_SOCKET = 1;
  private static final int SO_ATTACH_REUSEPORT_CBPF = 51;

  /** struct sock_fprog: the number of instructions, padding, and their address. */
  private static final int PROGRAM_OCTETS = 16;

  /** struct sock_filter: a code, two jumps, and an operand. */
  private static final int INSTRUCTION_OCTETS = 8;

  private static final int INSTRUCTIONS = 3;

  /** BPF_LD | BPF_W | BPF_ABS. */
  private static final short LOAD = 0x20;

  /** SKF_AD_OFF + SKF_AD_RANDOM. */
  private static final int RANDOM = -0x1000 + 56;

  /** BPF_ALU | BPF_MOD | BPF_K. */
  private static final short MODULO = (short) 0x94;

  /** BPF_RET | BPF_A. */
  private static final short RETURN = 0x16;

  private static final RawUnixChannelOption ATTACH =
      new RawUnixChannelOption(
          "SO_ATTACH_REUSEPORT_CBPF", SOL_SOCKET, SO_ATTACH_REUSEPORT_CBPF, PROGRAM_OCTETS);

  private Spreading() {}

  /**
   * Attaches the program to the group of sockets that a socket belongs to.
   *
   * @param sockets how many there are in the group; all must be bound
   */
  static void attach(DatagramChannel channel, int sockets) {
    // The kernel copies the instructions when the option is set.
    try (Memory instructions = new Memory((long) INSTRUCTIONS * INSTRUCTION_OCTETS)) {
      put(instructions, 0, LOAD, RANDOM);
      put(instructions, 1, MODULO, sockets);
      put(instructions, 2, RETURN, 0);
      ByteBuffer program =
          ByteBuffer.allocateDirect(PROGRAM_OCTETS)
              .order(ByteOrder.nativeOrder())
              .putShort(0, (short) INSTRUCTIONS)
              .putLong(Long.BYTES, Pointer.nativeValue(instructions));
      channel.config().setOption(ATTACH, program);
    }
  }

  private static void put(Memory instructions, int number, short code, int operand) {
    long at = (long) number * INSTRUCTION_OCTETS;
    instructions.setShort(at, code);
    instructions.setShort(at + 2, (short) 0);
    instructions.setInt(at + 4, operand);
  }
}
