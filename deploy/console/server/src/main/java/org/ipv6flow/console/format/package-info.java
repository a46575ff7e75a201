/** JSON, CSV and XLSX of one result. */
@NullMarked
package org.ipv6flow.console.format;

import org.jspecify.annotations.NullMarked;
