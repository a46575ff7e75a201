package org.ipv6flow.embedded.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ServerOptionsTest {

  @Test
  void readsBackItsOwnArguments() {
    ServerOptions options = new ServerOptions(Path.of("/l.so"), Path.of("/d"), 8123, 1L << 30);

    assertThat(ServerOptions.parse(options.toArguments())).isEqualTo(options);
  }

  @Test
  void saysWhatIsWrongWithAnArgument() {
    assertFailure("--port: no value", "--port");
    assertFailure("--port: x (expected: a number)", "--port", "x");
    assertFailure("--prt: unknown (expected: --library, --data-dir", "--prt", "1");
    assertFailure("--library and --data-dir are needed", "--library", "/l.so");
    assertFailure(
        "--port: 70000 (expected: 0 to 65535)",
        "--library",
        "/l.so",
        "--data-dir",
        "/d",
        "--port",
        "70000");
  }

  private static void assertFailure(String message, String... arguments) {
    assertThatThrownBy(() -> ServerOptions.parse(List.of(arguments)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(message);
  }
}
