package org.ipv6flow.embedded.clickhouse.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** Cuts a connection into exchanges, one at a time; all methods run on the channel's thread. */
final class ExchangeHandler extends ChannelInboundHandlerAdapter {

  private final Dispatcher dispatcher;

  /** What a client sent behind a request that is still worked on. */
  private final Queue<HttpObject> pipelined = new ArrayDeque<>();

  private @Nullable Exchange current;

  ExchangeHandler(Dispatcher dispatcher) {
    this.dispatcher = dispatcher;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (!(message instanceof HttpObject part)) {
      ReferenceCountUtil.release(message);
    } else if (part instanceof HttpRequest && current != null || !pipelined.isEmpty()) {
      pipelined.add(part);
      context.channel().config().setAutoRead(false);
    } else {
      accept(context, part);
    }
  }

  private void accept(ChannelHandlerContext context, HttpObject part) {
    if (part.decoderResult().isFailure()) {
      ReferenceCountUtil.release(part);
      abandon("the request is no HTTP");
      context.close();
      return;
    }
    if (part instanceof HttpRequest request) {
      begin(context, request);
    }
    if (part instanceof HttpContent content) {
      receive(content);
    }
  }

  private void begin(ChannelHandlerContext context, HttpRequest request) {
    if (HttpUtil.is100ContinueExpected(request)) {
      context.writeAndFlush(
          new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE));
    }
    Exchange exchange =
        new Exchange(
            request,
            new RequestBody(context.channel()),
            new ResponseStream(
                context.channel(),
                HttpUtil.isKeepAlive(request),
                request.method().equals(HttpMethod.HEAD)));
    current = exchange;
    dispatcher.dispatch(exchange, () -> context.executor().execute(() -> end(context)));
  }

  private void receive(HttpContent content) {
    if (current == null) {
      content.release();
      return;
    }
    current.body().offer(content.content());
    if (content instanceof LastHttpContent) {
      current.body().end();
    }
  }

  private void end(ChannelHandlerContext context) {
    current = null;
    while (current == null && !pipelined.isEmpty()) {
      accept(context, pipelined.remove());
      while (!pipelined.isEmpty() && !(pipelined.peek() instanceof HttpRequest)) {
        accept(context, pipelined.remove());
      }
    }
    if (pipelined.isEmpty()) {
      context.channel().config().setAutoRead(true);
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    if (current != null) {
      current.response().channelChanged();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    abandon("the client has closed the connection");
    pipelined.forEach(ReferenceCountUtil::release);
    pipelined.clear();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    abandon("the connection failed: " + cause.getMessage());
    context.close();
  }

  private void abandon(String reason) {
    if (current != null) {
      current.abandon(reason);
      dispatcher.abandoned(current);
    }
  }
}
