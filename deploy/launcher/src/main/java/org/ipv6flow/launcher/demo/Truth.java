package org.ipv6flow.launcher.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** What the simulator says was carried. */
public final class Truth {

  /** Traffic of one link direction, IP version and class in one bucket of 10 s. */
  record Cell(
      String link, String direction, int ipVersion, String trafficClass, long bucketSeconds) {}

  private static final int COLUMNS = 7;

  private final JsonNode summary;
  private final Map<Cell, Long> octets = new HashMap<>();

  private Truth(JsonNode summary) {
    this.summary = summary;
  }

  /** Reads {@code summary.json} and {@code truth.csv}. */
  public static Truth read(Path directory) throws IOException {
    Truth truth =
        new Truth(new ObjectMapper().readTree(directory.resolve("summary.json").toFile()));
    try (BufferedReader lines = Files.newBufferedReader(directory.resolve("truth.csv"))) {
      lines.readLine();
      String line;
      while ((line = lines.readLine()) != null) {
        String[] values = line.split(",");
        if (values.length != COLUMNS) {
          throw new IOException("truth.csv: unexpected line: " + line);
        }
        truth.octets.merge(
            new Cell(
                values[0],
                values[1],
                Integer.parseInt(values[2]),
                values[3],
                Long.parseLong(values[4])),
            Long.parseLong(values[5]),
            Long::sum);
      }
    }
    return truth;
  }

  /** A figure of {@code summary.json}. */
  public long summary(String key) {
    return summary.path(key).asLong();
  }

  /** Octets by cell; cells without traffic are absent. */
  Map<Cell, Long> octets() {
    return octets;
  }
}
