package org.ipv6flow.embedded.clickhouse.http;

import io.netty.handler.codec.http.HttpRequest;
import org.jspecify.annotations.Nullable;

/**
 * One request and its answer.
 *
 * <p>Made by the channel's thread, worked on by a worker; only what is synchronized or volatile is
 * touched by both.
 */
final class Exchange {

  private final HttpRequest request;
  private final RequestBody body;
  private final ResponseStream response;
  private volatile @Nullable String runningQueryId;
  private volatile boolean abandoned;

  Exchange(HttpRequest request, RequestBody body, ResponseStream response) {
    this.request = request;
    this.body = body;
    this.response = response;
  }

  HttpRequest request() {
    return request;
  }

  RequestBody body() {
    return body;
  }

  ResponseStream response() {
    return response;
  }

  /** Set while the engine works on the request. */
  void setRunningQueryId(@Nullable String queryId) {
    runningQueryId = queryId;
  }

  @Nullable String runningQueryId() {
    return runningQueryId;
  }

  /** Tells whoever works on the exchange that nobody waits for its answer any more. */
  void abandon(String reason) {
    abandoned = true;
    body.fail(reason);
    response.channelChanged();
  }

  boolean isAbandoned() {
    return abandoned;
  }
}
