package org.ipv6flow.embedded.clickhouse.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.ipv6flow.embedded.clickhouse.http.InsertSplitter.Kind;
import org.ipv6flow.embedded.clickhouse.http.InsertSplitter.Split;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class InsertSplitterTest {

  /** Text, statement without its clause, format, data. */
  static List<List<String>> insertsWithData() {
    return List.of(
        List.of("INSERT INTO t FORMAT CSV\n1,2\n", "INSERT INTO t", "CSV", "1,2\n"),
        List.of("insert into t format csv 1,2", "insert into t", "csv", "1,2"),
        List.of("INSERT INTO t FORMAT CSV\n\n1", "INSERT INTO t", "CSV", "\n1"),
        List.of("INSERT INTO t FORMAT CSV \r\n1", "INSERT INTO t", "CSV", "1"),
        List.of(
            "INSERT INTO t (a, b) VALUES (1, 2);", "INSERT INTO t (a, b)", "Values", " (1, 2);"),
        List.of("INSERT INTO t (a)VALUES(1)", "INSERT INTO t (a)", "Values", "(1)"),
        List.of("INSERT INTO t FORMAT Values (1)", "INSERT INTO t", "Values", "(1)"),
        List.of(
            "INSERT INTO t SETTINGS x = 1 FORMAT TSV\n1",
            "INSERT INTO t SETTINGS x = 1",
            "TSV",
            "1"),
        List.of(
            "INSERT INTO TABLE db.values FORMAT TSV\n1", "INSERT INTO TABLE db.values", "TSV", "1"),
        List.of("INSERT INTO format FORMAT TSV\n1", "INSERT INTO format", "TSV", "1"),
        List.of("INSERT INTO `format` FORMAT TSV\n1", "INSERT INTO `format`", "TSV", "1"),
        List.of(
            "INSERT INTO t (`values`, \"format\") FORMAT TSV\n1",
            "INSERT INTO t (`values`, \"format\")",
            "TSV",
            "1"),
        List.of(
            "/* a /* b */ FORMAT x */ INSERT -- FORMAT y\nINTO t FORMAT TSV\n1",
            "/* a /* b */ FORMAT x */ INSERT -- FORMAT y\nINTO t",
            "TSV",
            "1"),
        List.of(
            "INSERT INTO FUNCTION file('FORMAT (') FORMAT TSV\n1",
            "INSERT INTO FUNCTION file('FORMAT (')",
            "TSV",
            "1"),
        List.of(
            "INSERT INTO t FORMAT RowBinary\nINSERT INTO u FORMAT x",
            "INSERT INTO t",
            "RowBinary",
            "INSERT INTO u FORMAT x"));
  }

  @ParameterizedTest
  @MethodSource("insertsWithData")
  void findsTheDataOfAnInsert(List<String> expected) {
    Split split = split(expected.get(0), true);

    assertThat(split.kind()).isEqualTo(Kind.DATA);
    assertThat(expected.get(0).substring(0, split.statementEnd())).isEqualTo(expected.get(1));
    assertThat(split.format()).isEqualTo(expected.get(2));
    assertThat(expected.get(0).substring(split.dataStart())).isEqualTo(expected.get(3));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "SELECT 1 FORMAT CSV",
        "INSERT INTO t SELECT 1",
        "INSERT INTO t (a) SELECT 1 AS format FORMAT Null",
        "INSERT INTO t WITH 1 AS x SELECT x",
        "INSERT INTO t FROM INFILE 'x.csv' FORMAT CSV",
        "INSERT INTO t",
        "INSERT INTO t FORMAT",
        "CREATE TABLE values (a Int8) ENGINE = Memory",
        "-- INSERT INTO t FORMAT CSV\nSELECT 1"
      })
  void leavesOtherStatementsAlone(String text) {
    assertThat(split(text, true).kind()).isEqualTo(Kind.STATEMENT);
  }

  /** However a network cuts the text, the answer is the same, or it waits for more. */
  @ParameterizedTest
  @MethodSource("insertsWithData")
  void neverDecidesOtherwiseForABeginning(List<String> expected) {
    String text = expected.get(0);
    Split whole = split(text, true);
    for (int length = 0; length <= text.length(); length++) {
      Split split = split(text.substring(0, length), false);

      if (split.kind() != Kind.UNDECIDED) {
        assertThat(split).as("first %d octets", length).isEqualTo(whole);
      }
    }
  }

  @Test
  void readsBinaryDataAsData() {
    byte[] text = "INSERT INTO t FORMAT RowBinary\n\0\1'\"`(/*".getBytes(StandardCharsets.US_ASCII);

    Split split = InsertSplitter.split(text, text.length, false);

    assertThat(split.kind()).isEqualTo(Kind.DATA);
    assertThat(split.dataStart()).isEqualTo(31);
  }

  private static Split split(String text, boolean complete) {
    byte[] octets = text.getBytes(StandardCharsets.US_ASCII);
    return InsertSplitter.split(octets, octets.length, complete);
  }
}
