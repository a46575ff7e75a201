package org.ipv6flow.benchmarks.peers;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.ipv6flow.standalone.process.FreePorts;

/** A collector that is installed on this machine, started by its command line. */
final class CommandPeer implements Peer {

  private static final int STOP_SECONDS = 3;
  private static final int START_MILLIS = 1_000;

  private final String name;
  private final String doing;
  private final Process process;
  private final int port;

  private CommandPeer(String name, String doing, Process process, int port) {
    this.name = name;
    this.doing = doing;
    this.process = process;
    this.port = port;
  }

  /** Decodes, and writes files; without compression, which is the cheapest for it. */
  static CommandPeer nfcapd(Path directory, int receiveBufferBytes)
      throws IOException, InterruptedException {
    int port = FreePorts.next();
    Path files = Files.createDirectories(directory.resolve("files"));
    List<String> command =
        List.of(
            "nfcapd",
            "-b",
            "127.0.0.1",
            "-p",
            Integer.toString(port),
            "-B",
            Integer.toString(receiveBufferBytes),
            "-w",
            files.toString());
    return start("nfcapd", "decode, write files", command, directory, port);
  }

  /**
   * Decodes the fields that ours decodes, and lets a filter stop every record before its plugin:
   * aggregating them in memory would cost it some twenty times as much.
   */
  static CommandPeer nfacctd(Path directory, int receiveBufferBytes)
      throws IOException, InterruptedException {
    int port = FreePorts.next();
    Path settings =
        Files.writeString(
            directory.resolve("nfacctd.conf"),
            """
            nfacctd_ip: 127.0.0.1
            nfacctd_port: %d
            nfacctd_pipe_size: %d
            imt_path: %s
            plugins: memory[decoded]
            aggregate[decoded]: src_host, dst_host, src_port, dst_port, proto, tos, tcpflags, \
            in_iface, out_iface, src_as, dst_as
            pre_tag_filter[decoded]: 1
            """
                .formatted(port, receiveBufferBytes, directory.resolve("plugin.pipe")));
    List<String> command = List.of("nfacctd", "-f", settings.toString());
    return start("nfacctd", "decode, no output", command, directory, port);
  }

  private static CommandPeer start(
      String name, String doing, List<String> command, Path directory, int port)
      throws IOException, InterruptedException {
    File log = directory.resolve(name + ".log").toFile();
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log).start();
    if (process.waitFor(START_MILLIS, TimeUnit.MILLISECONDS)) {
      throw new IOException(
          "%s ended at once: %s".formatted(name, Files.readString(log.toPath()).strip()));
    }
    return new CommandPeer(name, doing, process, port);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String doing() {
    return doing;
  }

  @Override
  public long pid() {
    return process.pid();
  }

  @Override
  public int udpPort() {
    return port;
  }

  @Override
  public long recordsOut() {
    return -1;
  }

  @Override
  public void close() throws InterruptedException {
    List<ProcessHandle> children = process.descendants().toList();
    process.destroy();
    if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      process.waitFor();
    }
    children.forEach(ProcessHandle::destroyForcibly);
  }
}
