package org.ipv6flow.schema.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Random;
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

  /** {@link BigInteger} is the model: slow, and known to be right. */
  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13, 14})
  void findsHostBitsAsArithmeticDoes(long seed) throws UnknownHostException {
    Random random = new Random(seed);
    for (int i = 0; i < 500; i++) {
      byte[] octets = new byte[random.nextBoolean() ? 4 : 16];
      random.nextBytes(octets);
      octets[0] = 0x20; // not an IPv4-mapped address
      int length = random.nextInt(octets.length * 8 + 1);
      BigInteger hosts = BigInteger.ONE.shiftLeft(octets.length * 8 - length);
      BigInteger address = new BigInteger(1, octets);
      if (random.nextBoolean()) {
        address = address.subtract(address.mod(hosts));
      }
      String prefix = literal(address, octets.length) + "/" + length;

      assertThat(Prefixes.problem(prefix) == null)
          .as(prefix)
          .isEqualTo(address.mod(hosts).signum() == 0);
    }
  }

  private static String literal(BigInteger address, int octets) throws UnknownHostException {
    byte[] magnitude = address.toByteArray();
    byte[] padded = new byte[octets];
    int count = Math.min(magnitude.length, octets);
    System.arraycopy(magnitude, magnitude.length - count, padded, octets - count, count);
    return InetAddress.getByAddress(padded).getHostAddress();
  }

  /** What is no address must not become a question to a name server. */
  @ParameterizedTest
  @ValueSource(strings = {"256.0.0.1", "1.2.3.999", "01.2.3.4", "1.2.3", "router-b", "a.b", ""})
  void takesNoNameForAnAddress(String literal) {
    assertThat(Prefixes.address(literal)).isNull();
  }

  /** An IPv4-mapped prefix is an IPv6 one: the class library would make it IPv4 (RFC 4291). */
  @ParameterizedTest
  @CsvSource({"192.0.2.1, 4", "::ffff:192.0.2.1, 16", "2001:db8::1, 16"})
  void keepsTheFamilyOfAnAddress(String literal, int octets) {
    assertThat(Prefixes.address(literal)).hasSize(octets);
  }
}
