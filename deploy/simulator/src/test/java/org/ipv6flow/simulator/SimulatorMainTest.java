package org.ipv6flow.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SimulatorMainTest {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--speed 3 | simulate: unknown option --speed (see --help)",
        "--rate many | simulate: --rate many (expected: a number)",
        "--rate | simulate: --rate has no value (see --help)",
        "--duration 5d | simulate: --duration 5d (expected: a duration such as 90s, 1500ms, 10m or 1h)",
        "--target nowhere | simulate: --target nowhere (expected: HOST:PORT)",
        "--loss 2 --target 127.0.0.1:9 --inventory x | simulate: x",
        "--target 127.0.0.1:9 | simulate: --inventory is missing (expected: FILE|DIRECTORY)"
      })
  void saysWhatIsWrongInOneLine(String arguments, String message) {
    int status = run(arguments.split(" "));

    assertThat(status).isNotZero();
    assertThat(err.toString(StandardCharsets.UTF_8)).startsWith(message).doesNotContain("\tat ");
  }

  @Test
  void writesACaptureAndTheTruth(@TempDir Path directory) {
    int status =
        run(
            "--inventory",
            DemoNation.path().toString(),
            "--capture",
            directory.resolve("nation.pcap").toString(),
            "--rate",
            "500",
            "--duration",
            "2s",
            "--truth",
            directory.toString());

    assertThat(status).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("records in").contains("IPv6 share");
    assertThat(directory.resolve("truth.csv")).isNotEmptyFile();
    assertThat(directory.resolve("nation.pcap")).isNotEmptyFile();
  }

  @ParameterizedTest
  @CsvSource({"90s, PT1M30S", "1500ms, PT1.5S", "10m, PT10M", "1h, PT1H", "7, PT7S"})
  void readsDurations(String text, Duration duration) {
    assertThat(SimulatorArguments.duration("--duration", text)).isEqualTo(duration);
  }

  private int run(String... arguments) {
    return SimulatorMain.run(
        arguments,
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8));
  }
}
