package org.ipv6flow.console.api;

import java.util.ArrayList;
import java.util.List;
import org.ipv6flow.console.access.Audit;
import org.ipv6flow.console.access.Gate;
import org.ipv6flow.console.access.Sessions;
import org.ipv6flow.console.config.ConsoleConfig;
import org.ipv6flow.console.http.Endpoint;
import org.ipv6flow.console.query.Data;
import org.ipv6flow.console.query.Times;

/** All endpoints, and what they share. */
public final class Api implements AutoCloseable {

  private final List<EndpointGroup> groups = new ArrayList<>();

  public Api(
      ConsoleConfig config, String version, Data data, Sessions sessions, Gate gate, Audit audit) {
    Answers answers = new Answers(data);
    Times times = new Times(config.bucketZone());
    groups.add(new Ipv6Endpoints(data, answers, times));
  }

  public List<Endpoint> endpoints() {
    return groups.stream().flatMap(group -> group.endpoints().stream()).toList();
  }

  /** Starts what runs beside requests. */
  public void start() {}

  @Override
  public void close() {}
}
