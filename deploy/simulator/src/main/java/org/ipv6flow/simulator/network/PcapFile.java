package org.ipv6flow.simulator.network;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/** A capture file of Ethernet frames that is being written (pcap, microseconds). */
public final class PcapFile implements Closeable {

  private static final int MAGIC_MICROSECONDS = 0xa1b2c3d4;
  private static final int LINK_TYPE_ETHERNET = 1;
  private static final int MAX_FRAME_OCTETS = 65_535;
  private static final int FILE_HEADER_OCTETS = 24;
  private static final int FRAME_HEADER_OCTETS = 16;
  private static final long MICROS_PER_SECOND = 1_000_000;

  private final OutputStream out;
  private final ByteBuffer header =
      ByteBuffer.allocate(FRAME_HEADER_OCTETS).order(ByteOrder.LITTLE_ENDIAN);

  public PcapFile(Path file) throws IOException {
    out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16);
    ByteBuffer start = ByteBuffer.allocate(FILE_HEADER_OCTETS).order(ByteOrder.LITTLE_ENDIAN);
    start.putInt(MAGIC_MICROSECONDS).putShort((short) 2).putShort((short) 4);
    start.putInt(0).putInt(0).putInt(MAX_FRAME_OCTETS).putInt(LINK_TYPE_ETHERNET);
    out.write(start.array());
  }

  /**
   * Begins a frame, whose octets {@link #write} adds.
   *
   * @param timeMicros since the epoch
   */
  public void frame(long timeMicros, int octets) throws IOException {
    header.clear();
    header.putInt((int) (timeMicros / MICROS_PER_SECOND));
    header.putInt((int) (timeMicros % MICROS_PER_SECOND));
    header.putInt(octets).putInt(octets);
    out.write(header.array());
  }

  /** Adds octets to the frame begun last. */
  public void write(byte[] octets, int from, int count) throws IOException {
    out.write(octets, from, count);
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
