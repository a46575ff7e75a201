package org.ipv6flow.jobs.services;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** IANA service name and port number registry; ranges of RFC 6335 §6. */
class ServicesTest {

  @ParameterizedTest
  @CsvSource({
    "6, 40000, 443, https",
    "6, 443, 40000, https",
    "17, 40000, 443, quic",
    "17, 53, 53, dns",
    "6, 40000, 853, dns_encrypted",
    "6, 179, 40000, bgp",
    "6, 22, 443, https",
    "6, 1000, 60000, system",
    "6, 1024, 60000, user",
    "6, 49151, 60000, user",
    "17, 49152, 65535, dynamic",
    "17, 40000, 3544, tunnel",
    "17, 40000, 80, system",
    "132, 2905, 2905, user",
    "1, 0, 2048, none",
    "58, 0, 0, none",
    "0, 443, 443, none"
  })
  void aFlowHasOneService(int protocol, int source, int destination, String expected) {
    assertThat(Services.label(Services.of(protocol, source, destination))).isEqualTo(expected);
  }
}
