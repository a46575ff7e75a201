package org.ipv6flow.console;

import static java.time.temporal.ChronoUnit.HOURS;
import static java.time.temporal.ChronoUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** IPv6 shares over HTTP: three quarters of L1, and what the answer says about itself. */
@ExtendWith(TestConsole.class)
final class Ipv6ShareApiIT {

  private final TestConsole console;
  private final Instant start = Instant.now().truncatedTo(HOURS).minus(3, HOURS);
  private final Instant end = start.plus(10, MINUTES);

  Ipv6ShareApiIT(TestConsole console) {
    this.console = console;
  }

  @BeforeEach
  void fill() throws Exception {
    console.recreate(TinyNation.inventory());
    console.traffic(start, "L1", "a_to_b", "v6_native", 3_000_000, 1.1664e10);
    console.traffic(start.plus(9, MINUTES), "L1", "a_to_b", "v4_native", 1_000_000, 2.304e9);
    console.reports(TinyNation.R1, start, 10);
  }

  @Test
  void sharesAreThoseOfTheViewToTheLastDigit() throws Exception {
    JsonNode answer = console.json("noc", path("/ipv6/share?dimension=link&member=L1"));

    assertThat(answer.path("rows").asInt()).isEqualTo(1);
    assertThat(answer.at("/data/share_wire/0").decimalValue()).isEqualByComparingTo("0.75");
    String error =
        console.value(
            """
            SELECT toString(share_wire_error95)
            FROM $db.def_ipv6_share_v1(from = '%s', until = '%s')
            WHERE dimension = 'link' AND member = 'L1' AND direction = 'both'
            """
                .formatted(TestConsole.time(start), TestConsole.time(end)));
    assertThat(answer.at("/data/share_wire_error95/0").asText()).isEqualTo(error);
    assertThat(answer.at("/data/provisional/0").isBoolean()).isTrue();
  }

  @Test
  void anAnswerSaysWhatItsNumbersAre() throws Exception {
    JsonNode meta = console.json("noc", path("/ipv6/share?dimension=link&member=L1")).path("meta");

    assertThat(meta.at("/definitions/0/id").asText()).isEqualTo("ipv6_share_wire");
    assertThat(meta.at("/definitions/0/version").asInt()).isEqualTo(1);
    assertThat(meta.path("unit").asText()).isEqualTo("fraction");
    assertThat(meta.path("population").asText()).isEqualTo("link L1");
    assertThat(meta.path("direction").asText()).isEqualTo("both");
    assertThat(meta.path("bucketTimeZone").asText()).isEqualTo("Asia/Shanghai");
    assertThat(meta.path("table").asText()).isEqualTo("def_ipv6_share_v1");
    // R1 counts two of six link directions and reported in all ten minutes.
    assertThat(meta.path("coverage").asDouble()).isEqualTo(2 / 6.0);
    assertThat(meta.path("sql").asText()).contains("{from:DateTime('UTC')}").doesNotContain("L1");
    assertThat(meta.at("/sqlParameters/members").asText()).isEqualTo("['L1']");
  }

  @Test
  void seriesHaveANullWhereNothingWasSeen() throws Exception {
    JsonNode answer =
        console.json("noc", path("/ipv6/share/series?step=1m&dimension=link&member=L1"));

    assertThat(answer.path("t")).hasSize(10);
    JsonNode shares = answer.at("/series/0/values/share_wire");
    assertThat(shares.get(0).asDouble()).isEqualTo(1.0);
    assertThat(shares.get(1).isNull()).isTrue();
    assertThat(shares.get(9).asDouble()).isZero();
  }

  @Test
  void csvAndXlsxAndArrowComeOfTheSameQuestion() throws Exception {
    String csv =
        new String(
            console.get("noc", path("/ipv6/share?dimension=link&member=L1&format=csv")).body(),
            StandardCharsets.UTF_8);

    assertThat(csv.split("\r\n")).hasSize(2);
    assertThat(csv).startsWith("dimension,member,direction,octets,");
    assertThat(csv).contains("link,L1,both,4000000,1000000,3000000,");
    byte[] xlsx = console.get("noc", path("/ipv6/share?dimension=link&format=xlsx")).body();
    assertThat(new String(xlsx, 0, 2, StandardCharsets.US_ASCII)).isEqualTo("PK");
    byte[] arrow = console.get("noc", path("/ipv6/share?dimension=link&format=arrow")).body();
    // The streaming format begins with a continuation marker.
    assertThat(arrow).startsWith(0xFF, 0xFF, 0xFF, 0xFF);
  }

  @Test
  void aMisspeltParameterIsNoSilentDefault() throws Exception {
    HttpResponse<byte[]> response = console.get("noc", "/api/v1/ipv6/share?dimention=link");

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(new String(response.body(), StandardCharsets.UTF_8))
        .contains("dimention: no such parameter here");
  }

  @Test
  void theRegulatorSeesFixedDimensionsAlone() throws Exception {
    assertThat(console.get("regulator", path("/ipv6/share?dimension=link")).statusCode())
        .isEqualTo(403);
    JsonNode answer = console.json("regulator", path("/ipv6/share?dimension=node"));
    assertThat(answer.at("/data/member")).hasSize(1);
    assertThat(answer.at("/meta/suppressedCells").asInt()).isEqualTo(1);
  }

  private String path(String path) {
    return "/api/v1%s&from=%s&to=%s".formatted(path, start, end);
  }
}
