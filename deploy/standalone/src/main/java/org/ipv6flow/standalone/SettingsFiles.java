package org.ipv6flow.standalone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.UUID;
import org.ipv6flow.standalone.store.ClickHouseAddress;

/**
 * Writes the settings of the collector and the job for this installation, in the format in which
 * they are given to either of them in production.
 */
final class SettingsFiles {

  private final Path directory;

  SettingsFiles(Path directory) {
    this.directory = directory;
  }

  Path collector(StandaloneOptions options, int udpPort, int adminPort, String kafka)
      throws IOException {
    return write(
        "collector.yaml",
        """
        collector:
          id: standalone
          listen:
            - address: "%s"
              port: %d
              sockets: %d
          admin:
            address: 127.0.0.1
            port: %d
          kafka:
            bootstrap-servers: "%s"
          templates:
            path: "%s"
          inventory: "%s"
        """
            .formatted(
                options.listenAddress(),
                udpPort,
                options.sockets(),
                adminPort,
                kafka,
                options.data().resolve("collector-templates").toAbsolutePath(),
                options.inventory().toAbsolutePath()));
  }

  Path jobs(
      StandaloneOptions options,
      String kafka,
      ClickHouseAddress clickHouse,
      Path checkpoints,
      int parallelism)
      throws IOException {
    return write(
        "jobs.yaml",
        """
        jobs:
          kafka:
            bootstrap-servers: "%s"
          clickhouse:
            url: "%s"
            user: "%s"
            password: "%s"
          inventory: "%s"
          checkpoint:
            interval-millis: %d
            directory: "%s"
          parallelism: %d
          outputs:
            active-prefixes:
              key: "%s"
        """
            .formatted(
                kafka,
                clickHouse.url(),
                clickHouse.user(),
                clickHouse.password(),
                options.inventory().toAbsolutePath(),
                options.checkpointIntervalMillis(),
                checkpoints.toAbsolutePath(),
                parallelism,
                pseudonymKey()));
  }

  Path console(
      StandaloneOptions options,
      ClickHouseAddress clickHouse,
      boolean isSynthetic,
      int port,
      Map<String, String> parts)
      throws IOException {
    Path data = options.data().resolve("console").toAbsolutePath();
    StringBuilder lines = new StringBuilder();
    parts.forEach((name, url) -> lines.append("    %s: \"%s\"\n".formatted(name, url)));
    return write(
        "console.yaml",
        """
        console:
          listen:
            address: 127.0.0.1
            port: %d
          clickhouse:
            url: "%s"
            user: "%s"
            password: "%s"
          data: "%s"
          audit-log: "%s"
          demo: true
          synthetic: %s
          limits:
            requests-per-minute: 6000
          parts:
        %s\
        """
            .formatted(
                port,
                clickHouse.url(),
                clickHouse.user(),
                clickHouse.password(),
                data,
                data.resolve("audit.jsonl"),
                isSynthetic,
                lines));
  }

  /** Made once: with another key, prefixes would count again. */
  private String pseudonymKey() throws IOException {
    Path file = directory.resolve("pseudonym.key");
    if (Files.notExists(file)) {
      Files.createDirectories(directory);
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(file, UUID.randomUUID().toString());
    }
    return Files.readString(file).strip();
  }

  private Path write(String name, String content) throws IOException {
    Files.createDirectories(directory);
    return Files.writeString(directory.resolve(name), content);
  }
}
