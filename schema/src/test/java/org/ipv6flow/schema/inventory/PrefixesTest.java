package org.ipv6flow.schema.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrefixesTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.0.0.0/0",
        "10.0.0.0/8",
        "192.0.2.1/32",
        "::/0",
        "::1/128",
        "2001:db8::/32",
        "64:ff9b:1::/48",
        "::ffff:0:0/96",
        "::ffff:192.0.2.0/120"
      })
  void acceptsPrefixes(String prefix) {
    assertThat(Prefixes.problem(prefix)).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "10.0.0.1/8           | '10.0.0.1/8' has bits set beyond its length (expected: zeros)",
        "2001:db8::1/64       | '2001:db8::1/64' has bits set beyond its length (expected: zeros)",
        "::ffff:192.0.2.1/120 | '::ffff:192.0.2.1/120' has bits set beyond its length"
            + " (expected: zeros)",
        "10.0.0.0/33          | '10.0.0.0/33': length 33 (expected: at most 32)",
        "2001:db8::/129       | '2001:db8::/129': length 129 (expected: at most 128)",
        "10.0.0.0             | '10.0.0.0' is no prefix (expected: address/length)",
        "10.0.0.0/            | '10.0.0.0/' is no prefix (expected: address/length)",
        "10.0.0.0/-1          | '10.0.0.0/-1' is no prefix (expected: address/length)",
        "10.0.0/8             | '10.0.0/8' is no prefix (expected: address/length)",
        "256.0.0.0/8          | '256.0.0.0/8' is no prefix (expected: address/length)",
        "2001:db8:::/32       | '2001:db8:::/32' is no prefix (expected: address/length)",
        "localhost/8          | 'localhost/8' is no prefix (expected: address/length)",
        "fe80::1%eth0/64      | 'fe80::1%eth0/64' is no prefix (expected: address/length)"
      })
  void saysWhatIsWrongWithOthers(String prefix, String problem) {
    assertThat(Prefixes.problem(prefix)).isEqualTo(problem);
  }

  /** An IPv4-mapped prefix is an IPv6 one: the class library would make it IPv4 (RFC 4291). */
  @ParameterizedTest
  @CsvSource({"192.0.2.1, 4", "::ffff:192.0.2.1, 16", "2001:db8::1, 16"})
  void keepsTheFamilyOfAnAddress(String literal, int octets) {
    assertThat(Prefixes.address(literal)).hasSize(octets);
  }
}
