package org.ipv6flow.collector.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ipv6flow.collector.kafka.FlowPublisher;
import org.ipv6flow.collector.kafka.UnconnectedPublisher;
import org.ipv6flow.collector.message.DropReason;
import org.ipv6flow.collector.testing.MessageBuilder;
import org.ipv6flow.collector.testing.TestCollector;
import org.ipv6flow.collector.transport.StreamCounters;
import org.junit.jupiter.api.Test;

/** What the reference says about metrics and drop reasons is what there is. */
class MetricsReferenceTest {

  private static final Path REFERENCE = Path.of("../docs/reference");
  private static final Pattern FAMILY =
      Pattern.compile("^# TYPE (collector_\\S+) ", Pattern.MULTILINE);

  @Test
  void referenceNamesEveryMetricOfTheCollector() throws IOException {
    String page = Files.readString(REFERENCE.resolve("metrics.md"));

    assertThat(families())
        .hasSizeGreaterThan(30)
        .allSatisfy(name -> assertThat(page).contains("`" + name));
  }

  @Test
  void referenceNamesNoMetricThatThereIsNot() throws IOException {
    Set<String> documented = new TreeSet<>();
    Matcher name =
        Pattern.compile("`(collector_[a-z0-9_]+)")
            .matcher(Files.readString(REFERENCE.resolve("metrics.md")));
    while (name.find()) {
      documented.add(name.group(1));
    }

    assertThat(families()).containsAll(documented);
  }

  @Test
  void referenceExplainsEveryDropReason() throws IOException {
    String page = Files.readString(REFERENCE.resolve("drop-reasons.md"));

    assertThat(List.of(DropReason.values()))
        .allSatisfy(reason -> assertThat(page).contains("| `" + reason.label() + "` |"));
  }

  private static Set<String> families() {
    Set<String> names = new TreeSet<>();
    try (FlowPublisher publisher = UnconnectedPublisher.create();
        CollectorMetrics metrics =
            new CollectorMetrics(
                List.of(new TestCollector().receive(MessageBuilder.ipfix(1)).decoder()),
                publisher,
                new StreamCounters(),
                List.of(new CollectorMetrics.SocketDrops(4739, 0, () -> 0)),
                () -> 0)) {
      Matcher family = FAMILY.matcher(metrics.scrape());
      while (family.find()) {
        names.add(family.group(1));
      }
    }
    return names;
  }
}
