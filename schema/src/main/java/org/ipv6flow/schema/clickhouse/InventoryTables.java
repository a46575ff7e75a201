package org.ipv6flow.schema.clickhouse;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.List;
import org.ipv6flow.schema.inventory.Exporter;
import org.ipv6flow.schema.inventory.ExporterInterface;
import org.ipv6flow.schema.inventory.Inventory;
import org.ipv6flow.schema.inventory.Link;
import org.ipv6flow.schema.inventory.LinkCapacity;
import org.ipv6flow.schema.inventory.Node;
import org.ipv6flow.schema.inventory.Operator;
import org.ipv6flow.schema.inventory.PrimaryObservation;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes the inventory to the tables that the views join traffic with.
 *
 * <p>Every publication is a version of its own under one {@code loaded_at}. Its row in {@code
 * inventory_versions} is written last: a reader sees the whole of it or the version before.
 */
public final class InventoryTables {

  /** Stands for an open end or for never: the last day of ClickHouse's type Date. */
  static final LocalDate NEVER = LocalDate.of(2149, 6, 6);

  private static final Logger LOG = LoggerFactory.getLogger(InventoryTables.class);
  private static final String DEFAULT_DATABASE = "ipv6flow";

  private final Connection connection;
  private final String database;
  private final Inventory inventory;
  private final List<PlanTarget> targets = PlanTarget.load();
  private final List<ProvinceRegion> regions = ProvinceRegion.load();
  private final List<PublishedFigure> figures = PublishedFigure.load();

  private InventoryTables(Connection connection, String database, Inventory inventory) {
    this.connection = connection;
    this.database = database;
    this.inventory = inventory;
  }

  /**
   * Publishes to the database {@code ipv6flow}; see {@link #publish(Connection, String,
   * Inventory)}.
   */
  public static boolean publish(Connection connection, Inventory inventory) throws SQLException {
    return publish(connection, DEFAULT_DATABASE, inventory);
  }

  /**
   * Makes the inventory, and the plans' targets, regions and published figures of this release, the
   * version that views read.
   *
   * @return whether it was new: what is already the newest version is not published again
   */
  public static boolean publish(Connection connection, String database, Inventory inventory)
      throws SQLException {
    return new InventoryTables(connection, database, inventory).publish();
  }

  private boolean publish() throws SQLException {
    String checksum = checksum();
    long loadedAtMillis = System.currentTimeMillis();
    try (Statement statement = connection.createStatement();
        ResultSet newest =
            statement.executeQuery(
                "SELECT checksum, toUnixTimestamp64Milli(loaded_at) FROM "
                    + database
                    + ".inventory_versions ORDER BY loaded_at DESC LIMIT 1")) {
      if (newest.next()) {
        if (newest.getString(1).equals(checksum)) {
          return false;
        }
        loadedAtMillis = Math.max(loadedAtMillis, newest.getLong(2) + 1);
      }
    }
    InventoryRows rows = new InventoryRows(loadedAtMillis, inventory.version());
    addAll(rows);
    rows.insert(connection, database);
    InventoryRows version = new InventoryRows(loadedAtMillis, inventory.version());
    version.add("inventory_versions", checksum);
    version.insert(connection, database);
    LOG.info("published inventory {} with {} links", inventory.version(), inventory.links().size());
    return true;
  }

  /** Of everything that is published; records print all their components. */
  private String checksum() {
    return Migration.sha256(
        inventory.version()
            + inventory.nodes()
            + inventory.operators()
            + inventory.links()
            + inventory.exporters()
            + targets
            + regions
            + figures);
  }

  private void addAll(InventoryRows rows) {
    inventory.nodes().forEach(node -> add(rows, node));
    inventory.operators().forEach(operator -> add(rows, operator));
    inventory.links().forEach(link -> add(rows, link));
    inventory.exporters().forEach(exporter -> add(rows, exporter));
    inventory.primaryObservations().forEach(observation -> add(rows, observation));
    targets.forEach(target -> add(rows, target));
    regions.forEach(region -> add(rows, region));
    figures.forEach(figure -> add(rows, figure));
  }

  private static void add(InventoryRows rows, Node node) {
    rows.add(
        "inventory_nodes",
        node.id(),
        node.nameEn(),
        node.nameZh(),
        node.type(),
        node.provinceEn(),
        node.provinceZh(),
        node.latitude(),
        node.longitude());
  }

  private static void add(InventoryRows rows, Operator operator) {
    rows.add("inventory_operators", operator.id(), operator.nameEn(), operator.nameZh());
  }

  private static void add(InventoryRows rows, Link link) {
    for (LinkCapacity capacity : link.capacities()) {
      rows.add(
          "inventory_links",
          link.id(),
          link.nodeId(),
          link.aOperatorId(),
          link.bOperatorId(),
          link.role(),
          link.ipv6EnabledOn() == null ? NEVER : link.ipv6EnabledOn(),
          capacity.from(),
          capacity.until() == null ? NEVER : capacity.until(),
          capacity.bitsPerSecond(),
          capacity.members());
    }
  }

  private static void add(InventoryRows rows, Exporter exporter) {
    rows.add(
        "inventory_exporters",
        exporter.id(),
        ipv6(exporter.address()),
        exporter.nodeId(),
        exporter.operatorId(),
        exporter.protocol(),
        exporter.vendorStyle(),
        exporter.activeTimeoutSeconds(),
        exporter.idleTimeoutSeconds());
    for (ExporterInterface port : exporter.interfaces()) {
      rows.add(
          "inventory_interfaces",
          exporter.id(),
          port.index(),
          port.name(),
          port.linkId() == null ? "" : port.linkId(),
          port.role(),
          port.countMode().label(),
          port.speedBitsPerSecond());
    }
  }

  private static void add(InventoryRows rows, PrimaryObservation observation) {
    rows.add(
        "inventory_observations",
        observation.linkId(),
        observation.direction().label(),
        observation.exporterId(),
        observation.interfaceIndex(),
        observation.meter().label());
  }

  private static void add(InventoryRows rows, PlanTarget target) {
    rows.add(
        "plan_targets",
        target.document(),
        target.issued(),
        target.due(),
        target.metric(),
        target.comparison(),
        target.value(),
        target.unit(),
        target.source());
  }

  private static void add(InventoryRows rows, ProvinceRegion region) {
    rows.add(
        "province_regions", region.province(), region.region(), region.regionZh(), region.source());
  }

  private static void add(InventoryRows rows, PublishedFigure figure) {
    rows.add(
        "published_figures",
        figure.asOf(),
        figure.month(),
        figure.metric(),
        figure.value(),
        figure.unit(),
        figure.source());
  }

  /** The column is IPv6; an IPv4 address is written IPv4-mapped (RFC 4291 section 2.5.5.2). */
  private static String ipv6(String literal) {
    return literal.indexOf(':') < 0 ? "::ffff:" + literal : literal;
  }
}
