package org.ipv6flow.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong with a command line is said in one line; the exit status is 2. */
class UsageTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "\"\"                            | ipv6flow: a command is missing",
        "nope                            | ipv6flow: unknown command 'nope'",
        "--nope                          | ipv6flow: Unknown option: '--nope'",
        "jobs                            | ipv6flow jobs: submit or local is missing",
        "jobs stop                       | ipv6flow jobs: unknown command 'stop'",
        "schema                          | ipv6flow schema: apply or status is missing",
        "version 2                       | ipv6flow version: unknown argument '2'",
        "demo --fast                     | ipv6flow demo: Unknown option: '--fast'",
        "collector                       | ipv6flow collector: Missing required option: '--config=FILE'",
        "standalone                      | ipv6flow standalone: Missing required option: '--config=FILE'",
        "jobs local                      | ipv6flow jobs local: Missing required option: '--config=FILE'",
        "jobs local --config f --rest-port x | ipv6flow jobs local: Invalid value for option '--rest-port': 'x' is not an int",
        "check-config                    | ipv6flow check-config: Missing required parameter: 'FILE'",
        "decode                          | ipv6flow decode: Missing required parameter: 'FILE.pcap'",
        "decode --format xml f | ipv6flow decode: Invalid value for option '--format': expected one of [json, summary] (case-insensitive) but was 'xml'",
        "replay f.pcap                   | ipv6flow replay: Missing required option: '--to=HOST:PORT'",
        "schema apply --set database | ipv6flow schema apply: Value for option option '--set' (NAME=VALUE) should be in KEY=VALUE format but was database",
      })
  void namesWhatIsUnknownOrMissing(String arguments, String message) {
    assertUsage(arguments, message);
  }

  @ParameterizedTest
  @CsvSource({"5x", "0s", "-3s", "1.5h", "h", "12345678901s", "90 s"})
  void refusesWhatIsNoDuration(String duration) {
    CommandRun run = CommandRun.of("demo", "--duration", duration);

    assertThat(run.err())
        .isEqualTo(
            "ipv6flow demo: Invalid value for option '--duration': '%s' (expected: a time such as 90s, 10m or 1h) (see: ipv6flow demo --help)%n"
                .formatted(duration));
    assertThat(run.status()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({"collector", "127.0.0.1", ":4739", "127.0.0.1:", "127.0.0.1:0", "127.0.0.1:65536"})
  void refusesWhatIsNoHostAndPort(String target) {
    assertUsage(
        "replay f.pcap --to " + target,
        "ipv6flow replay: Invalid value for option '--to': '%s' (expected: HOST:PORT)"
            .formatted(target));
  }

  @Test
  void refusesAHostThatIsNotKnown() {
    assertUsage(
        "replay f.pcap --to nowhere.invalid:4739",
        "ipv6flow replay: Invalid value for option '--to': host 'nowhere.invalid' is not known");
  }

  @ParameterizedTest
  @CsvSource({
    "schema apply, --clickhouse",
    "schema status, --clickhouse",
    "jobs submit --config f, --flink"
  })
  void refusesWhatIsNoHttpUrl(String command, String option) {
    for (String url : List.of("http:/", "no_url", "ftp://127.0.0.1:9", "http://a_b:1", "x/y:1")) {
      assertUsage(
          "%s %s %s".formatted(command, option, url),
          "ipv6flow %s: Invalid value for option '%s': '%s' (expected: http://host:port)"
              .formatted(command.replace(" --config f", ""), option, url));
    }
  }

  @Test
  void keepsThePasswordOfAWrongUrlToItself() {
    assertUsage(
        "schema apply --clickhouse ftp://user:secret@clickhouse:8123",
        "ipv6flow schema apply: Invalid value for option '--clickhouse': 'ftp://…@clickhouse:8123'"
            + " (expected: http://host:port)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "demo --rate many | ipv6flow demo: Invalid value for option '--rate': 'many' is not a long",
        "demo --rate 0 | ipv6flow demo: Invalid value for option '--rate': 0 (expected: 1 or more)",
        "demo --rate -3 | ipv6flow demo: Invalid value for option '--rate': -3 (expected: 1 or more)",
        "chaos --rate 0 | ipv6flow chaos: Invalid value for option '--rate': 0 (expected: 1 or more)",
        "pipeline --rate 0 | ipv6flow pipeline: Invalid value for option '--rate': 0 (expected: 1 or more)",
        "pipeline --sockets 0 | ipv6flow pipeline: Invalid value for option '--sockets': 0 (expected: 1 or more)",
        "replay f.pcap --to 127.0.0.1:9 --rate many | ipv6flow replay: Invalid value for option '--rate': 'many' is not a double",
        "replay f.pcap --to 127.0.0.1:9 --rate 0 | ipv6flow replay: Invalid value for option '--rate': 0.0 (expected: more than 0)",
        "replay f.pcap --to 127.0.0.1:9 --rate NaN | ipv6flow replay: Invalid value for option '--rate': NaN (expected: more than 0)",
      })
  void refusesARateThatIsNone(String arguments, String message) {
    assertUsage(arguments, message);
  }

  @Test
  void asksForTheAddressOfAnEngineThatNeitherOptionNorEnvironmentNames() {
    assumeTrue(System.getenv("CLICKHOUSE_URL") == null, "CLICKHOUSE_URL is set");

    assertUsage(
        "schema apply",
        "ipv6flow schema apply: --clickhouse is missing (expected: such as http://127.0.0.1:8123)");
  }

  private static void assertUsage(String arguments, String message) {
    CommandRun run = CommandRun.ofLine(arguments);

    String command = message.substring(0, message.indexOf(':'));
    assertThat(run.err()).isEqualTo("%s (see: %s --help)%n".formatted(message, command));
    assertThat(run.out()).isEmpty();
    assertThat(run.status()).isEqualTo(2);
  }
}
