package org.ipv6flow.embedded.clickhouse.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatementTextTest {

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "SELECT 1 FORMAT JSON, JSON, SELECT 1",
        "select 1 format json ; , json, select 1",
        "SELECT 1 FORMAT CSV SETTINGS max_threads = 1, CSV, SELECT 1",
        "SELECT 'FORMAT TSV' FORMAT CSV -- FORMAT x, CSV, SELECT 'FORMAT TSV'",
      })
  void findsTheTrailingFormat(String sql, String format, String rest) {
    StatementText text = text(sql);

    assertThat(text.format()).isEqualTo(format);
    assertThat(new String(text.withoutFormat(), StandardCharsets.UTF_8).strip()).isEqualTo(rest);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT 1",
        "SELECT format FROM t",
        "SELECT 1 AS format",
        "SELECT 'x FORMAT CSV'",
        "SELECT * FROM (SELECT 1 FORMAT CSV)"
      })
  void seesNoFormatWhereNoneIs(String sql) {
    assertThat(text(sql).format()).isNull();
    assertThat(text(sql).withoutFormat()).isEqualTo(sql.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void tellsSelectsFromOtherStatements() {
    assertThat(text("/* x */ select 1").isSelect()).isTrue();
    assertThat(text("WITH 1 AS x SELECT x").isSelect()).isTrue();
    assertThat(text("(SELECT 1) UNION ALL (SELECT 2)").isSelect()).isTrue();
    assertThat(text("SHOW TABLES").isSelect()).isFalse();
    assertThat(text("EXPLAIN SELECT 1").isSelect()).isFalse();
  }

  @Test
  void knowsAnEmptyStatement() {
    assertThat(text(" \n-- nothing\n/* at all */ ").isBlank()).isTrue();
    assertThat(text("SELECT 1").isBlank()).isFalse();
  }

  @Test
  void looksForTheQueryIdWhereItTravels() {
    assertThat(rewritten("KILL QUERY WHERE query_id = 'query_id' SYNC"))
        .isEqualTo("KILL QUERY WHERE Settings['log_comment'] = 'query_id' SYNC");
    assertThat(rewritten("kill query where user = 'u' and Query_ID in ('a')"))
        .isEqualTo("kill query where user = 'u' and Settings['log_comment'] in ('a')");
    assertThat(rewritten("KILL QUERY WHERE ((query_id = 'a (') OR query_id = 'b') ASYNC"))
        .isEqualTo(
            "KILL QUERY WHERE ((Settings['log_comment'] = 'a (')"
                + " OR Settings['log_comment'] = 'b') ASYNC");
    assertThat(rewritten("SELECT query_id FROM system.processes"))
        .isEqualTo("SELECT query_id FROM system.processes");
  }

  private static String rewritten(String sql) {
    return new String(text(sql).rewritten(), StandardCharsets.UTF_8);
  }

  private static StatementText text(String sql) {
    return new StatementText(sql.getBytes(StandardCharsets.UTF_8));
  }
}
