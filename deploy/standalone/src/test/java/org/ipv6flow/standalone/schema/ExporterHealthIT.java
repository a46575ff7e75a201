package org.ipv6flow.standalone.schema;

import static java.time.temporal.ChronoUnit.HOURS;
import static java.time.temporal.ChronoUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.ipv6flow.standalone.schema.TestStore.period;
import static org.ipv6flow.standalone.schema.TestStore.time;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Health of exporters per minute, and what could not be attributed. */
@ExtendWith(TestStore.class)
final class ExporterHealthIT {

  private final TestStore store;
  private final Instant start = Instant.now().truncatedTo(HOURS).minus(1, HOURS);

  ExporterHealthIT(TestStore store) {
    this.store = store;
  }

  @BeforeEach
  void publish() throws Exception {
    store.recreate();
    store.publish(TinyNation.inventory());
  }

  @Test
  void minuteOfAnExporterSumsItsDomainsAndCollectors() throws Exception {
    // Domain 1 twice, domain 2 once: 10 + 10 + 20 records in 1 + 1 + 2 messages.
    quality(0, TinyNation.R1, 1, "c1", 9, 1, 10, 0, 1, 4, -7);
    quality(10, TinyNation.R1, 1, "c1", 9, 1, 10, 0, 1, 5, -9);
    quality(20, TinyNation.R1, 2, "c2", 9, 2, 20, 0, 0, 3, 0);
    store.execute(
        "INSERT INTO $db.exporter_drops_10s VALUES ('%s', '::ffff:%s', 1, 'c1', 'truncated', 6)"
            .formatted(time(start.plusSeconds(30)), TinyNation.R1));

    Map<String, @Nullable String> health = health("R1");

    assertThat(health)
        .containsEntry("state", "reporting")
        .containsEntry("node", "N1")
        .containsEntry("operator", "A")
        .containsEntry("collectors", "2")
        .containsEntry("observation_domains", "2")
        .containsEntry("datagrams", "4")
        .containsEntry("data_records", "40")
        .containsEntry("lost_messages", "2")
        .containsEntry("dropped", "6")
        .containsEntry("templates", "5");
    // 2 messages of domain 1 lost, 10 records each: 20 of 60.
    assertThat(Double.parseDouble(String.valueOf(health.get("loss"))))
        .isCloseTo(20.0 / 60, within(1e-12));
  }

  @Test
  @Computes("exporter_health")
  void exporterThatIsNotHeardIsSilentAndOneThatIsNotListedIsUnknown() throws Exception {
    quality(0, "127.18.9.9", 1, "c1", 10, 3, 30, 0, 0, 1, 0);

    assertThat(health("R2")).containsEntry("state", "silent").containsEntry("datagrams", "0");
    assertThat(
            store.row(
                "SELECT * FROM $db.def_exporter_health_v1(%s) WHERE exporter = ''"
                    .formatted(period(start, start.plus(1, MINUTES)))))
        .containsEntry("state", "unknown")
        .containsEntry("address", "127.18.9.9")
        .containsEntry("datagrams", "3");
    // Three exporters in two minutes, and the unknown one in one.
    assertThat(
            store.value(
                "SELECT count() FROM $db.def_exporter_health_v1(%s)"
                    .formatted(period(start, start.plus(2, MINUTES)))))
        .isEqualTo("7");
  }

  @Test
  @Computes("unattributed")
  void whatBelongsToNoLinkIsSummedByReason() throws Exception {
    for (int minute = 0; minute < 3; minute++) {
      store.execute(
          """
          INSERT INTO $db.unattributed_1m VALUES
          ('%s', '::ffff:%s', 1, 3, 'ingress', 'internal_interface', 6, 1000, 10, 100, 1, 2),
          ('%s', '::ffff:%s', 1, 2, 'ingress', 'sampling_unknown', 4, 0, 0, 100, 1, 1)
          """
              .formatted(
                  time(start.plus(minute, MINUTES)),
                  TinyNation.R2,
                  time(start.plus(minute, MINUTES)),
                  TinyNation.R2));
    }

    // The third minute is outside.
    String view = "SELECT * FROM $db.def_unattributed_v1(%s) WHERE reason = '%s'";
    String period = period(start, start.plus(2, MINUTES));
    assertThat(store.row(view.formatted(period, "internal_interface")))
        .containsEntry("exporter", "R2")
        .containsEntry("interface", "3")
        .containsEntry("octets", "2000")
        .containsEntry("records", "4");
    assertThat(store.row(view.formatted(period, "sampling_unknown")))
        .containsEntry("octets", "0")
        .containsEntry("observed_octets", "200")
        .containsEntry("records", "2");
  }

  private Map<String, @Nullable String> health(String exporter) throws Exception {
    return store.row(
        "SELECT * FROM $db.def_exporter_health_v1(%s) WHERE exporter = '%s'"
            .formatted(period(start, start.plus(1, MINUTES)), exporter));
  }

  private void quality(
      int second,
      String exporter,
      int domain,
      String collector,
      int protocolVersion,
      int datagrams,
      int dataRecords,
      int lostRecords,
      int lostMessages,
      int templates,
      int clockOffsetMillis)
      throws Exception {
    store.execute(
        """
        INSERT INTO $db.exporter_quality_10s
        (bucket, exporter, observation_domain, collector, protocol_version, datagrams,
         data_records, lost_records, lost_messages, templates, clock_offset_millis, last_received)
        VALUES ('%s', '::ffff:%s', %d, '%s', %d, %d, %d, %d, %d, %d, %d, '%s')
        """
            .formatted(
                time(start.plusSeconds(second)),
                exporter,
                domain,
                collector,
                protocolVersion,
                datagrams,
                dataRecords,
                lostRecords,
                lostMessages,
                templates,
                clockOffsetMillis,
                time(start.plusSeconds(second + 9L))));
  }
}
