package org.ipv6flow.embedded.clickhouse.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.ipv6flow.embedded.clickhouse.chdb.ChdbException;
import org.ipv6flow.embedded.clickhouse.http.StatementReader.Statement;
import org.junit.jupiter.api.Test;

class StatementReaderTest {

  @Test
  void leavesTheDataOfAnInsertInTheBody() throws Exception {
    String data = "1\n".repeat(100_000);
    InputStream body = body("INSERT INTO t FORMAT CSV\n" + data);

    Statement statement = StatementReader.read("", body);

    assertThat(text(statement.sql())).isEqualTo("INSERT INTO t");
    assertThat(statement.dataFormat()).isEqualTo("CSV");
    assertThat(text(statement.firstData()) + text(body.readAllBytes())).isEqualTo(data);
  }

  @Test
  void takesTheWholeBodyAsDataIfTheStatementIsInTheUrl() throws Exception {
    InputStream body = body("\nSELECT");

    Statement statement = StatementReader.read("INSERT INTO t (a) FORMAT RowBinary", body);

    assertThat(text(statement.sql())).isEqualTo("INSERT INTO t (a)");
    assertThat(statement.dataFormat()).isEqualTo("RowBinary");
    assertThat(text(statement.firstData()) + text(body.readAllBytes())).isEqualTo("\nSELECT");
  }

  @Test
  void putsAStatementTogetherFromUrlAndBody() throws Exception {
    Statement statement = StatementReader.read("SELECT 1,", body("2"));

    assertThat(text(statement.sql())).isEqualTo("SELECT 1,\n2");
    assertThat(statement.dataFormat()).isNull();
  }

  @Test
  void refusesAStatementWithoutEnd() {
    InputStream endless =
        new InputStream() {
          @Override
          public int read() {
            return 'x';
          }
        };

    assertThatThrownBy(() -> StatementReader.read("SELECT", endless))
        .isInstanceOf(ChdbException.class)
        .hasMessageContaining("The statement has more than 16777216 octets");
  }

  private static InputStream body(String text) throws IOException {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String text(byte[] octets) {
    return new String(octets, StandardCharsets.UTF_8);
  }
}
