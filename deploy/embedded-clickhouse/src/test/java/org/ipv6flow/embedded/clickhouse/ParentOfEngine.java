package org.ipv6flow.embedded.clickhouse;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** A program that starts an engine, prints its process ID, and waits to be killed. */
final class ParentOfEngine {

  private ParentOfEngine() {}

  public static void main(String[] args) throws Exception {
    try (EmbeddedClickHouse engine =
        EmbeddedClickHouse.builder().dataDir(Path.of(args[0])).start()) {
      System.out.println(engine.pid());
      new CountDownLatch(1).await();
    }
  }
}
