package org.ipv6flow.schema.clickhouse;

import java.util.List;

/**
 * The region of the country that statistics count a province to.
 *
 * @param source who divides the country so
 */
record ProvinceRegion(String province, String region, String regionZh, String source) {

  /** The provinces by the names that the inventory's nodes give in English. */
  static List<ProvinceRegion> load() {
    return CsvResource.load(
        "regions.csv",
        row ->
            new ProvinceRegion(
                row.get("province_en"),
                row.get("region_en"),
                row.get("region_zh"),
                row.get("source")));
  }
}
