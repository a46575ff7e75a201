package org.ipv6flow.schema.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SqlScriptTest {

  @Test
  void cutsAtSemicolons() {
    assertThat(SqlScript.statements("SELECT 1;\nSELECT 2 ; SELECT 3"))
        .containsExactly("SELECT 1", "SELECT 2", "SELECT 3");
  }

  @Test
  void leavesOutEmptyStatementsAndComments() {
    String script = "-- a; b\n;;\nSELECT 1 -- c; d\n; /* e; f */ ;\n-- the end";

    assertThat(SqlScript.statements(script)).containsExactly("SELECT 1");
  }

  @Test
  void keepsSemicolonsAndDashesInsideStringsAndIdentifiers() {
    String script = "SELECT 'a;--b', \"c;d\", `e;/*f`; SELECT 2";

    assertThat(SqlScript.statements(script))
        .containsExactly("SELECT 'a;--b', \"c;d\", `e;/*f`", "SELECT 2");
  }

  @Test
  void knowsBothWaysToWriteAQuoteInsideAString() {
    String script = "SELECT 'it''s; one', 'it\\'s; two', 'back\\\\'; SELECT 2";

    assertThat(SqlScript.statements(script))
        .containsExactly("SELECT 'it''s; one', 'it\\'s; two', 'back\\\\'", "SELECT 2");
  }

  @Test
  void endsAtTheEndOfTheScriptWhateverIsOpen() {
    assertThat(SqlScript.statements("SELECT 'open")).containsExactly("SELECT 'open");
    assertThat(SqlScript.statements("SELECT 1 /* open")).containsExactly("SELECT 1");
    assertThat(SqlScript.statements("SELECT 'a\\")).containsExactly("SELECT 'a\\");
  }

  /** Joining what was cut gives the same statements again. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void cuttingTwiceIsCuttingOnce(long seed) {
    Random random = new Random(seed);
    String alphabet = "ab;'\"`-/* \n\\";
    StringBuilder script = new StringBuilder();
    for (int i = 0; i < 400; i++) {
      script.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    // A quote or comment left open at the end would swallow the separator.
    script.append("*/\n");

    List<String> statements = SqlScript.statements(script.toString());

    for (String statement : statements) {
      if (!statement.contains("--") && !statement.contains("/*")) {
        assertThat(SqlScript.statements(statement)).containsExactly(statement);
      }
    }
    assertThat(statements).allMatch(statement -> !statement.isBlank());
  }
}
