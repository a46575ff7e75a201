package org.ipv6flow.embedded.clickhouse.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * The body of a request: filled by the channel's thread, read by a worker.
 *
 * <p>Stops the channel from reading while more than {@value #HIGH_BYTES} octets wait.
 */
final class RequestBody extends InputStream {

  private static final int HIGH_BYTES = 1 << 20;
  private static final int LOW_BYTES = 1 << 18;

  private final Channel channel;
  private final Queue<ByteBuf> waiting = new ArrayDeque<>();
  private int waitingBytes;
  private boolean ended;
  private @Nullable String failure;

  RequestBody(Channel channel) {
    this.channel = channel;
  }

  /** Takes {@code octets} over. */
  synchronized void offer(ByteBuf octets) {
    if (failure != null) {
      octets.release();
      return;
    }
    waiting.add(octets);
    waitingBytes += octets.readableBytes();
    if (waitingBytes > HIGH_BYTES) {
      channel.config().setAutoRead(false);
    }
    notifyAll();
  }

  synchronized void end() {
    ended = true;
    notifyAll();
  }

  /** Makes reading fail, unless the body has come in full, and frees what was not read. */
  synchronized void fail(String reason) {
    if (!ended) {
      failure = reason;
    }
    notifyAll();
  }

  synchronized void discard() {
    failure = "the request is over";
    waiting.forEach(ByteBuf::release);
    waiting.clear();
    waitingBytes = 0;
    channel.config().setAutoRead(true);
    notifyAll();
  }

  @Override
  public int read() throws IOException {
    byte[] octet = new byte[1];
    return read(octet, 0, 1) < 0 ? -1 : octet[0] & 0xff;
  }

  @Override
  public synchronized int read(byte[] into, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    ByteBuf head = awaitHead();
    if (head == null) {
      return -1;
    }
    int count = Math.min(length, head.readableBytes());
    head.readBytes(into, offset, count);
    if (!head.isReadable()) {
      waiting.remove().release();
    }
    boolean wasHigh = waitingBytes > LOW_BYTES;
    waitingBytes -= count;
    if (wasHigh && waitingBytes <= LOW_BYTES) {
      channel.config().setAutoRead(true);
    }
    return count;
  }

  private synchronized @Nullable ByteBuf awaitHead() throws IOException {
    while (true) {
      if (failure != null) {
        throw new ClientGoneException(failure);
      }
      ByteBuf head = waiting.peek();
      if (head != null && head.isReadable()) {
        return head;
      }
      if (head != null) {
        waiting.remove().release();
      } else if (ended) {
        return null;
      } else {
        awaitChange();
      }
    }
  }

  private synchronized void awaitChange() throws IOException {
    try {
      wait();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ClientGoneException("interrupted");
    }
  }
}
