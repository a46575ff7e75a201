package org.ipv6flow.launcher.command;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.ipv6flow.collector.Collector;
import org.ipv6flow.collector.config.CollectorConfig;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;

/** {@code ipv6flow collector}. */
@Command(
    name = "collector",
    description = "Receives NetFlow v9 and IPFIX and publishes flow records to Kafka.",
    mixinStandardHelpOptions = true)
public final class CollectorCommand implements Callable<Integer> {

  @Option(
      names = "--config",
      required = true,
      paramLabel = "FILE",
      description = "settings (docs/reference/collector-configuration.md)")
  private Path config = Path.of("");

  @Override
  public Integer call() throws Exception {
    // Before anything logs: the level is read once.
    System.setProperty("ipv6flow.log.level", "info");
    CollectorConfig settings = CollectorConfig.load(config);
    Collector collector = new Collector(settings);
    collector.start();
    Foreground.runUntilSignal(collector::close);
    return ExitCode.OK;
  }
}
