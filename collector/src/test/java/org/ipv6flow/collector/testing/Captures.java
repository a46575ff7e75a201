package org.ipv6flow.collector.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Real router captures with independently derived expectations, kept outside the project: in the
 * directory named by the system property or environment variable {@code IPV6FLOW_CAPTURES}, else in
 * {@code ../shared/captures} beside the repository.
 */
public final class Captures {

  private static final String LOCATION = "IPV6FLOW_CAPTURES";
  private static final String EXPECTED_SUFFIX = ".expected.json";

  private Captures() {}

  /** One capture and what it must decode to. */
  public record Capture(String id, Path file, JsonNode expected) {

    /** Whether the expectations are exact; else only "nothing worse than drops" is asked. */
    public boolean isStrict() {
      return expected.path("strict").asBoolean();
    }

    @Override
    public String toString() {
      return id;
    }
  }

  /** All captures, by name; none where there is no such directory. */
  public static List<Capture> all() {
    Path directory = directory();
    if (directory == null) {
      return List.of();
    }
    List<Capture> captures = new ArrayList<>();
    try (Stream<Path> files = Files.list(directory)) {
      for (Path expected : files.sorted().toList()) {
        String name = expected.getFileName().toString();
        if (name.endsWith(EXPECTED_SUFFIX)) {
          String id = name.substring(0, name.length() - EXPECTED_SUFFIX.length());
          JsonNode node = new ObjectMapper().readTree(expected.toFile());
          captures.add(new Capture(id, directory.resolve(id + ".pcap"), node));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return captures;
  }

  /** Where the captures are; null if they are not on this machine. */
  public static @Nullable Path directory() {
    String configured = System.getProperty(LOCATION, System.getenv(LOCATION));
    if (configured != null) {
      return existing(Path.of(configured));
    }
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      if (Files.isDirectory(at.resolve(".ci"))) {
        return existing(at.resolveSibling("shared").resolve("captures"));
      }
    }
    return null;
  }

  private static @Nullable Path existing(Path directory) {
    return Files.isDirectory(directory) ? directory : null;
  }
}
