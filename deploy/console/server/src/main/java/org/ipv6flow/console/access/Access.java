package org.ipv6flow.console.access;

import static org.ipv6flow.console.access.Role.ADMIN;
import static org.ipv6flow.console.access.Role.AUDITOR;
import static org.ipv6flow.console.access.Role.NOC;
import static org.ipv6flow.console.access.Role.OPERATOR;
import static org.ipv6flow.console.access.Role.PLANNER;
import static org.ipv6flow.console.access.Role.REGULATOR;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The one table of who may do what: endpoint × role, dimensions × role, columns × role. Which rows,
 * {@link RowScope} says. {@code openapi.yaml} repeats it as {@code x-roles}; a test compares them.
 */
public final class Access {

  /** All, for what says nothing about traffic. */
  private static final Set<Role> ALL = EnumSet.allOf(Role.class);

  private static final Set<Role> TRAFFIC = EnumSet.of(NOC, PLANNER, REGULATOR, OPERATOR, ADMIN);
  private static final Set<Role> NATIONAL = EnumSet.of(NOC, PLANNER, REGULATOR, ADMIN);
  private static final Set<Role> LINKS = EnumSet.of(NOC, PLANNER, OPERATOR, ADMIN);
  private static final Set<Role> DEVICES = EnumSet.of(NOC, PLANNER, ADMIN);
  private static final Set<Role> SETTLEMENT = EnumSet.of(PLANNER, OPERATOR, ADMIN);
  private static final Set<Role> REPORTS = EnumSet.of(PLANNER, REGULATOR, AUDITOR, ADMIN);
  private static final Set<Role> OPERATIONS = EnumSet.of(NOC, ADMIN);

  /** Endpoints that answer nobody in particular, too. */
  private static final Set<String> WITHOUT_LOGIN = Set.of("getSession", "logIn", "getOpenApi");

  private static final Map<String, Set<Role>> ENDPOINTS = new TreeMap<>();

  static {
    allow(ALL, "getMeta", "getSession", "logIn", "logOut", "chooseRole", "getOpenApi");
    allow(ALL, "listDefinitions", "getDefinition", "listInventoryVersions", "listReissues");
    allow(TRAFFIC, "getOverview", "listPoints", "listOperators");
    allow(LINKS, "listLinks", "getLinkLoad", "getLinkUtilisation", "getLoadChanges");
    allow(LINKS, "getUtilisationDistribution", "getLinkSeries", "getLink", "getLinkTraffic");
    allow(LINKS, "getLinkStatistics");
    allow(DEVICES, "getLinkTops", "getDisagreement");
    allow(TRAFFIC, "getIpv6Share", "getIpv6ShareSeries", "getIpv6ShareSummary");
    allow(TRAFFIC, "getIpv6ShareTop", "getMonths", "getBandwidth", "getBandwidthHistory");
    allow(TRAFFIC, "getTargets", "getPublished", "getTransitionMix", "getTransitionSeries");
    allow(NATIONAL, "getActivePrefixes");
    allow(TRAFFIC, "getMatrix", "getTraffic");
    allow(SETTLEMENT, "getSettlement", "getSettlementSeries");
    allow(LINKS, "getRunout", "getNMinus1");
    allow(TRAFFIC, "getBusyHours", "getEventDays", "getWeeklyProfile", "getGrowth");
    allow(EnumSet.of(NOC, PLANNER, REGULATOR, OPERATOR, AUDITOR, ADMIN), "getDataQuality");
    allow(TRAFFIC, "getCoverageCalendar");
    allow(DEVICES, "listExporters", "getExporter", "getExporterDrops", "listInterfaces");
    allow(DEVICES, "getUnattributed");
    allow(OPERATIONS, "getPipeline");
    allow(LINKS, "queryTimeseries", "queryTop", "queryMatrix");
    allow(LINKS, "validateFilter", "completeFilter");
    allow(TRAFFIC, "listViews", "createView", "getView", "replaceView", "deleteView");
    allow(LINKS, "listAlerts", "getAlert", "listSilences");
    allow(OPERATIONS, "acknowledgeAlert", "createSilence", "deleteSilence");
    allow(REPORTS, "listReports", "getReport", "getReportFile");
    allow(EnumSet.of(PLANNER, ADMIN), "createReport");
    allow(EnumSet.of(AUDITOR, ADMIN), "listAudit");
  }

  /** The populations there are (docs/definitions.md). */
  public static final List<String> DIMENSIONS =
      List.of(
          "all",
          "role",
          "ipv6_enabled",
          "region",
          "province",
          "node",
          "gateway",
          "operator",
          "operator_pair",
          "node_pair",
          "operator_path",
          "link");

  /** Fixed, so that nothing finer can be had by subtracting one population from another. */
  private static final List<String> REGULATOR_DIMENSIONS =
      List.of(
          "all",
          "role",
          "ipv6_enabled",
          "region",
          "province",
          "node",
          "gateway",
          "operator",
          "operator_pair");

  private static final List<String> OPERATOR_DIMENSIONS =
      List.of("operator", "operator_pair", "operator_path", "node_pair", "link");

  /** Columns that name a device, an address or a port, or tell how many packets were sampled. */
  private static final Set<String> REGULATOR_HIDDEN =
      Set.of(
          "link",
          "exporter",
          "address",
          "interface",
          "interface_name",
          "meter",
          "collector",
          "observation_domain",
          "source_prefix",
          "destination_prefix",
          "observed_packets_v4",
          "observed_packets_v6");

  private static final Set<String> OPERATOR_HIDDEN =
      Set.of("exporter", "address", "interface", "interface_name", "meter", "collector");

  private Access() {}

  private static void allow(Set<Role> roles, String... operationIds) {
    for (String operationId : operationIds) {
      ENDPOINTS.put(operationId, roles);
    }
  }

  /** Whether a role may call an endpoint. An endpoint that is not in the table is nobody's. */
  public static boolean permits(Role role, String operationId) {
    return ENDPOINTS.getOrDefault(operationId, Set.of()).contains(role);
  }

  /** Whether an endpoint answers without a login. */
  public static boolean isOpen(String operationId) {
    return WITHOUT_LOGIN.contains(operationId);
  }

  /** Endpoints a role may call. */
  public static List<String> permitted(Role role) {
    return ENDPOINTS.keySet().stream().filter(id -> permits(role, id)).toList();
  }

  /** All endpoints in the table. */
  public static Set<String> operationIds() {
    return ENDPOINTS.keySet();
  }

  /** Dimensions whose members a role may ask for. */
  public static List<String> dimensions(Role role) {
    return switch (role) {
      case REGULATOR -> REGULATOR_DIMENSIONS;
      case OPERATOR -> OPERATOR_DIMENSIONS;
      case AUDITOR -> List.of();
      default -> DIMENSIONS;
    };
  }

  /** Columns a role does not see. */
  public static Set<String> hiddenColumns(Role role) {
    return switch (role) {
      case REGULATOR -> REGULATOR_HIDDEN;
      case OPERATOR -> OPERATOR_HIDDEN;
      default -> Set.of();
    };
  }

  /** Whether cells that rest on few sampled packets are left out. */
  public static boolean hasMinimumCell(Role role) {
    return role == REGULATOR;
  }

  /** Shortest bucket a role may ask for: short ones would tell single flows apart. */
  public static int shortestStepSeconds(Role role) {
    return role == REGULATOR ? 3_600 : 0;
  }
}
