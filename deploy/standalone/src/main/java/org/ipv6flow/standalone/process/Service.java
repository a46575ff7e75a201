package org.ipv6flow.standalone.process;

import java.util.concurrent.CompletableFuture;

/** A running part of the system, whatever kind of process it is. */
public interface Service {

  long pid();

  boolean isAlive();

  CompletableFuture<Integer> onExit();

  /** Ends it in good order; waits until it is gone. */
  void stop() throws InterruptedException;
}
