package org.ipv6flow.launcher.command;

import java.io.IOException;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;

/**
 * Asks an engine whether it is there, before anything waits for it: its own client would wait for
 * minutes, or for ever.
 */
final class EngineCheck {

  static final Duration TIMEOUT = Duration.ofSeconds(5);

  private static final String PING = "/ping";
  private static final String FLINK_CONFIG = "/config";

  private EngineCheck() {}

  /** Returns when ClickHouse answers its ping, which needs no password. */
  static void clickHouse(String url) throws UserError {
    answers("ClickHouse", url, PING);
  }

  /** Returns when Flink's REST interface answers. */
  static void flink(String url) throws UserError {
    answers("Flink", url, FLINK_CONFIG);
  }

  private static void answers(String engine, String url, String path) throws UserError {
    try {
      HttpURLConnection connection =
          (HttpURLConnection) URI.create(url).resolve(path).toURL().openConnection();
      connection.setConnectTimeout((int) TIMEOUT.toMillis());
      connection.setReadTimeout((int) TIMEOUT.toMillis());
      int status = connection.getResponseCode();
      connection.disconnect();
      if (status != HttpURLConnection.HTTP_OK) {
        throw new UserError(
            "%s at %s: HTTP status %d from %s (expected: 200)"
                .formatted(engine, url, status, path));
      }
    } catch (SocketTimeoutException e) {
      throw new UserError(
          "%s at %s does not answer within %d s".formatted(engine, url, TIMEOUT.toSeconds()));
    } catch (UnknownHostException e) {
      throw new UserError("%s at %s: the host is not known".formatted(engine, url));
    } catch (ConnectException e) {
      throw new UserError("%s at %s cannot be reached: %s".formatted(engine, url, e.getMessage()));
    } catch (IOException e) {
      throw new UserError(
          "%s at %s: no HTTP answer (%s)".formatted(engine, url, String.valueOf(e.getMessage())));
    }
  }
}
