package org.ipv6flow.console.api;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.ipv6flow.console.access.RowScope;
import org.ipv6flow.console.clickhouse.ClickHouseException;
import org.ipv6flow.console.http.Answer;
import org.ipv6flow.console.http.Call;
import org.ipv6flow.console.http.Endpoint;
import org.ipv6flow.console.http.Problem;
import org.ipv6flow.console.query.Data;
import org.ipv6flow.console.query.ViewQuery;

/** Nodes, operators, interfaces, versions. */
final class InventoryEndpoints implements EndpointGroup {

  private final Data data;
  private final Answers answers;

  InventoryEndpoints(Data data, Answers answers) {
    this.data = data;
    this.answers = answers;
  }

  @Override
  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get("listPoints", "/points", this::points),
        Endpoint.get("listOperators", "/operators", this::operators),
        Endpoint.get("listInterfaces", "/interfaces", this::interfaces),
        Endpoint.get("listInventoryVersions", "/inventory/versions", this::versions),
        Endpoint.get("listReissues", "/reissues", this::reissues));
  }

  /** Capacities by a dimension today, as far as the role sees them. */
  private String capacities(ViewQuery query, Call call, String dimension) {
    String today = query.sql().bind("today", LocalDate.ofInstant(data.now(), data.bucketZone()));
    String scope = RowScope.CAPACITY.predicate(call.principal(), query.sql());
    return """
    SELECT * FROM def_interconnect_bandwidth_v1(on = %s) AS rows
    WHERE rows.dimension = '%s' AND %s\
    """
        .formatted(today, dimension, scope == null ? "1" : scope);
  }

  private Answer points(Call call) throws Problem, ClickHouseException {
    ViewQuery query =
        ViewQuery.of("inventory_nodes")
            .columns(
                """
                node name_en name_zh type province_en province_zh region latitude longitude links
                ipv6_links capacity_bps ipv6_capacity_bps
                """)
            .scope(RowScope.PUBLIC)
            .says("nodes of the inventory", "one direction", "bit/s")
            .orderBy("type, node");
    query.from(
        """
        SELECT
            nodes.node AS node, nodes.name_en AS name_en, nodes.name_zh AS name_zh,
            nodes.type AS type, nodes.province_en AS province_en, nodes.province_zh AS province_zh,
            if(regions.region = '', 'unlisted', regions.region) AS region,
            nodes.latitude AS latitude, nodes.longitude AS longitude, bandwidth.links AS links,
            bandwidth.ipv6_links AS ipv6_links, bandwidth.capacity_bps AS capacity_bps,
            bandwidth.ipv6_capacity_bps AS ipv6_capacity_bps
        FROM inventory_nodes AS nodes
        LEFT JOIN province_regions AS regions
            ON regions.province = nodes.province_en AND regions.loaded_at = nodes.loaded_at
        LEFT JOIN (%s) AS bandwidth ON bandwidth.member = nodes.node
        WHERE nodes.loaded_at = (SELECT max(loaded_at) FROM inventory_versions)
        """
            .formatted(capacities(query, call, "node")));
    return answers.table(call, query);
  }

  private Answer operators(Call call) throws Problem, ClickHouseException {
    ViewQuery query =
        ViewQuery.of("inventory_operators")
            .columns("operator name_en name_zh links capacity_bps")
            .scope(RowScope.PUBLIC)
            .says("operators of the inventory", "one direction", "bit/s")
            .orderBy("operator");
    query.from(
        """
        SELECT
            operators.operator AS operator, operators.name_en AS name_en,
            operators.name_zh AS name_zh, bandwidth.links AS links,
            bandwidth.capacity_bps AS capacity_bps
        FROM inventory_operators AS operators
        LEFT JOIN (%s) AS bandwidth ON bandwidth.member = operators.operator
        WHERE operators.loaded_at = (SELECT max(loaded_at) FROM inventory_versions)
        """
            .formatted(capacities(query, call, "operator")));
    return answers.table(call, query);
  }

  private Answer interfaces(Call call) throws Problem, ClickHouseException {
    ViewQuery query =
        ViewQuery.of("inventory_interfaces")
            .from(
                """
                SELECT
                    interfaces.exporter AS exporter, exporters.node AS node,
                    exporters.operator AS operator, interfaces.interface AS interface,
                    interfaces.name AS name, interfaces.link AS link, interfaces.role AS role,
                    interfaces.count_mode AS count_mode, interfaces.speed_bps AS speed_bps,
                    arraySort(observed.directions) AS counts_directions
                FROM inventory_interfaces AS interfaces
                LEFT JOIN current_exporters AS exporters
                    ON exporters.exporter = interfaces.exporter
                LEFT JOIN
                (
                    SELECT
                        observations.exporter AS exporter, observations.interface AS interface,
                        groupArray(toString(observations.direction)) AS directions
                    FROM inventory_observations AS observations
                    WHERE observations.loaded_at = (SELECT max(loaded_at) FROM inventory_versions)
                    GROUP BY observations.exporter, observations.interface
                ) AS observed
                    ON observed.exporter = interfaces.exporter
                    AND observed.interface = interfaces.interface
                WHERE interfaces.loaded_at = (SELECT max(loaded_at) FROM inventory_versions)
                """)
            .columns(
                """
                exporter node operator interface name link role count_mode speed_bps
                counts_directions
                """)
            .scope(RowScope.DEVICE)
            .says("interfaces of the inventory", "none", "bit/s")
            .orderBy("exporter, interface");
    Optional<String> exporter = call.parameters().text("exporter");
    if (exporter.isPresent()) {
      query.whereEquals("exporter", exporter.get());
    }
    return answers.table(call, query);
  }

  private Answer versions(Call call) throws Problem, ClickHouseException {
    ViewQuery query =
        ViewQuery.of("inventory_versions")
            .columns("loaded_at inventory_version checksum")
            .scope(RowScope.PUBLIC)
            .orderBy("loaded_at DESC");
    return answers.table(call, query);
  }

  private Answer reissues(Call call) throws Problem, ClickHouseException {
    ViewQuery query =
        ViewQuery.of("reissues")
            .columns("issue issued_at")
            .column("from", "rows.`from`")
            .column("until", "rows.`until`")
            .columns("reason")
            .scope(RowScope.PUBLIC)
            .orderBy("issued_at DESC");
    return answers.table(call, query);
  }
}
