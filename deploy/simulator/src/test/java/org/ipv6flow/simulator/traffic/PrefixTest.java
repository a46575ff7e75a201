package org.ipv6flow.simulator.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrefixTest {

  private final SplittableRandom random = new SplittableRandom(3);

  @ParameterizedTest
  @ValueSource(strings = {"240e::/18", "2001:da8::/32", "2001:db8:1:2::/64", "64:ff9b::/96"})
  void ipv6AddressesHaveThePrefix(String text) {
    Prefix prefix = Prefix.parse(text);

    for (int i = 0; i < 200; i++) {
      long high = prefix.randomHigh(random);
      long low = prefix.randomLow(random);
      int ofHigh = Math.min(64, prefix.length());
      assertThat(high >>> (64 - ofHigh)).isEqualTo(prefix.high() >>> (64 - ofHigh));
      if (prefix.length() > 64) {
        assertThat(low >>> (128 - prefix.length())).isEqualTo(prefix.low());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"8.0.0.0/9", "202.112.0.0/13", "1.2.3.4/32"})
  void ipv4AddressesHaveThePrefix(String text) {
    Prefix prefix = Prefix.parse(text);

    for (int i = 0; i < 200; i++) {
      int free = 32 - prefix.length();
      assertThat(prefix.randomHigh(random)).isZero();
      assertThat(prefix.randomLow(random) >>> free).isEqualTo(prefix.low() >>> free);
    }
  }

  @Test
  void refusesNames() {
    assertThatThrownBy(() -> Prefix.parse("example.org/8"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("prefix example.org/8 (expected: ADDRESS/LENGTH)");
  }
}
