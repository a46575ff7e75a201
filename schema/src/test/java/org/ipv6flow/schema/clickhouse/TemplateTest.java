package org.ipv6flow.schema.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TemplateTest {

  @Test
  void repeatsABodyWithItsValuesAndBlocks() throws Exception {
    String text =
        """
        --@ block sums
            octets UInt64,
            bucket @{type}
        --@ end
        -- Kept.
        --@ repeat level: 1h | type: DateTime('UTC')
        --@ repeat level: 1d | type: DateTime('${time_zone}')
        CREATE TABLE t_@{level}
        (
        --@ use sums
        );
        --@ end
        SELECT 1;
        """;

    assertThat(Template.expand(text, "V"))
        .isEqualTo(
            """
            -- Kept.
            CREATE TABLE t_1h
            (
                octets UInt64,
                bucket DateTime('UTC')
            );
            CREATE TABLE t_1d
            (
                octets UInt64,
                bucket DateTime('${time_zone}')
            );
            SELECT 1;
            """);
  }

  @Test
  void textWithoutDirectivesIsReturnedAsItIs() throws Exception {
    assertThat(Template.expand("SELECT 1\r\n-- @ no\n", "V")).isEqualTo("SELECT 1\r\n-- @ no\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "--@ use sums; V:1: no block sums",
        "--@ end; V:1: end without a beginning",
        "--@ block sums; V:1: no end",
        "--@ repeat level; V:1: 'level' (expected: name: value)",
        "--@ repeat level: 1h|@{other}|--@ end; V:3: no value for @{other}",
        "--@ repeat level: 1h|--@ block b|--@ end; V:1: block within another"
      })
  void saysWhereWhatIsWrong(String text, String message) {
    assertThatThrownBy(() -> Template.expand(text.replace('|', '\n'), "V"))
        .isInstanceOf(MigrationException.class)
        .hasMessage(message);
  }
}
