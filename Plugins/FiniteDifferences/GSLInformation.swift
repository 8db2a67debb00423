// SPDX-License-Identifier: Apache-2.0

import CGSL

/// What is known of the GNU Scientific Library that this program was built with.
public enum GSLInformation {
  /// The version of its headers.
  public static var version: String { GSL_VERSION }
}
