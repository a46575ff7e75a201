package org.ipv6flow.jobs.prefix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrefixTest {

  @Test
  void readsAnIpv6Prefix() {
    assertThat(Prefix.parse("2001:db8::/32")).isEqualTo(new Prefix(0x2001_0DB8_0000_0000L, 0, 32));
  }

  @Test
  void readsAnIpv4PrefixAsIpv4Mapped() {
    assertThat(Prefix.parse("10.0.0.0/8")).isEqualTo(new Prefix(0, 0x0000_FFFF_0A00_0000L, 104));
  }

  @Test
  void readsTheIpv4MappedBlockAsAnIpv6Prefix() {
    assertThat(Prefix.parse("::ffff:0:0/96")).isEqualTo(new Prefix(0, 0x0000_FFFF_0000_0000L, 96));
  }

  @Test
  void readsAnAddressAloneAsItsHostPrefix() {
    assertThat(Prefix.parse("::1").length()).isEqualTo(128);
    assertThat(Prefix.parse("192.0.2.1").length()).isEqualTo(128);
  }

  @Test
  void clearsBitsAfterTheLength() {
    assertThat(Prefix.parse("2001:db8:1234::/32")).isEqualTo(Prefix.parse("2001:db8::/32"));
  }

  @Test
  void thePrefixOfLengthZeroContainsEveryAddress() {
    assertThat(Prefix.parse("::/0").contains(-1, -1)).isTrue();
    assertThat(Prefix.parse("::/0").contains(0, 0)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "localhost/8", "10.0.0.0/33", "::/129", "::/-1", "1:2/x", "10/8"})
  void rejectsWhatIsNoPrefix(String text) {
    assertThatThrownBy(() -> Prefix.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("prefix " + text);
  }
}
