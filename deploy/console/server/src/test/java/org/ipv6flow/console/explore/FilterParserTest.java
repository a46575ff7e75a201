package org.ipv6flow.console.explore;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.ipv6flow.console.clickhouse.Sql;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The filter language, and where it says that something is wrong. */
class FilterParserTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "role=interconnect|role = interconnect",
        "Role = 'interconnect' and ip_version=6|role = interconnect AND ip_version = 6",
        "link = a or link = b and link = c|link = a OR link = b AND link = c",
        "(link = a or link = b) and link = c|(link = a OR link = b) AND link = c",
        "not (link = a)|NOT (link = a)",
        "source_as in (AS4134, 4837)|source_as IN (4134, 4837)",
        "link not in (a,b)|link NOT IN (a, b)",
        "service like \"ht%\"|service LIKE \"ht%\"",
        "source_prefix << 2001:db8::/32|source_prefix << 2001:db8::/32",
        "ip_version <> 4|ip_version != 4"
      })
  void reads(String text, String normalised) {
    FilterParser.Result result = FilterParser.parse(text);

    assertThat(result.errors()).isEmpty();
    assertThat(result.filter().orElseThrow().text()).isEqualTo(normalised);
    // One spelling is its own.
    assertThat(FilterParser.parse(normalised).filter().orElseThrow().text()).isEqualTo(normalised);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "rôle = x|0|there is no field 'rôle'",
        "linc = x|0|there is no field 'linc' (like: link)",
        "link x|5|'x' (expected: =",
        "link =|6|the filter ends here (expected: a value)",
        "link = a and|12|the filter ends here (expected: a field)",
        "(link = a|0|this parenthesis is not closed",
        "link = \"a|7|this quote is not closed",
        "link = a link = b|9|'link' (expected: AND, OR, or the end)",
        "ip_version = six|13|'six' is no whole number",
        "source_as = AS99999999999|12|'AS99999999999' is no AS number",
        "role = backbone|7|'backbone' is no role",
        "link < a|5|link cannot be compared with <",
        "source_prefix = 300.1.2.3|16|'300.1.2.3' is no address prefix",
        "source_prefix = example.org|16|'example.org' is no address prefix",
        "link in (a|10|the filter ends here (expected: ',' or ')')"
      })
  void saysWhatIsWrongAndWhere(String text, int offset, String message) {
    List<FilterError> errors = FilterParser.parse(text).errors();

    assertThat(errors).isNotEmpty();
    assertThat(errors.get(0).offset()).isEqualTo(offset);
    assertThat(errors.get(0).message()).startsWith(message);
  }

  @Test
  void findsMoreThanOneError() {
    assertThat(FilterParser.parse("foo = 1 AND ip_version = six").errors())
        .extracting(FilterError::offset)
        .containsExactly(0, 25);
  }

  @Test
  void anEmptyFilterIsNone() {
    FilterParser.Result result = FilterParser.parse("  # nothing\n ");

    assertThat(result.errors()).isEmpty();
    assertThat(result.filter()).isEmpty();
  }

  @Test
  void isNotNestedWithoutEnd() {
    assertThat(FilterParser.parse("(".repeat(5_000)).errors())
        .extracting(FilterError::message)
        .containsExactly("nested more than 50 deep");
  }

  /** What somebody types is never part of the statement. */
  @Test
  void bindsEveryValue() {
    Filter filter =
        FilterParser.parse("link = \"x' OR 1=1 --\" AND service IN ('a','b''c') AND as = 1")
            .filter()
            .orElseThrow();
    Sql sql = new Sql();

    String condition = new FilterSql(sql).condition(filter);

    assertThat(condition).doesNotContain("1=1", "b'c");
    assertThat(sql.statement().parameters())
        .containsEntry("filter1", "x' OR 1=1 --")
        .containsEntry("filter2", "['a','b\\'c']");
  }

  @Test
  void eitherSideMeansNeitherWhenNegated() {
    Sql sql = new Sql();

    String condition =
        new FilterSql(sql).condition(FilterParser.parse("as != 4134").filter().orElseThrow());

    assertThat(condition)
        .isEqualTo(
            "(rows.source_as != {filter1:Int64} AND rows.destination_as != {filter2:Int64})");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "so|field|source_as",
        "'ip_version '|operator|=",
        "'role = '|value|interconnect",
        "'role = interconnect '|keyword|AND",
        "role = inter|value|international"
      })
  void completes(String text, String kind, String item) {
    assertThat(Completions.at(text, text.length()).items())
        .anySatisfy(
            one -> {
              assertThat(one.kind()).isEqualTo(kind);
              assertThat(one.text()).isEqualTo(item);
            });
  }
}
