package org.ipv6flow.standalone.collector;

import java.nio.file.Path;
import java.util.Map;
import org.ipv6flow.collector.Collector;
import org.ipv6flow.collector.admin.StartupException;
import org.ipv6flow.collector.config.CollectorConfig;
import org.ipv6flow.schema.config.InvalidConfigException;
import org.ipv6flow.standalone.process.ParentWatch;
import org.ipv6flow.standalone.process.ReadyLine;
import org.ipv6flow.standalone.process.TerminalSignals;

/** The child process: {@code CollectorMain COLLECTOR_YAML}. */
public final class CollectorMain {

  private CollectorMain() {}

  public static void main(String[] args) {
    TerminalSignals.leaveToParent();
    Collector collector;
    try {
      collector = new Collector(CollectorConfig.load(Path.of(args[0])));
      collector.start();
    } catch (InvalidConfigException | StartupException e) {
      System.err.println(e.getMessage());
      Runtime.getRuntime().halt(1);
      return;
    }
    Runtime.getRuntime().addShutdownHook(new Thread(collector::close, "collector-shutdown"));
    ParentWatch.start();
    ReadyLine.print(System.out, Map.of("udp", collector.udpPort(), "admin", collector.adminPort()));
  }
}
