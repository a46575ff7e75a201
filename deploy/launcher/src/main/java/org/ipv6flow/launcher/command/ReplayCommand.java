package org.ipv6flow.launcher.command;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.ipv6flow.launcher.replay.CaptureReplay;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ipv6flow replay}. */
@Command(
    name = "replay",
    description = {
      "Sends the export packets of a capture file to a collector.",
      "Towards 127.0.0.1 each exporter of the capture gets an address of its own, 127.19.x.y."
    },
    mixinStandardHelpOptions = true)
public final class ReplayCommand implements Callable<Integer> {

  private static final int LOOPBACK_NETWORK = 19;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FILE.pcap", description = "a pcap or pcapng file, or an IPFIX file")
  private Path file = Path.of("");

  @Option(
      names = "--to",
      required = true,
      paramLabel = "HOST:PORT",
      converter = HostAndPort.class,
      description = "where the collector listens")
  private InetSocketAddress target = new InetSocketAddress(0);

  @Option(
      names = "--rate",
      paramLabel = "PPS",
      defaultValue = "1000",
      description = "datagrams per second (default: ${DEFAULT-VALUE})")
  private double rate;

  @Override
  public Integer call() throws UserError {
    if (!(rate > 0)) {
      throw new ParameterException(
          spec.commandLine(),
          "Invalid value for option '--rate': %s (expected: more than 0)".formatted(rate));
    }
    try (CaptureReplay replay = new CaptureReplay(target, LOOPBACK_NETWORK)) {
      replay.send(file, rate);
      spec.commandLine()
          .getOut()
          .printf(
              Locale.ROOT,
              "%s: %,d datagrams, %,d octets of %d exporters sent to %s%n",
              file,
              replay.datagrams(),
              replay.octets(),
              replay.exporters(),
              HostAndPort.text(target));
      spec.commandLine().getOut().flush();
    } catch (NoSuchFileException e) {
      throw new UserError(file + ": no such file");
    } catch (IOException e) {
      if (Files.isDirectory(file)) {
        throw new UserError(file + ": is a directory");
      }
      throw new UserError("%s: %s".formatted(file, e.getMessage()));
    }
    return ExitCode.OK;
  }
}
