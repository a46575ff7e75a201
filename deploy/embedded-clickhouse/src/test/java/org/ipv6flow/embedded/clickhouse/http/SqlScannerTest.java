package org.ipv6flow.embedded.clickhouse.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.ipv6flow.embedded.clickhouse.http.SqlScanner.Token;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqlScannerTest {

  @Test
  void stepsOverStringsCommentsAndParentheses() {
    assertThat(
            tokens(
                "SELECT 'it''s \\' (' /* x /* ( */ ' */, f(a, ')', \"(\") -- )\n, $a$ ' $a$ `b``c`"))
        .containsExactly(
            "SELECT", "'it''s \\' ('", ",", "f", "(a, ')', \"(\")", ",", "$a$ ' $a$", "`b``c`");
  }

  @Test
  void endsAtAnUnfinishedToken() {
    assertThat(tokens("a 'b")).containsExactly("a", "'b");
    assertThat(tokens("a (b")).containsExactly("a", "(b");
    assertThat(tokens("a /* b")).containsExactly("a");
    assertThat(tokens("a $x$ b")).containsExactly("a", "$x$ b");
    assertThat(tokens("'\\")).containsExactly("'\\");
  }

  /** Every octet is blank, comment or part of exactly one token, and scanning ends. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void advancesOverAnyOctets(long seed) {
    Random random = new Random(seed);
    byte[] alphabet = "'\"`()\\$/*- \na1;#".getBytes(StandardCharsets.US_ASCII);
    for (int round = 0; round < 5000; round++) {
      byte[] text = new byte[random.nextInt(40)];
      for (int i = 0; i < text.length; i++) {
        text[i] =
            random.nextInt(10) == 0
                ? (byte) random.nextInt()
                : alphabet[random.nextInt(alphabet.length)];
      }
      SqlScanner scanner = new SqlScanner(text, text.length);
      int end = 0;
      while (scanner.next() != Token.END) {
        assertThat(scanner.start()).isGreaterThanOrEqualTo(end);
        assertThat(scanner.position()).isGreaterThan(scanner.start());
        end = scanner.position();
      }
      assertThat(scanner.position()).isEqualTo(text.length);
    }
  }

  private static List<String> tokens(String sql) {
    byte[] octets = sql.getBytes(StandardCharsets.UTF_8);
    SqlScanner scanner = new SqlScanner(octets, octets.length);
    List<String> tokens = new ArrayList<>();
    while (scanner.next() != Token.END) {
      tokens.add(scanner.text());
    }
    return tokens;
  }
}
