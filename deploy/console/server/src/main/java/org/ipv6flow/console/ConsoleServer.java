package org.ipv6flow.console;

import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.List;
import org.eclipse.jetty.compression.gzip.GzipCompression;
import org.eclipse.jetty.compression.server.CompressionConfig;
import org.eclipse.jetty.compression.server.CompressionHandler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.ipv6flow.console.access.Audit;
import org.ipv6flow.console.access.Gate;
import org.ipv6flow.console.access.RateLimit;
import org.ipv6flow.console.access.Sessions;
import org.ipv6flow.console.api.Api;
import org.ipv6flow.console.clickhouse.ClickHouseClient;
import org.ipv6flow.console.clickhouse.ClickHouseException;
import org.ipv6flow.console.clickhouse.Queries;
import org.ipv6flow.console.config.ConsoleConfig;
import org.ipv6flow.console.http.ConsoleHandler;
import org.ipv6flow.console.http.Endpoint;
import org.ipv6flow.console.http.OperationalPages;
import org.ipv6flow.console.http.RequestMetrics;
import org.ipv6flow.console.http.Routes;
import org.ipv6flow.console.http.StaticFiles;
import org.ipv6flow.console.query.Data;

/** The console's process: the API, the user interface's files, and the operational pages. */
public final class ConsoleServer implements AutoCloseable {

  private static final int MAX_THREADS = 64;
  private static final int MIN_THREADS = 4;
  private static final int MIN_COMPRESSED = 1_024;
  private static final int MAX_REQUEST_HEADER = 16 << 10;
  private static final long IDLE_MILLIS = 60_000;
  private static final long STOP_MILLIS = 5_000;

  private final ConsoleConfig config;
  private final Server server;
  private final ServerConnector connector;
  private final Api api;
  private final Audit audit;
  private final Queries queries;

  /**
   * A server that does not listen yet.
   *
   * @throws ConsoleStartException if a file of it cannot be used
   */
  public ConsoleServer(ConsoleConfig config, String version) throws ConsoleStartException {
    this.config = config;
    if (config.demo() && !config.listen().getAddress().isLoopbackAddress()) {
      throw new ConsoleStartException(
          "demo mode has no login: it listens on a loopback address alone, not on %s"
              .formatted(config.listen().getHostString()));
    }
    if (!config.demo() && config.users().isEmpty() && config.proxies().isEmpty()) {
      throw new ConsoleStartException(
          "nobody could log in (expected: somebody in the file of users, proxies, or demo: true)");
    }
    Clock clock = Clock.systemUTC();
    queries = new Queries(new ClickHouseClient(config.clickHouse(), config.limits()), clock);
    Data data = new Data(queries, clock, config.bucketZone(), config.synthetic(), config.maxRows());
    Sessions sessions = new Sessions(clock);
    Gate gate = new Gate(config.demo(), config.proxies());
    try {
      audit = new Audit(config.audit());
      api = new Api(config, version, data, sessions, gate, audit);
    } catch (IOException e) {
      throw new ConsoleStartException(
          "a file of the console cannot be used: %s".formatted(e.getMessage()));
    }
    PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    new JvmMemoryMetrics().bindTo(metrics);
    new JvmThreadMetrics().bindTo(metrics);
    new ProcessorMetrics().bindTo(metrics);
    ConsoleHandler handler =
        new ConsoleHandler(
            new Routes(api.endpoints()),
            gate,
            sessions,
            new RateLimit(clock, config.requestsPerMinute()),
            audit,
            new StaticFiles(ConsoleServer.class.getClassLoader()),
            new OperationalPages(version, metrics::scrape, () -> readiness(data)),
            new RequestMetrics(metrics),
            clock);
    CompressionHandler compression = new CompressionHandler(handler);
    GzipCompression gzip = new GzipCompression();
    gzip.setMinCompressSize(MIN_COMPRESSED);
    compression.putCompression(gzip);
    compression.putConfiguration("/*", CompressionConfig.builder().defaults().build());
    QueuedThreadPool threads = new QueuedThreadPool(MAX_THREADS, MIN_THREADS);
    threads.setName("console");
    server = new Server(threads);
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    http.setRequestHeaderSize(MAX_REQUEST_HEADER);
    connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
    connector.setHost(config.listen().getHostString());
    connector.setPort(config.listen().getPort());
    connector.setIdleTimeout(IDLE_MILLIS);
    server.addConnector(connector);
    server.setHandler(compression);
    server.setStopTimeout(STOP_MILLIS);
  }

  /** Starts to listen. */
  public void start() throws ConsoleStartException {
    InetSocketAddress address = config.listen();
    try {
      server.start();
    } catch (Exception e) {
      boolean inUse = e instanceof BindException || e.getCause() instanceof BindException;
      throw new ConsoleStartException(
          "console: TCP port %d on %s %s"
              .formatted(
                  address.getPort(),
                  address.getHostString(),
                  inUse ? "is in use" : "cannot be bound (" + e.getMessage() + ")"));
    }
    api.start();
  }

  /** Everything the API answers. */
  public List<Endpoint> endpoints() {
    return api.endpoints();
  }

  public int port() {
    return connector.getLocalPort();
  }

  /** Where a browser finds it. */
  public String url() {
    String host = config.listen().getAddress().getHostAddress();
    boolean isV6 = host.contains(":");
    String named = config.listen().getAddress().isAnyLocalAddress() ? "localhost" : host;
    return "http://%s:%d/"
        .formatted(isV6 && !named.equals("localhost") ? "[" + host + "]" : named, port());
  }

  /** Ends requests under way, then everything else. */
  @Override
  public void close() {
    try {
      server.stop();
      api.close();
      queries.close();
      audit.close();
    } catch (Exception e) {
      throw new IllegalStateException("the console does not stop", e);
    }
  }

  private static OperationalPages.Dependency readiness(Data data) {
    try {
      data.freshness().look();
      return new OperationalPages.Dependency("clickhouse", true, "answers");
    } catch (ClickHouseException e) {
      return new OperationalPages.Dependency("clickhouse", false, String.valueOf(e.getMessage()));
    }
  }
}
