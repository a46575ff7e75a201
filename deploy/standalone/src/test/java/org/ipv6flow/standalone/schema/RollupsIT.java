package org.ipv6flow.standalone.schema;

import static java.time.temporal.ChronoUnit.DAYS;
import static java.time.temporal.ChronoUnit.HOURS;
import static java.time.temporal.ChronoUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.ipv6flow.standalone.schema.TestStore.period;
import static org.ipv6flow.standalone.schema.TestStore.time;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Sums stay the same from 10 seconds to a day, and an insert counts once however often it comes.
 */
@ExtendWith(TestStore.class)
final class RollupsIT {

  private static final String[] LEVELS = {"10s", "1m", "5m", "1h", "1d"};
  private static final String TOTALS =
      """
      SELECT sum(octets), sum(packets), sum(observed_octets), sum(observed_packets), sum(records),
        sum(octets_variance)
      FROM $db.link_traffic_""";

  /** One row for each of 6000 buckets of 10 s, 16 hours 40 minutes, over two days of Beijing. */
  private static final String INSERT =
      """
      INSERT INTO $db.link_traffic_10s
      SETTINGS insert_deduplication_token = '%s', async_insert = 0,
        deduplicate_blocks_in_dependent_materialized_views = 1
      SELECT toDateTime('%s', 'UTC') + 10 * number, concat('L', toString(number %% 3)),
        if(number %% 2 = 0, 'a_to_b', 'b_to_a'), if(number %% 5 = 0, 4, 6),
        if(number %% 5 = 0, 'v4_native', 'v6_native'), number, 2, 3, 4, 1, 0.25
      FROM numbers(6000)""";

  private final TestStore store;
  private final Instant midnight =
      Instant.now().atZone(ZoneId.of("Asia/Shanghai")).truncatedTo(DAYS).toInstant();

  RollupsIT(TestStore store) {
    this.store = store;
  }

  @BeforeEach
  void emptyDatabase() throws Exception {
    store.recreate();
  }

  @Test
  void totalsAreEqualAtEveryLevel() throws Exception {
    store.execute(INSERT.formatted("once", time(midnight.minus(12, HOURS))));

    // Sum of 0 … 5999 is 5999 * 6000 / 2 = 17,997,000.
    for (String level : LEVELS) {
      assertThat(store.row(TOTALS + level).values())
          .as(level)
          .containsExactly("17997000", "12000", "18000", "24000", "6000", "1500.0");
    }
    assertThat(store.value("SELECT uniqExact(bucket) FROM $db.link_traffic_1d")).isEqualTo("2");
  }

  /** Without the window on the views' targets the rollups would have 12,000 records. */
  @Test
  void insertThatIsRepeatedCountsOnceAtEveryLevel() throws Exception {
    String insert = INSERT.formatted("checkpoint-7", time(midnight.minus(12, HOURS)));
    store.execute(insert);
    store.execute(insert);

    for (String level : LEVELS) {
      assertThat(store.value("SELECT sum(records) FROM $db.link_traffic_" + level))
          .as(level)
          .isEqualTo("6000");
    }
    store.execute(INSERT.formatted("checkpoint-8", time(midnight.minus(12, HOURS))));
    for (String level : LEVELS) {
      assertThat(store.value("SELECT sum(records) FROM $db.link_traffic_" + level))
          .as(level)
          .isEqualTo("12000");
    }
  }

  @Test
  void statusThatIsRepeatedCountsOnceInQualityAndItsRollups() throws Exception {
    String insert =
        """
        INSERT INTO $db.exporter_quality_10s
        SETTINGS insert_deduplication_token = 'status-1', async_insert = 0
        SELECT toDateTime('%s', 'UTC') + 10 * number, '::ffff:127.18.0.1', 1, 'c1', 9,
          1, 100, 10, 11, 2, 1000, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, number, 2, -5, now64(3)
        FROM numbers(360)"""
            .formatted(time(midnight));
    store.execute(insert);
    store.execute(insert);

    for (String level : new String[] {"10s", "1m", "1h"}) {
      assertThat(
              store
                  .row(
                      "SELECT sum(datagrams), sum(data_records), sum(lost_messages)"
                          + " FROM $db.exporter_quality_"
                          + level)
                  .values())
          .as(level)
          .containsExactly("360", "3600", "1440");
    }
    assertThat(store.value("SELECT max(templates) FROM $db.exporter_quality_1m")).isEqualTo("359");
    // One hour: bits 0 to 59 are set.
    assertThat(
            store.value(
                "SELECT bitCount(groupBitOr(reported_minutes)) FROM $db.exporter_quality_1h"))
        .isEqualTo("60");
  }

  /** 10-second rows are kept for 3 days; what comes later still counts in the rollups. */
  @Test
  void lateRowCountsInTheRollupsThatAreOldEnough() throws Exception {
    Instant hundredDaysAgo = midnight.minus(100, DAYS);
    store.traffic(hundredDaysAgo, "L1", "a_to_b", "v6_native", 1_000_000, 0);
    store.execute("OPTIMIZE TABLE $db.link_traffic_10s FINAL");
    store.execute("OPTIMIZE TABLE $db.link_traffic_1m FINAL");

    assertThat(octets("10s")).isEqualTo("0");
    assertThat(octets("1m")).isEqualTo("0");
    assertThat(octets("5m")).isEqualTo("1000000");
    assertThat(octets("1h")).isEqualTo("1000000");
    assertThat(octets("1d")).isEqualTo("1000000");
  }

  /**
   * A period is put together from days, hours and minutes; it must equal the sum of its minutes.
   */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void periodOfAnyLengthIsTheSumOfItsMinutes(long seed) throws Exception {
    Instant start = midnight.minus(3, DAYS).minus(5, HOURS);
    store.execute(
        """
        INSERT INTO $db.link_traffic_1m
        SELECT toDateTime('%s', 'UTC') + 60 * number, 'L1', 'a_to_b', 6, 'v6_native',
          cityHash64(number) %% 1000, 1, 1, 1, 1, 0
        FROM numbers(4000)"""
            .formatted(time(start)));
    Random random = new Random(seed);

    for (int i = 0; i < 10; i++) {
      Instant from = start.plus(random.nextInt(4000), MINUTES);
      Instant until = from.plus(random.nextInt(i < 5 ? 100 : 4000), MINUTES);
      String expected =
          store.value(
              "SELECT sum(octets) FROM $db.link_traffic_1m WHERE bucket >= '%s' AND bucket < '%s'"
                  .formatted(time(from), time(until)));

      assertThat(
              store.value(
                  "SELECT sum(octets) FROM $db.link_traffic_rows(%s, step = 0)"
                      .formatted(period(from, until))))
          .as("seed %d, from %s until %s", seed, from, until)
          .isEqualTo(expected);
    }
  }

  private String octets(String level) throws Exception {
    return store.value("SELECT sum(octets) FROM $db.link_traffic_" + level);
  }
}
