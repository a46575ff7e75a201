package org.ipv6flow.embedded.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.clickhouse.client.api.Client;
import com.clickhouse.client.api.insert.InsertResponse;
import com.clickhouse.client.api.insert.InsertSettings;
import com.clickhouse.client.api.query.GenericRecord;
import com.clickhouse.data.ClickHouseFormat;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The unmodified client-v2, with the inserts that the stream job makes. */
@ExtendWith(EngineForTests.class)
class ClientIT {

  private static final int FIRST_SECOND = 1_700_000_000 / 3600 * 3600;

  private final EmbeddedClickHouse engine;
  private final HttpRequests http;

  ClientIT(EmbeddedClickHouse engine) {
    this.engine = engine;
    this.http = new HttpRequests(engine);
  }

  @BeforeEach
  void createTables() throws Exception {
    http.run("CREATE DATABASE IF NOT EXISTS client");
    createSummingTable("traffic_10s");
    createSummingTable("traffic_1m");
    createSummingTable("traffic_1h");
    createRollup("traffic_10s", "traffic_1m", "toStartOfMinute");
    createRollup("traffic_1m", "traffic_1h", "toStartOfHour");
  }

  private void createSummingTable(String name) throws Exception {
    http.run(
        ("CREATE TABLE client.%s (bucket DateTime('UTC'), link LowCardinality(String),"
                + " octets UInt64) ENGINE = SummingMergeTree ORDER BY (bucket, link)"
                + " SETTINGS non_replicated_deduplication_window = 100")
            .formatted(name));
  }

  private void createRollup(String from, String to, String start) throws Exception {
    http.run(
        ("CREATE MATERIALIZED VIEW client.%s_view TO client.%s AS SELECT %s(s.bucket) AS bucket,"
                + " s.link AS link, sum(s.octets) AS octets FROM client.%s AS s"
                + " GROUP BY bucket, link")
            .formatted(to, to, start, from));
  }

  @AfterEach
  void drop() throws Exception {
    http.run("DROP DATABASE client");
  }

  @ParameterizedTest
  @CsvSource({"false,false", "true,false", "false,true", "true,true"})
  void insertsRowBinaryInEveryCompression(boolean compressed, boolean http) throws Exception {
    try (Client client =
        new Client.Builder()
            .addEndpoint(engine.httpUrl())
            .setUsername("default")
            .setPassword("")
            .compressClientRequest(compressed)
            .compressServerResponse(compressed)
            .useHttpCompression(http)
            .build()) {
      byte[] rows = rows(200_000);

      try (InsertResponse response = insert(client, rows, new InsertSettings())) {
        // Two rollups: one row a minute and link, one an hour and link.
        assertThat(response.getWrittenRows()).isGreaterThan(200_000);
      }

      assertTotals(client, 200_000);
    }
  }

  @Test
  void countsAnInsertOnceThatIsSentTwiceWithOneToken() throws Exception {
    try (Client client = client()) {
      for (String token : List.of("job-1-7", "job-1-7", "job-1-8", "job-1-7")) {
        InsertSettings settings =
            new InsertSettings()
                .setDeduplicationToken(token)
                .serverSetting("deduplicate_blocks_in_dependent_materialized_views", "1");
        insert(client, rows(1000), settings).close();
      }

      assertTotals(client, 2000);
    }
  }

  /** An insert of more than one block; each block gets a token of its own from the given one. */
  @Test
  void countsALargeInsertOnceThatIsSentTwice() throws Exception {
    try (Client client = client()) {
      for (int i = 0; i < 2; i++) {
        InsertSettings settings =
            new InsertSettings()
                .setDeduplicationToken("large")
                .serverSetting("max_insert_block_size", "100000")
                .serverSetting("min_insert_block_size_rows", "100000")
                .serverSetting("deduplicate_blocks_in_dependent_materialized_views", "1");
        insert(client, rows(350_000), settings).close();
      }

      assertTotals(client, 350_000);
    }
  }

  @Test
  void bindsParametersOnTheServer() throws Exception {
    try (Client client = client()) {
      List<GenericRecord> records =
          client.queryAll(
              "SELECT {text:String} AS text, {n:UInt64} AS n",
              Map.of("text", "tab\there 'n \\ there", "n", 7));

      assertThat(records).hasSize(1);
      assertThat(records.get(0).getString("text")).isEqualTo("tab\there 'n \\ there");
      assertThat(records.get(0).getLong("n")).isEqualTo(7);
    }
  }

  @Test
  void tellsTheCodeOfAFailedInsert() {
    try (Client client = client()) {
      assertThatThrownBy(
              () ->
                  client
                      .insert(
                          "client.missing",
                          out -> out.write(new byte[8]),
                          ClickHouseFormat.RowBinary,
                          new InsertSettings())
                      .get(20, TimeUnit.SECONDS))
          .hasStackTraceContaining("Code: 60");
    }
  }

  @Test
  void refusesDataThatEndsWithinARow() throws Exception {
    try (Client client = client()) {
      byte[] cut = Arrays.copyOf(rows(10), rows(10).length - 3);

      assertThatThrownBy(() -> insert(client, cut, new InsertSettings()))
          .hasStackTraceContaining("CANNOT_READ_ALL_DATA");
      assertThat(http.run("SELECT count() FROM client.traffic_10s")).isEqualTo("0");
    }
  }

  private Client client() {
    return new Client.Builder()
        .addEndpoint(engine.httpUrl())
        .setUsername("default")
        .setPassword("")
        .setDefaultDatabase("client")
        .build();
  }

  private static InsertResponse insert(Client client, byte[] rows, InsertSettings settings)
      throws Exception {
    return client
        .insert("client.traffic_10s", out -> out.write(rows), ClickHouseFormat.RowBinary, settings)
        .get(60, TimeUnit.SECONDS);
  }

  /** One octet per row, so that rows and octets are the same number. */
  private static byte[] rows(int count) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] row = new byte[4 + 1 + 2 + 8];
    for (int i = 0; i < count; i++) {
      ByteBuffer.wrap(row)
          .order(ByteOrder.LITTLE_ENDIAN)
          .putInt(FIRST_SECOND + i % 7200 / 10 * 10)
          .put((byte) 2)
          .put((byte) 'l')
          .put((byte) ('0' + i % 10))
          .putLong(1);
      out.writeBytes(row);
    }
    return out.toByteArray();
  }

  private static void assertTotals(Client client, long octets) {
    for (String table : List.of("traffic_10s", "traffic_1m", "traffic_1h")) {
      assertThat(
              client
                  .queryAll("SELECT sum(octets) AS octets FROM client." + table)
                  .get(0)
                  .getLong("octets"))
          .as(table)
          .isEqualTo(octets);
    }
  }
}
