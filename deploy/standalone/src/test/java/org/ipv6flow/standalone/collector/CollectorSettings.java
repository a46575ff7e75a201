package org.ipv6flow.standalone.collector;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Settings of a collector that keeps what it knows over a restart. */
final class CollectorSettings {

  private CollectorSettings() {}

  static Path write(Path directory, int udpPort, String kafka) throws IOException {
    return Files.writeString(
        directory.resolve("collector.yaml"),
        """
        collector:
          id: tested
          listen:
            - address: 127.0.0.1
              port: %d
          admin:
            port: 0
          kafka:
            bootstrap-servers: "%s"
          templates:
            path: state/templates
        """
            .formatted(udpPort, kafka));
  }
}
