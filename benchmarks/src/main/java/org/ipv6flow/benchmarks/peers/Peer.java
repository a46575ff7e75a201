package org.ipv6flow.benchmarks.peers;

import java.io.IOException;
import java.nio.file.Path;

/** A collector that runs in a process of its own and receives on a UDP port of the loopback. */
interface Peer extends AutoCloseable {

  String name();

  /** What it does with what it receives. */
  String doing();

  long pid();

  int udpPort();

  /**
   * Flow records that came out at its other end since it was started, or -1 if it does not tell.
   */
  long recordsOut() throws IOException, InterruptedException;

  @Override
  void close() throws IOException, InterruptedException;

  /** Starts a peer, which keeps its files in a directory. */
  @FunctionalInterface
  interface Starter {
    Peer start(Path directory) throws Exception;
  }
}
