package org.ipv6flow.embedded.clickhouse.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.io.OutputStream;

/**
 * The answer to a request: written by a worker, sent by the channel's thread.
 *
 * <p>Status and headers may change until the first octets are sent, which is when more than the
 * buffer holds were written; a short answer is sent as a whole.
 */
final class ResponseStream extends OutputStream {

  private static final int CHUNK_BYTES = 1 << 16;
  private static final int PATIENT_BUFFER_BYTES = 1 << 20;

  private final Channel channel;
  private final boolean keepAlive;
  private final boolean headersOnly;
  private final HttpResponse head =
      new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
  private ByteBuf pending;
  private int bufferBytes = CHUNK_BYTES;
  private boolean started;
  private boolean finished;
  private long octets;

  ResponseStream(Channel channel, boolean keepAlive, boolean headersOnly) {
    this.channel = channel;
    this.keepAlive = keepAlive;
    this.headersOnly = headersOnly;
    this.pending = channel.alloc().buffer(1024);
  }

  HttpHeaders headers() {
    return head.headers();
  }

  void setStatus(HttpResponseStatus status) {
    head.setStatus(status);
  }

  /** Holds a larger answer back, so that an error after its start can still set the status. */
  void waitForEnd() {
    bufferBytes = PATIENT_BUFFER_BYTES;
  }

  /** Whether it is too late for another status. */
  boolean isStarted() {
    return started;
  }

  /** Octets of body so far, as sent. */
  long octets() {
    return octets;
  }

  /** Drops what was written and not yet sent. */
  void reset() {
    pending.clear();
  }

  @Override
  public void write(int octet) throws ClientGoneException {
    write(new byte[] {(byte) octet}, 0, 1);
  }

  @Override
  public void write(byte[] source, int offset, int length) throws ClientGoneException {
    pending.writeBytes(source, offset, length);
    octets += length;
    if (pending.readableBytes() >= bufferBytes) {
      sendChunk();
    }
  }

  /** Sends the rest. */
  void finish() {
    if (finished) {
      return;
    }
    finished = true;
    ChannelFuture last = started ? sendLast() : sendWhole();
    if (!keepAlive) {
      last.addListener(ChannelFutureListener.CLOSE);
    }
  }

  /** Breaks the connection, which is the only way to take back an answer that has started. */
  void abort() {
    if (finished) {
      return;
    }
    finished = true;
    pending.release();
    channel.close();
  }

  /** Wakes a worker that waits for the channel; called by the channel's thread. */
  synchronized void channelChanged() {
    notifyAll();
  }

  private void sendChunk() throws ClientGoneException {
    awaitWritable();
    if (!started) {
      started = true;
      bufferBytes = CHUNK_BYTES;
      head.headers().set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
      setConnection();
      channel.write(head);
    }
    if (!headersOnly) {
      channel.writeAndFlush(new DefaultHttpContent(pending));
      pending = channel.alloc().buffer(CHUNK_BYTES + 1024);
    } else {
      pending.clear();
    }
  }

  private ChannelFuture sendLast() {
    if (pending.isReadable() && !headersOnly) {
      channel.write(new DefaultHttpContent(pending));
    } else {
      pending.release();
    }
    return channel.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT);
  }

  private ChannelFuture sendWhole() {
    head.headers().set(HttpHeaderNames.CONTENT_LENGTH, pending.readableBytes());
    setConnection();
    ByteBuf content = pending;
    if (headersOnly) {
      pending.release();
      content = Unpooled.EMPTY_BUFFER;
    }
    DefaultFullHttpResponse whole =
        new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, head.status(), content);
    whole.headers().set(head.headers());
    return channel.writeAndFlush(whole);
  }

  private void setConnection() {
    head.headers()
        .set(
            HttpHeaderNames.CONNECTION,
            keepAlive ? HttpHeaderValues.KEEP_ALIVE : HttpHeaderValues.CLOSE);
  }

  private synchronized void awaitWritable() throws ClientGoneException {
    try {
      while (channel.isActive() && !channel.isWritable()) {
        wait();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ClientGoneException("interrupted");
    }
    if (!channel.isActive()) {
      throw new ClientGoneException("the client has closed the connection");
    }
  }
}
