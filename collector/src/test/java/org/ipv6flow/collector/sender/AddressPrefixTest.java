package org.ipv6flow.collector.sender;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressPrefixTest {

  @ParameterizedTest
  @CsvSource({
    "192.0.2.0/24, 192.0.2.255, true",
    "192.0.2.0/24, 192.0.3.0, false",
    "0.0.0.0/0, 255.1.2.3, true",
    "0.0.0.0/0, 2001:db8::1, false",
    "192.0.2.7, 192.0.2.7, true",
    "192.0.2.7, 192.0.2.6, false",
    "2001:db8::/32, 2001:db8:ffff::1, true",
    "2001:db8::/32, 2001:db9::1, false",
    "2001:db8::1:0/112, 2001:db8::1:9, true",
    "2001:db8::1:0/112, 2001:db8::2:9, false",
    "::/0, 192.0.2.1, true",
    "::1, ::1, true"
  })
  void containsAddressesWithTheSameLeadingBits(String prefix, String address, boolean contains) {
    AddressPrefix single = AddressPrefix.parse(address);

    assertThat(AddressPrefix.parse(prefix).contains(single.high(), single.low()))
        .isEqualTo(contains);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"192.0.2.1/24", "192.0.2.0/33", "::/129", "::/-1", "a/8", "", "/", "1.2.3.4/x"})
  void refusesWhatIsNoPrefix(String text) {
    assertThatThrownBy(() -> AddressPrefix.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected: ");
  }

  @Test
  void neverAsksTheDns() {
    assertThatThrownBy(() -> AddressPrefix.parse("localhost"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
