package org.ipv6flow.console.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.ipv6flow.console.clickhouse.ClickHouseAccount;
import org.ipv6flow.console.clickhouse.ClickHouseException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reports for the API: makes them one at a time beside requests, and keeps every issue of every
 * month in a directory of its own, {@code DATA/reports/2026-10/1}. An issue is never changed.
 */
public final class ReportService implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ReportService.class);
  private static final String FACTS = "issue.json";
  private static final int MOST_CHANGES = 500;

  private final SnapshotReader reader;
  private final Path directory;
  private final ZoneId zone;
  private final Clock clock;
  private final ExecutorService worker =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread thread = new Thread(task, "reports");
            thread.setDaemon(true);
            return thread;
          });

  /**
   * @param directory of the reports; made if it is not there
   */
  public ReportService(
      ClickHouseAccount account, String version, Path directory, ZoneId zone, Clock clock)
      throws IOException {
    this.reader = new SnapshotReader(account, version);
    this.directory = Files.createDirectories(directory);
    this.zone = zone;
    this.clock = clock;
  }

  /** All months, the newest first. */
  public ObjectNode list() throws IOException {
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    ArrayNode reports = answer.putArray("reports");
    List<Path> months;
    try (Stream<Path> children = Files.list(directory)) {
      months =
          children
              .filter(child -> child.getFileName().toString().matches("[0-9]{4}-[0-9]{2}"))
              .sorted(Comparator.reverseOrder())
              .toList();
    }
    for (Path month : months) {
      reports.add(report(YearMonth.parse(month.getFileName().toString())));
    }
    return answer;
  }

  /** A month with its issues, the newest first; without any if there is no report. */
  public ObjectNode report(YearMonth month) throws IOException {
    ObjectNode report = JsonNodeFactory.instance.objectNode();
    report.put("month", month.toString());
    ArrayNode issues = report.putArray("issues");
    for (int number = newest(month); number > 0; number--) {
      Path facts = issue(month, number).resolve(FACTS);
      if (Files.exists(facts)) {
        issues.add(Snapshot.MAPPER.readTree(facts.toFile()));
      }
    }
    return report;
  }

  /**
   * Begins to make a report; {@link #report} tells how far it is.
   *
   * @param reason why it is issued again; empty for a first issue
   */
  public synchronized ObjectNode create(
      YearMonth month, Set<ReportFormat> formats, List<String> languages, String reason)
      throws IOException {
    int number = newest(month) + 1;
    Path folder = Files.createDirectories(issue(month, number));
    ObjectNode facts = JsonNodeFactory.instance.objectNode();
    facts.put("issue", number);
    facts.putNull("issuedAt");
    facts.put("state", "running");
    facts.putNull("completeness");
    facts.put("reason", reason.isEmpty() ? null : reason);
    facts.putArray("files");
    write(folder, facts);
    Set<ReportFormat> wanted = EnumSet.copyOf(formats);
    worker.execute(() -> make(month, number, wanted, List.copyOf(languages), reason, facts));
    return report(month);
  }

  /** A file of the newest issue that has it. */
  public Optional<Path> file(YearMonth month, String name) throws IOException {
    for (int number = newest(month); number > 0; number--) {
      JsonNode facts = facts(month, number);
      for (JsonNode file : facts.path("files")) {
        if (file.path("name").asText().equals(name)) {
          return Optional.of(issue(month, number).resolve(name));
        }
      }
    }
    return Optional.empty();
  }

  /** Of a file's name. */
  public static String mediaType(String file) {
    return ReportFormat.mediaType(file);
  }

  private void make(
      YearMonth month,
      int number,
      Set<ReportFormat> formats,
      List<String> languages,
      String reason,
      ObjectNode facts) {
    Path folder = issue(month, number);
    try {
      Snapshot snapshot = reader.read(new ReportPeriod(month, zone));
      Snapshot before = before(month, number);
      Optional<Path> font = ReportFonts.find(null);
      Map<String, byte[]> files =
          new ReportWriter(font).write(snapshot, before, number, reason, formats, languages);
      ArrayNode listed = facts.putArray("files");
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        Files.write(folder.resolve(file.getKey()), file.getValue());
        ObjectNode node = listed.addObject();
        node.put("name", file.getKey());
        node.put("mediaType", mediaType(file.getKey()));
        node.put(
            "language",
            languages.stream()
                .filter(language -> file.getKey().contains("." + language + "."))
                .findFirst()
                .orElse(null));
        node.put("size", file.getValue().length);
        node.put("sha256", Snapshot.sha256(file.getValue()));
      }
      facts.put("issuedAt", clock.instant().toString());
      facts.put("state", "issued");
      facts.set("completeness", snapshot.completeness());
      facts.put("provisional", snapshot.isProvisional());
      facts.put(
          "problem",
          formats.contains(ReportFormat.PDF) && font.isEmpty()
              ? "no PDF: " + ReportFonts.advice()
              : null);
      changes(before, snapshot, facts.putArray("changes"));
      write(folder, facts);
    } catch (IOException | ClickHouseException | RuntimeException e) {
      LOG.warn("report of {} failed", month, e);
      facts.put("state", "failed");
      facts.put("problem", String.valueOf(e.getMessage()));
      try {
        write(folder, facts);
      } catch (IOException again) {
        LOG.warn("{}: {}", folder, again.getMessage());
      }
    }
  }

  private static void changes(@Nullable Snapshot before, Snapshot after, ArrayNode changes) {
    if (before == null) {
      return;
    }
    SnapshotDifference.between(before, after).stream()
        .limit(MOST_CHANGES)
        .forEach(
            change -> {
              ObjectNode node = changes.addObject();
              node.put("table", change.table());
              node.put("row", change.row());
              node.put("column", change.column());
              node.set("before", value(change.before()));
              node.set("after", value(change.after()));
            });
  }

  private static JsonNode value(JsonNode node) {
    return node.isMissingNode() ? JsonNodeFactory.instance.nullNode() : node;
  }

  /** The numbers of the newest issue before one. */
  private @Nullable Snapshot before(YearMonth month, int number) throws IOException {
    for (int earlier = number - 1; earlier > 0; earlier--) {
      Path json = issue(month, earlier).resolve("ipv6flow-" + month + ".json");
      if (Files.exists(json)) {
        return Snapshot.read(Files.readAllBytes(json));
      }
    }
    return null;
  }

  private JsonNode facts(YearMonth month, int number) throws IOException {
    Path facts = issue(month, number).resolve(FACTS);
    return Files.exists(facts)
        ? Snapshot.MAPPER.readTree(facts.toFile())
        : JsonNodeFactory.instance.objectNode();
  }

  /** As a whole, or not at all. */
  private static void write(Path folder, ObjectNode facts) throws IOException {
    Path written = folder.resolve(FACTS + ".new");
    Files.write(written, Snapshot.MAPPER.writeValueAsBytes(facts));
    Files.move(written, folder.resolve(FACTS), StandardCopyOption.REPLACE_EXISTING);
  }

  private Path issue(YearMonth month, int number) {
    return directory.resolve(month.toString()).resolve(Integer.toString(number));
  }

  /** Number of the newest issue; 0 without any. */
  private int newest(YearMonth month) throws IOException {
    Path folder = directory.resolve(month.toString());
    if (!Files.isDirectory(folder)) {
      return 0;
    }
    List<Integer> numbers = new ArrayList<>(List.of(0));
    try (Stream<Path> children = Files.list(folder)) {
      children
          .map(child -> child.getFileName().toString())
          .filter(name -> name.matches("[0-9]{1,6}"))
          .forEach(name -> numbers.add(Integer.parseInt(name)));
    }
    return numbers.stream().max(Comparator.naturalOrder()).orElse(0);
  }

  @Override
  public void close() {
    worker.shutdownNow();
  }
}
