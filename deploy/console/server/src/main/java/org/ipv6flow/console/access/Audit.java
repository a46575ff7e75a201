package org.ipv6flow.console.access;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who asked and changed what: a JSON object a line, only ever added to. Without a file the newest
 * entries are kept in memory, and lost with the process.
 */
public final class Audit implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Audit.class);
  private static final int IN_MEMORY = 10_000;

  /** What happened. */
  public enum Kind {
    QUERY,
    LOGIN,
    CHANGE
  }

  /**
   * One entry.
   *
   * @param query the query string, without secrets
   * @param rows -1 if it has none
   */
  public record Entry(
      Instant time,
      Kind kind,
      String user,
      String role,
      @Nullable String operator,
      @Nullable String address,
      String method,
      String path,
      String query,
      int status,
      int rows,
      double millis) {}

  private final JsonMapper mapper = new JsonMapper();
  private final @Nullable Path file;
  private final Deque<JsonNode> recent = new ArrayDeque<>();
  private @Nullable BufferedWriter writer;

  public Audit(@Nullable Path file) throws IOException {
    this.file = file;
    if (file != null) {
      Path directory = file.toAbsolutePath().getParent();
      if (directory != null) {
        Files.createDirectories(directory);
      }
      writer = open(file);
    }
  }

  private static BufferedWriter open(Path path) throws IOException {
    return Files.newBufferedWriter(
        path, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  /** Adds an entry. An entry that cannot be written is an error in the log, not for who asked. */
  public synchronized void add(Entry entry) {
    ObjectNode node = mapper.createObjectNode();
    node.put("time", entry.time().toString());
    node.put("kind", entry.kind().name().toLowerCase(java.util.Locale.ROOT));
    node.put("user", entry.user());
    node.put("role", entry.role());
    node.put("operator", entry.operator());
    node.put("address", entry.address());
    node.put("method", entry.method());
    node.put("path", entry.path());
    node.put("query", entry.query());
    node.put("status", entry.status());
    if (entry.rows() < 0) {
      node.putNull("rows");
    } else {
      node.put("rows", entry.rows());
    }
    node.put("millis", Math.round(entry.millis() * 10) / 10.0);
    BufferedWriter out = writer;
    if (out == null) {
      recent.addLast(node);
      if (recent.size() > IN_MEMORY) {
        recent.removeFirst();
      }
      return;
    }
    try {
      out.write(mapper.writeValueAsString(node));
      out.write('\n');
      out.flush();
    } catch (IOException e) {
      LOG.error("audit log {}: {}", file, e.getMessage());
    }
  }

  /** The newest entries that match, newest first. */
  public synchronized List<JsonNode> newest(Predicate<JsonNode> matches, int most)
      throws IOException {
    Deque<JsonNode> found = new ArrayDeque<>();
    if (file == null) {
      recent.stream().filter(matches).forEach(node -> push(found, node, most));
    } else {
      try (Stream<String> lines = Files.lines(file, StandardCharsets.UTF_8)) {
        lines.forEach(
            line -> {
              JsonNode node = parse(line);
              if (node != null && matches.test(node)) {
                push(found, node, most);
              }
            });
      }
    }
    return new ArrayList<>(found);
  }

  private @Nullable JsonNode parse(String line) {
    try {
      return mapper.readTree(line);
    } catch (JsonProcessingException e) {
      // The last line of a process that was killed.
      return null;
    }
  }

  private static void push(Deque<JsonNode> found, JsonNode node, int most) {
    found.addFirst(node);
    if (found.size() > most) {
      found.removeLast();
    }
  }

  @Override
  public synchronized void close() throws IOException {
    if (writer != null) {
      writer.close();
      writer = null;
    }
  }
}
