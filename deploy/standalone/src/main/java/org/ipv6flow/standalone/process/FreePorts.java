package org.ipv6flow.standalone.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Finds ports that nobody uses, for engines that must know their port before they start. */
public final class FreePorts {

  private FreePorts() {}

  /** A TCP port of the loopback address that was free a moment ago. */
  public static int next() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException("no free port", e);
    }
  }

  /** The port asked for, or a free one when that is 0. */
  public static int orNext(int port) {
    return port == 0 ? next() : port;
  }
}
