package org.ipv6flow.schema.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnvironmentVariablesTest {

  private final EnvironmentVariables environment =
      new EnvironmentVariables(Map.of("HOST", "h1", "PORT", "4739", "EMPTY", "")::get);

  @ParameterizedTest
  @CsvSource({
    "plain, plain",
    "${HOST}, h1",
    "${HOST}:${PORT}, h1:4739",
    "${HOST:other}, h1",
    "${ABSENT:other}, other",
    "${ABSENT:http://127.0.0.1:8123}, http://127.0.0.1:8123",
    "a${ABSENT:}b, ab",
    "a${EMPTY:x}b, ab",
    "$HOST, $HOST",
    "${not a name}, ${not a name}"
  })
  void expandsReferencesAndLeavesTheRest(String value, String expanded) {
    assertThat(environment.expand(value)).isEqualTo(expanded);
  }

  @Test
  void namesTheVariableThatIsNeitherSetNorHasADefault() {
    assertThatThrownBy(() -> environment.expand("${HOST}-${ABSENT}"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "environment variable ABSENT is not set (expected: a value, or ${ABSENT:default})");
  }
}
