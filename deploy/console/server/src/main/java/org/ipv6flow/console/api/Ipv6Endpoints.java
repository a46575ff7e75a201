package org.ipv6flow.console.api;

import java.util.List;
import org.ipv6flow.console.access.Access;
import org.ipv6flow.console.access.RowScope;
import org.ipv6flow.console.clickhouse.ClickHouseException;
import org.ipv6flow.console.http.Answer;
import org.ipv6flow.console.http.Call;
import org.ipv6flow.console.http.Endpoint;
import org.ipv6flow.console.http.Problem;
import org.ipv6flow.console.query.Data;
import org.ipv6flow.console.query.Step;
import org.ipv6flow.console.query.TimeRange;
import org.ipv6flow.console.query.Times;
import org.ipv6flow.console.query.ViewQuery;

/** IPv6 shares, bandwidth, targets and transition mix. */
final class Ipv6Endpoints implements EndpointGroup {

  static final int MAX_POINTS = 10_000;

  private static final String[] SHARE_DEFINITIONS = {
    "ipv6_share_wire",
    "ipv6_share_native",
    "ipv6_share_payload_lower",
    "ipv6_share_payload_upper",
    "visibility_gap",
    "coverage",
    "loss"
  };
  private static final String SHARES =
      """
      octets octets_v4 octets_v6 octets_native_v6 octets_native_base octets_bogon
      octets_multicast octets_unknown octets_v4_error95 octets_v6_error95
      share_wire share_wire_error95 share_native share_native_error95
      share_payload_lower share_payload_lower_error95
      share_payload_upper share_payload_upper_error95 visibility_gap
      """;
  private static final List<Step> SERIES_STEPS =
      List.of(Step.MINUTE, Step.FIVE_MINUTES, Step.HOUR, Step.DAY, Step.MONTH);

  private final Data data;
  private final Answers answers;
  private final Times times;

  Ipv6Endpoints(Data data, Answers answers, Times times) {
    this.data = data;
    this.answers = answers;
    this.times = times;
  }

  @Override
  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get("getIpv6Share", "/ipv6/share", this::share),
        Endpoint.get("getIpv6ShareSeries", "/ipv6/share/series", this::shareSeries));
  }

  private Answer share(Call call) throws Problem, ClickHouseException {
    TimeRange range = times.range(call.parameters(), "now-24h", data.now());
    ViewQuery query =
        ViewQuery.of("def_ipv6_share_v1")
            .period(range)
            .columns(
                "dimension member direction", SHARES, "link_directions coverage loss provisional")
            .scope(RowScope.POPULATION)
            .definitions(SHARE_DEFINITIONS)
            .says("", "", "fraction")
            .orderBy("octets DESC, member, direction");
    PopulationQuery.restrict(call, query);
    return answers.table(call, query);
  }

  private Answer shareSeries(Call call) throws Problem, ClickHouseException {
    TimeRange range = times.range(call.parameters(), "now-24h", data.now());
    Step step = step(call, range, SERIES_STEPS);
    ViewQuery query =
        ViewQuery.of("def_ipv6_share_%s_v1".formatted(step.label()))
            .period(range)
            .resolution(step.seconds())
            .columns("bucket dimension member direction", SHARES, "coverage loss provisional")
            .scope(RowScope.POPULATION)
            .definitions(SHARE_DEFINITIONS)
            .says("", "", "fraction")
            .orderBy("member, direction, bucket");
    PopulationQuery.restrict(call, query);
    return answers.series(call, query, "bucket", "dimension", "member", "direction");
  }

  private Step step(Call call, TimeRange range, List<Step> steps) throws Problem {
    int shortest = Access.shortestStepSeconds(call.principal().role());
    List<Step> allowed = steps.stream().filter(step -> step.seconds() >= shortest).toList();
    return Step.choose(
        call.parameters().text("step", "auto"), allowed, range, data.now(), MAX_POINTS);
  }
}
