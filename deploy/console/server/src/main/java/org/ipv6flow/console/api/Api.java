package org.ipv6flow.console.api;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.ipv6flow.console.access.Audit;
import org.ipv6flow.console.access.Gate;
import org.ipv6flow.console.access.LoginLock;
import org.ipv6flow.console.access.Sessions;
import org.ipv6flow.console.alerts.AlertService;
import org.ipv6flow.console.config.ConsoleConfig;
import org.ipv6flow.console.http.Endpoint;
import org.ipv6flow.console.query.Data;
import org.ipv6flow.console.query.Times;
import org.ipv6flow.console.report.ReportService;

/** All endpoints, and what they share. */
public final class Api implements AutoCloseable {

  private final List<EndpointGroup> groups = new ArrayList<>();
  private final AlertService alerts;
  private final ReportService reports;

  public Api(
      ConsoleConfig config, String version, Data data, Sessions sessions, Gate gate, Audit audit)
      throws IOException {
    Answers answers = new Answers(data);
    Times times = new Times(config.bucketZone());
    QueryEndpoints explore = new QueryEndpoints(data, times);
    Path directory = config.data();
    if (directory != null) {
      Files.createDirectories(directory);
    }
    groups.add(new SystemEndpoints(config, version, data, answers, times, audit));
    groups.add(new SessionEndpoints(sessions, gate, config.users(), new LoginLock(data.clock())));
    groups.add(new OverviewEndpoint(data, times));
    groups.add(new InventoryEndpoints(data, answers));
    groups.add(new LinkEndpoints(data, answers, times, explore));
    groups.add(new Ipv6Endpoints(data, answers, times));
    groups.add(new PlanningEndpoints(data, answers, times));
    groups.add(new SourceEndpoints(data, answers, times, config.parts()));
    groups.add(explore);
    alerts = new AlertService(config.clickHouse(), config.alerts(), data.clock());
    groups.add(new AlertEndpoints(alerts, times));
    reports =
        new ReportService(
            config.clickHouse(),
            version,
            directory == null
                ? Files.createTempDirectory("ipv6flow-reports-")
                : directory.resolve("reports"),
            config.bucketZone(),
            data.clock());
    groups.add(new ReportEndpoints(reports));
    groups.add(
        new SavedViews(directory == null ? null : directory.resolve("views.json"), data.clock()));
  }

  public List<Endpoint> endpoints() {
    return groups.stream().flatMap(group -> group.endpoints().stream()).toList();
  }

  /** Starts what runs beside requests. */
  public void start() {
    alerts.start();
  }

  @Override
  public void close() {
    alerts.close();
    reports.close();
  }
}
