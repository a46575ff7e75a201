package org.ipv6flow.launcher.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.ipv6flow.console.clickhouse.ClickHouseAccount;
import org.ipv6flow.console.clickhouse.ClickHouseException;
import org.ipv6flow.console.report.ReportFonts;
import org.ipv6flow.console.report.ReportFormat;
import org.ipv6flow.console.report.ReportPeriod;
import org.ipv6flow.console.report.ReportWriter;
import org.ipv6flow.console.report.Snapshot;
import org.ipv6flow.console.report.SnapshotReader;
import org.ipv6flow.launcher.Main;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ipv6flow report}. */
@Command(
    name = "report",
    description = "Writes the regulator's report of a month from the published views.",
    mixinStandardHelpOptions = true)
public final class ReportCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Option(
      names = "--month",
      paramLabel = "YYYY-MM",
      required = true,
      description = "a calendar month of the reports' time zone")
  private String month = "";

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      split = ",",
      defaultValue = "html,pdf,xlsx,csv,json",
      description = "html, pdf, xlsx, csv, json (default: ${DEFAULT-VALUE})")
  private List<String> formats = List.of();

  @Option(
      names = "--lang",
      paramLabel = "LANGUAGE",
      split = ",",
      defaultValue = "zh-CN,en",
      description = "zh-CN, en (default: ${DEFAULT-VALUE})")
  private List<String> languages = List.of();

  @Option(
      names = "--clickhouse",
      paramLabel = "URL",
      defaultValue = "${env:CLICKHOUSE_URL}",
      converter = HttpUrls.class,
      description = "HTTP interface, http://user:password@host:port (default: $CLICKHOUSE_URL)")
  private @Nullable URI url;

  @Option(
      names = "--database",
      paramLabel = "NAME",
      defaultValue = "ipv6flow",
      description = "that holds the schema (default: ${DEFAULT-VALUE})")
  private String database = "ipv6flow";

  @Option(
      names = "--time-zone",
      paramLabel = "ZONE",
      defaultValue = "Asia/Shanghai",
      description = "as the schema was applied with (default: ${DEFAULT-VALUE})")
  private String timeZone = "Asia/Shanghai";

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = ".",
      description = "where the files are written (default: the current directory)")
  private Path out = Path.of(".");

  @Option(
      names = "--from-json",
      paramLabel = "FILE",
      description = "write the numbers of this JSON file again, and ask no ClickHouse")
  private @Nullable Path fromJson;

  @Option(
      names = "--against",
      paramLabel = "FILE",
      description = "the JSON file of the issue before: this one is issued with the difference")
  private @Nullable Path against;

  @Option(
      names = "--issue",
      paramLabel = "N",
      defaultValue = "2",
      description = "number of this issue, with --against (default: ${DEFAULT-VALUE})")
  private int issue;

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      defaultValue = "",
      description = "why it is issued again, with --against")
  private String reason = "";

  @Option(
      names = "--font",
      paramLabel = "FILE",
      description = "TrueType font for PDF (default: one of this machine with Chinese letters)")
  private @Nullable Path font;

  @Override
  public Integer call() throws Exception {
    ReportPeriod period = period();
    Set<ReportFormat> wanted = formats();
    for (String language : languages) {
      if (!ReportWriter.LANGUAGES.contains(language)) {
        throw invalid("--lang", language, String.join(", ", ReportWriter.LANGUAGES));
      }
    }
    PrintWriter log = spec.commandLine().getOut();
    Optional<Path> found = Optional.empty();
    if (wanted.contains(ReportFormat.PDF)) {
      try {
        found = ReportFonts.find(font);
      } catch (IOException e) {
        throw new UserError(String.valueOf(e.getMessage()));
      }
    }
    Snapshot before = against == null ? null : read(against);
    Snapshot snapshot = fromJson == null ? ask(period) : read(fromJson);
    if (!snapshot.month().equals(period.month())) {
      throw new UserError(
          "%s is of %s, not of %s".formatted(fromJson, snapshot.month(), period.month()));
    }
    Map<String, byte[]> files =
        new ReportWriter(found).write(snapshot, before, issue, reason, wanted, languages);
    try {
      Files.createDirectories(out);
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        Files.write(out.resolve(file.getKey()), file.getValue());
        log.println(out.resolve(file.getKey()));
      }
    } catch (IOException e) {
      throw new UserError("%s: %s".formatted(out, e.getMessage()));
    }
    log.println("SHA-256 of the numbers: " + snapshot.sha256());
    if (snapshot.isProvisional()) {
      log.println("Provisional: later data may still be added.");
    }
    log.flush();
    if (wanted.contains(ReportFormat.PDF) && found.isEmpty()) {
      spec.commandLine().getErr().println("No PDF: " + ReportFonts.advice());
    }
    return ExitCode.OK;
  }

  private ReportPeriod period() {
    try {
      return new ReportPeriod(YearMonth.parse(month), ZoneId.of(timeZone));
    } catch (DateTimeException e) {
      throw invalid("--month", month, "such as 2026-10, and a time zone such as Asia/Shanghai");
    }
  }

  private Set<ReportFormat> formats() {
    Set<ReportFormat> wanted = EnumSet.noneOf(ReportFormat.class);
    List<String> labels = new ArrayList<>();
    for (ReportFormat format : ReportFormat.values()) {
      labels.add(format.label());
    }
    for (String format : formats) {
      wanted.add(
          ReportFormat.of(format)
              .orElseThrow(() -> invalid("--format", format, String.join(", ", labels))));
    }
    return wanted;
  }

  private Snapshot ask(ReportPeriod period) throws UserError {
    if (url == null) {
      throw new ParameterException(
          spec.commandLine(), "--clickhouse is missing (expected: such as http://127.0.0.1:8123)");
    }
    String version = Main.class.getPackage().getImplementationVersion();
    try {
      return new SnapshotReader(
              ClickHouseAccount.of(url.toString(), database),
              version == null ? "development" : version)
          .read(period);
    } catch (ClickHouseException e) {
      throw new UserError("ClickHouse: " + e.getMessage());
    }
  }

  private static Snapshot read(Path file) throws UserError {
    try {
      return Snapshot.read(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UserError("%s: %s".formatted(file, e.getMessage()));
    }
  }

  private ParameterException invalid(String option, String value, String expected) {
    return new ParameterException(
        spec.commandLine(),
        "Invalid value for option '%s': %s (expected: %s)".formatted(option, value, expected));
  }
}
