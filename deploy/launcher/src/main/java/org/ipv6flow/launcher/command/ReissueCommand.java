package org.ipv6flow.launcher.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.ipv6flow.jobs.config.JobConfig;
import org.ipv6flow.jobs.reissue.Difference;
import org.ipv6flow.jobs.reissue.Reissue;
import org.ipv6flow.jobs.reissue.ReissueRequest;
import org.ipv6flow.jobs.source.InventoryTopic;
import org.ipv6flow.schema.config.InvalidConfigException;
import org.ipv6flow.schema.inventory.Inventory;
import org.ipv6flow.schema.inventory.InventoryLoader;
import org.ipv6flow.schema.inventory.PublishedInventory;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code ipv6flow reissue}. */
@Command(
    name = "reissue",
    description = {
      "Makes link traffic of a past time again from Kafka, by a corrected inventory or corrected"
          + " sampling intervals, and shows the difference to what is published.",
      "With --publish the difference becomes the newest issue; earlier numbers stay readable."
    },
    mixinStandardHelpOptions = true)
public final class ReissueCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Option(
      names = "--config",
      required = true,
      paramLabel = "FILE",
      description = "settings of the job")
  private Path config = Path.of("");

  @Option(
      names = "--from",
      required = true,
      paramLabel = "TIME",
      converter = Time.class,
      description = "start of the first minute, such as 2026-11-25T08:00:00+08:00")
  private Instant from = Instant.EPOCH;

  @Option(
      names = "--until",
      required = true,
      paramLabel = "TIME",
      converter = Time.class,
      description = "end of the last minute")
  private Instant until = Instant.EPOCH;

  @Option(
      names = "--inventory",
      paramLabel = "PATH",
      description = "file or directory of the corrected inventory (default: the published ones)")
  private @Nullable Path inventory;

  @Option(
      names = "--sampling",
      paramLabel = "EXPORTER=N",
      description = "the exporter samples 1 in N, whatever its records say; may be repeated")
  private Map<String, Double> sampling = Map.of();

  @Option(
      names = "--margin",
      paramLabel = "MINUTES",
      defaultValue = "60",
      description =
          "records received so long after the end still belong to it (default: ${DEFAULT-VALUE})")
  private int marginMinutes;

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      defaultValue = "",
      description = "for those who read the numbers")
  private String reason = "";

  @Option(names = "--publish", description = "make the difference the newest issue")
  private boolean publish;

  @Override
  public Integer call() throws UserError, InvalidConfigException, InterruptedException {
    JobConfig settings = JobConfig.load(config);
    try {
      ReissueRequest request =
          new ReissueRequest(
              from,
              until,
              inventories(settings),
              sampling,
              Duration.ofMinutes(marginMinutes),
              reason);
      Reissue reissue = new Reissue(settings);
      Difference difference = reissue.compute(request);
      print(difference);
      PrintWriter out = spec.commandLine().getOut();
      if (publish) {
        out.printf("published as issue %s%n", reissue.publish(request, difference));
      } else {
        out.println("not published (--publish does)");
      }
      out.flush();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw new UserError(String.valueOf(e.getMessage()));
    }
    return ExitCode.OK;
  }

  private List<Inventory> inventories(JobConfig settings)
      throws InvalidConfigException, IOException, InterruptedException {
    return inventory == null
        ? new InventoryTopic(settings.kafka())
            .begin(InventoryLoader.load(settings.inventory())).stream()
                .map(PublishedInventory::inventory)
                .toList()
        : List.of(InventoryLoader.load(inventory));
  }

  private void print(Difference difference) {
    PrintWriter out = spec.commandLine().getOut();
    out.printf(
        "%-24s %-8s %-4s %20s %20s %20s %9s%n",
        "link", "", "IPv", "octets before", "octets after", "difference", "");
    long before = 0;
    long after = 0;
    int unchanged = 0;
    for (Map.Entry<Difference.Population, Difference.Octets> entry :
        difference.octets().entrySet()) {
      Difference.Population population = entry.getKey();
      Difference.Octets octets = entry.getValue();
      before += octets.before();
      after += octets.after();
      if (octets.before() == octets.after()) {
        unchanged++;
      } else {
        line(population.link(), population.direction(), "" + population.ipVersion(), octets);
      }
    }
    line("all", "", "", new Difference.Octets(before, after));
    out.printf(
        Locale.ROOT,
        "%,d flow records before, %,d after; %d link directions and IP versions unchanged%n",
        difference.recordsBefore(),
        difference.recordsAfter(),
        unchanged);
  }

  private void line(String link, String direction, String ipVersion, Difference.Octets octets) {
    long difference = octets.after() - octets.before();
    String percent =
        octets.before() == 0
            ? "new"
            : String.format(Locale.ROOT, "%+.2f %%", 100.0 * difference / octets.before());
    spec.commandLine()
        .getOut()
        .printf(
            Locale.ROOT,
            "%-24s %-8s %-4s %,20d %,20d %+,20d %9s%n",
            link,
            direction,
            ipVersion,
            octets.before(),
            octets.after(),
            difference,
            percent);
  }

  /** A time with its offset. */
  static final class Time implements ITypeConverter<Instant> {

    @Override
    public Instant convert(String text) {
      try {
        return OffsetDateTime.parse(text).toInstant();
      } catch (DateTimeParseException e) {
        throw new TypeConversionException(
            "'%s' (expected: such as 2026-11-25T08:00:00+08:00)".formatted(text));
      }
    }
  }
}
